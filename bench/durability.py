"""`kith bench durability`: eight writers speak HTTP while the server is killed again and again; every acknowledged post is there once."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.client import Line, Request
from bench.machine import machine, versions
from kith.cli.waiting import wait_until_up
from kith.testing.serving import environment, free_port
from tools.postgres import cluster

WRITERS = 8
PREPARE = """
import django, json, sys; django.setup()
from kith.cli.preparing import prepare; prepare()
from bench.prepare import _seat
from kith.cli.demo.scaling import scale_up; scale_up(200, say=lambda words: None)
from kith.groups.models import Persona
rows = [{"cookie": _seat(p), "code": p.group.code} for p in Persona.objects.select_related("group").order_by("pk")[:%d]]
print(json.dumps(rows))"""
COUNT = """
import django, json, re; django.setup()
from collections import Counter
from kith.conversation.models import Post
found = re.compile(r"token-[0-9]+-[0-9]+-end")
print(json.dumps(Counter(t for words in Post.objects.filter(words__contains="token-").values_list("words", flat=True) for t in found.findall(words))))"""


@dataclass
class Writer:
    """Somebody who writes one post after another, and sends the same one again until it is acknowledged."""

    number: int
    cookie: str
    code: str
    sent: int = 0
    acknowledged: set[str] = field(default_factory=set)
    pending: str = ""
    in_flight: bool = False
    wrong: list[str] = field(default_factory=list)

    def write(self, port: int, stop: threading.Event) -> None:
        """Write until told to stop or the server is gone; a post on its way stays pending."""
        try:
            line = Line(port)
            _status, headers, body = line.ask(Request(f"/g/{self.code}/topics/1/", self.cookie))
            form = re.search(r"form=([^;]+)", headers.get("set-cookie", ""))
            token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
            while form and token and not stop.is_set():
                if not self.pending:
                    self.sent += 1
                    self.pending = f"token-{self.number}-{self.sent}-end"
                self._send(line, form.group(1), token.group(1).decode())
        except (OSError, IndexError, ValueError):
            return

    def _send(self, line: Line, form: str, token: str) -> None:
        fields = {
            "csrfmiddlewaretoken": token,
            "words": f"{self.pending} said {self.number}.",
            "intent": self.pending.replace("-", "x"),
        }
        body = urllib.parse.urlencode(fields).encode()
        self.in_flight = True
        status, _headers, answer = line.ask(Request(f"/g/{self.code}/topics/1/reply/", f"{self.cookie}; form={form}", body))
        self.in_flight = False
        if status == 302:
            self.acknowledged.add(self.pending)
            self.pending = ""
        elif status != 503:
            self.wrong.append(f"{status} {answer[:80]!r}")
            raise ValueError(status)


def measure(options: dict[str, Any]) -> dict[str, object]:
    """Kill each database's server as often as asked for; count what was lost or doubled."""
    figures: dict[str, float] = {}
    names = (options["database"],) if options["database"] else ("sqlite", "postgres")
    for name in names:
        with tempfile.TemporaryDirectory() as data, cluster(safe=True) if name == "postgres" else nullcontext("") as url:
            more = {"KITH_DEMO": "1"} | ({"DATABASE_URL": str(url)} if url else {})  # invented people, who may write at any pace
            figures |= {f"{name}.{key}": value for key, value in _rounds(Path(data), more, options["kills"]).items()}
    return {
        "bench": "durability", "machine": machine(), "versions": versions(),
        "data": {"writers": WRITERS, "kills": options["kills"]}, "figures": figures,
    }  # fmt: skip


def _rounds(data: Path, more: dict[str, str], kills: int) -> dict[str, float]:
    rows = json.loads(_python(data, more, PREPARE % WRITERS))
    writers = [Writer(number, row["cookie"], row["code"]) for number, row in enumerate(rows)]
    rng = random.Random(5)
    acknowledged, in_flight = [], []
    for _kill in range(kills):
        before = sum(len(writer.acknowledged) for writer in writers)
        in_flight.append(_round(data, more, writers, rng.uniform(0.3, 1.5)))
        acknowledged.append(sum(len(writer.acknowledged) for writer in writers) - before)
    _round(data, more, writers, 1.0, kill=False)
    counts = json.loads(_python(data, more, COUNT))
    known = set().union(*(writer.acknowledged for writer in writers))
    wrong = [words for writer in writers for words in writer.wrong]
    if wrong:
        print(f"{len(wrong)} wrong answers, first: {wrong[0]}", file=sys.stderr)
    return {
        "lost": len(known - counts.keys()), "doubled": sum(1 for count in counts.values() if count > 1),
        "acknowledged": len(known), "least_acknowledged_in_a_round": min(acknowledged),
        "in_flight_at_kill": sum(in_flight), "least_in_flight_at_kill": min(in_flight), "wrong_answers": len(wrong),
    }  # fmt: skip


def _round(data: Path, more: dict[str, str], writers: list[Writer], seconds: float, *, kill: bool = True) -> int:
    """Serve, let everybody write, kill the whole process group; return how many posts were on their way."""
    port, stop = free_port(), threading.Event()
    process = subprocess.Popen(
        [sys.executable, "-m", "kith.cli.main", "demo", "--serve", "--port", str(port)],
        env=environment(data, KITH_WORKERS="2", **more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
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


def _python(data: Path, more: dict[str, str], code: str) -> str:
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", **more)
    done = subprocess.run([sys.executable, "-c", code], check=True, env=env, capture_output=True, text=True)
    return done.stdout.strip().split("\n")[-1]
