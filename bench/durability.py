"""`kith bench durability`: eight writers speak HTTP while the server is killed again and again; every acknowledged post is there once. Then the power is cut."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench.machine import machine, versions
from bench.powercut import cut_power
from bench.writing import PREPARE, TOKEN, WRITERS, Writer, out_of_order, python
from kith.cli.waiting import wait_until_up
from kith.testing.serving import environment, free_port
from tools.postgres import cluster

COUNT = """
import django, json; django.setup()
from kith.conversation.models import Post
print(json.dumps(list(Post.objects.filter(words__contains="token-").order_by("topic", "number").values_list("words", flat=True))))"""


def measure(options: dict[str, Any]) -> dict[str, object]:
    """Kill each database's server as often as asked for; count what was lost or doubled."""
    figures: dict[str, float] = {}
    names = (options["database"],) if options["database"] else ("sqlite", "postgres")
    for name in names:
        with tempfile.TemporaryDirectory() as data, cluster(safe=True) if name == "postgres" else nullcontext("") as url:
            more = {"KITH_DEMO": "1"} | ({"DATABASE_URL": str(url)} if url else {})  # invented people, who may write at any pace
            if options["kills"]:
                figures |= {f"{name}.{key}": value for key, value in rounds(Path(data), more, options["kills"]).items()}
    if options["power_cuts"] and "sqlite" in names:
        figures |= {f"sqlite.{key}": value for key, value in cut_power(options["power_cuts"], options["plant"]).items()}
    return {
        "bench": "durability", "machine": machine(), "versions": versions(),
        "data": {"writers": WRITERS, "kills": options["kills"], "power_cuts": options["power_cuts"], "planted": options["plant"]}, "figures": figures,
    }  # fmt: skip


_DEMO = (sys.executable, "-m", "kith.cli.main", "demo", "--serve", "--port")


def rounds(
    data: Path, more: dict[str, str], kills: int, *, start: tuple[str, ...] = _DEMO, seconds: tuple[float, float] = (0.3, 1.5)
) -> dict[str, float]:
    """Let people write to a server that is killed after some seconds, again and again; count what was lost, doubled or out of order."""
    rows = json.loads(python(data, more, PREPARE % WRITERS))
    writers = [Writer(number, row["cookie"], row["code"]) for number, row in enumerate(rows)]
    rng = random.Random(5)
    acknowledged, in_flight = [], []
    for _kill in range(kills):
        before = sum(len(writer.acknowledged) for writer in writers)
        in_flight.append(_round(data, more, writers, rng.uniform(*seconds), start))
        acknowledged.append(sum(len(writer.acknowledged) for writer in writers) - before)
    _round(data, more, writers, 1.0, start, kill=False)
    tokens = [found[0] for words in json.loads(python(data, more, COUNT)) for found in TOKEN.finditer(words)]
    counts = Counter(tokens)
    known = set().union(*(writer.acknowledged for writer in writers))
    wrong = [words for writer in writers for words in writer.wrong]
    if wrong:
        print(f"{len(wrong)} wrong answers, first: {wrong[0]}", file=sys.stderr)
    return {
        "lost": len(known - counts.keys()), "doubled": sum(1 for count in counts.values() if count > 1),
        "out_of_order": out_of_order(tokens),
        "acknowledged": len(known), "least_acknowledged_in_a_round": min(acknowledged),
        "in_flight_at_kill": sum(in_flight), "least_in_flight_at_kill": min(in_flight), "wrong_answers": len(wrong),
    }  # fmt: skip


def _round(
    data: Path, more: dict[str, str], writers: list[Writer], seconds: float, start: tuple[str, ...], *, kill: bool = True
) -> int:
    """Serve, let everybody write, kill the whole process group; return how many posts were on their way."""
    port, stop = free_port(), threading.Event()
    process = subprocess.Popen(
        [*start, str(port)], env=environment(data, KITH_WORKERS="2", **more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    if not wait_until_up(port, 60):
        raise SystemExit("the server did not come up")
    before = sum(len(writer.acknowledged) for writer in writers)
    threads = [threading.Thread(target=writer.write, args=(port, stop)) for writer in writers]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    until = time.monotonic() + 30
    while kill and time.monotonic() < until and not (_more_than(before, writers) and any(writer.in_flight for writer in writers)):
        time.sleep(0.001)
    flying = sum(writer.in_flight for writer in writers)
    if not kill:
        stop.set()
        for thread in threads:
            thread.join()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for thread in threads:
        thread.join()
    for writer in writers:
        writer.in_flight = False
    return flying


def _more_than(before: int, writers: list[Writer]) -> bool:
    return sum(len(writer.acknowledged) for writer in writers) > before
