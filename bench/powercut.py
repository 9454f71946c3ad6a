"""
The power is cut while people write: every acknowledged post, and every picture in one, is found afterwards.

Server and writers run below one strace. From its log the disk is built as it was at any moment, and cut there: half of the cuts come
straight after an acknowledgement, half anywhere; half lose all that was not synced, half a part of it, torn pages among it.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.disk import Disk, Event, events, strace
from bench.writing import PREPARE, TOKEN, WRITERS, Writer, out_of_order, python
from kith.cli.waiting import wait_until_up
from kith.core.files import widths_of
from kith.testing.serving import environment, free_port

_PATIENCE = 600
# What `kith demo --serve` does once its folder is prepared. A planted setting would be refused there, as it should be.
SERVE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "kith.settings.base"
from kith.settings import base
if sys.argv[2:]:
    base.DATABASES["default"]["OPTIONS"]["init_command"] += f"PRAGMA {sys.argv[2]};"
import django; django.setup()
from kith.cli.serving import serve; serve("127.0.0.1", int(sys.argv[1]))
"""


@dataclass
class Found:
    """What was found after all the cuts."""

    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    pictures_lost: int = 0
    broken: int = 0
    acknowledged: list[int] = field(default_factory=list)
    pictures: int = 0
    dropped: list[int] = field(default_factory=list)


def cut_power(cuts: int, plant: str = "") -> dict[str, float]:
    """Let eight people write for as many answers as give room for the cuts; return what the cuts took away."""
    if not shutil.which("strace"):
        raise SystemExit("strace is missing: apt-get install strace")
    answers = max(20, cuts * 3 // 5)
    with tempfile.TemporaryDirectory(prefix="kith-cut-") as scratch:
        place = Path(scratch).resolve()
        data = place / "data"
        more = {"KITH_DEMO": "1", "KITH_WORKERS": "2", "DATABASE_URL": ""}
        rows = json.loads(python(data, more, PREPARE % WRITERS))
        disk = Disk(data)
        _record(place, data, more, {"rows": rows, "answers": answers, "plant": plant})
        happened = list(events(place / "log", data, place / "acknowledged"))
        found = _replay(disk, happened, place, cuts)
    return {
        "power_cuts": cuts, "power_cut_lost": found.lost, "power_cut_doubled": found.doubled,
        "power_cut_out_of_order": found.disordered, "power_cut_pictures_lost": found.pictures_lost, "power_cut_broken": found.broken,
        "least_acknowledged_at_a_cut": min(found.acknowledged), "most_acknowledged_at_a_cut": max(found.acknowledged),
        "acknowledged_pictures_looked_for": found.pictures, "cuts_that_dropped_writes": sum(map(bool, found.dropped)),
    }  # fmt: skip


def _record(place: Path, data: Path, more: dict[str, str], what: dict[str, object]) -> None:
    (place / "what").write_text(json.dumps(what))
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", **more)
    inner = [sys.executable, "-m", "bench.powercut", str(place)]
    done = subprocess.run(
        [*strace(place / "log"), *inner], env=env, capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    if done.returncode:
        raise SystemExit(f"The writers did not get through: {done.stdout[-500:]}{done.stderr[-1500:]}")


def _replay(disk: Disk, happened: list[Event], place: Path, cuts: int) -> Found:
    chance, mark = random.Random(9), str(place / "acknowledged")
    heard = [at for at, event in enumerate(happened) if event.kind == "write" and event.path == mark]
    moments = Counter(chance.choice(heard) for _cut in range(cuts // 2))
    moments.update(chance.randrange(heard[0], len(happened)) for _cut in range(cuts - cuts // 2))
    known: set[str] = set()
    found, number = Found(), 0
    for at, event in enumerate(happened):
        if event.path == mark:
            known |= {match[0] for match in TOKEN.finditer(event.data.decode())}
        else:
            disk.apply(event)
        for _cut in range(moments[at]):
            number += 1
            found.dropped.append(disk.unsynced())
            _look(disk.cut(chance if number % 2 else None), known, place / "found", found)
    return found


def _look(images: dict[str, bytes], known: set[str], place: Path, found: Found) -> None:
    """Put what is left on a real disk, open it, and look for all that was acknowledged."""
    found.acknowledged.append(len(known))
    for name, image in images.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(image)
    try:
        _look_in(place, known, found)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _look_in(place: Path, known: set[str], found: Found) -> None:
    database = sqlite3.connect(place / "kith.sqlite3")
    try:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            found.broken += 1
        tokens = {key: words.split()[0] for key, words in database.execute(
            "SELECT id, words FROM conversation_post WHERE words LIKE 'token-%' ORDER BY topic_id, number"
        )}  # fmt: skip
        shown = database.execute("SELECT post_id, name, width FROM conversation_picture WHERE post_id IS NOT NULL").fetchall()
    except sqlite3.DatabaseError:
        found.broken += 1
        tokens, shown = {}, []
    finally:
        database.close()
    counts = Counter(tokens.values())
    found.lost += len(known - counts.keys())
    found.doubled += sum(count > 1 for count in counts.values())
    found.disordered += out_of_order(list(tokens.values()))
    for key, name, width in shown:
        if tokens.get(key) in known:
            found.pictures += 1
            files = [place / "files" / name[:2] / f"{name}-{small}.webp" for small in widths_of(width)]
            found.pictures_lost += not all(_is_whole(file) for file in files)


def _is_whole(file: Path) -> bool:
    """Say whether a picture is there from its beginning to the end that it names."""
    data = file.read_bytes() if file.exists() else b""
    return data[:4] == b"RIFF" and len(data) == int.from_bytes(data[4:8], "little") + 8


def _inside(place: Path) -> None:
    """Below strace: serve, let everybody write until there are enough answers, and mark each in a file that strace sees."""
    what = json.loads((place / "what").read_text())
    port, stop = free_port(), threading.Event()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port), *filter(None, [what["plant"]])], start_new_session=True)
    mark = os.open(place / "acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    writers = [
        Writer(number, **row, pictures=True, heard=lambda token: os.write(mark, f"{token}\n".encode()))
        for number, row in enumerate(what["rows"])
    ]
    threads = [threading.Thread(target=writer.write, args=(port, stop)) for writer in writers]
    try:
        if not wait_until_up(port, 120):
            raise SystemExit("the server did not come up")
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and sum(len(one.acknowledged) for one in writers) < what["answers"]:
            time.sleep(0.01)
    finally:
        stop.set()
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    for thread in threads:
        thread.join()
    wrong = [words for writer in writers for words in writer.wrong]
    if wrong or sum(len(one.acknowledged) for one in writers) < what["answers"]:
        raise SystemExit(f"{len(wrong)} wrong answers: {wrong[:1]}")


if __name__ == "__main__":
    _inside(Path(sys.argv[1]))
