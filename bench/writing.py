"""Who writes while a server is killed, or its power is cut: one post after another over HTTP, each until it is acknowledged."""

import re
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.client import Line, Request
from kith.testing.pictures import as_file, photograph
from kith.testing.serving import environment

WRITERS = 8
TOKEN = re.compile(r"token-([0-9]+)-([0-9]+)-end")
PREPARE = """
import django, json, sys; django.setup()
from kith.cli.preparing import prepare; prepare()
from bench.prepare import _seat
from kith.cli.demo.scaling import scale_up; scale_up(200, say=lambda words: None)
from kith.cli.working import work_once; work_once()  # else each start would begin with an hour's work, and be killed in it
from kith.groups.models import Persona
rows = [{"cookie": _seat(p), "code": p.group.code} for p in Persona.objects.select_related("group").order_by("pk")[:%d]]
print(json.dumps(rows))"""
PICTURE = as_file(photograph(500, 375))  # kept in two sizes
_BETWEEN = "between-the-parts"


@dataclass
class Writer:
    """Somebody who writes one post after another, and sends the same one again until it is acknowledged."""

    number: int
    cookie: str
    code: str
    pictures: bool = False  # with every third post goes a picture
    heard: Callable[[str], object] = len  # told of each acknowledgement
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
        body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        if self.pictures and self.sent % 3 == 0:
            body, kind = _in_parts(fields | {"alt_1": "Rings."}, PICTURE), f"multipart/form-data; boundary={_BETWEEN}"
        self.in_flight = True
        status, _headers, answer = line.ask(
            Request(f"/g/{self.code}/topics/1/reply/", f"{self.cookie}; form={form}", body, kind=kind)
        )
        self.in_flight = False
        if status == 302:
            self.heard(self.pending)
            self.acknowledged.add(self.pending)
            self.pending = ""
        elif status != 503:
            self.wrong.append(f"{status} {answer[:80]!r}")
            raise ValueError(status)


def _in_parts(fields: dict[str, str], picture: bytes) -> bytes:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="file_1"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n' + picture)
    begin = f"--{_BETWEEN}\r\n".encode()
    return b"".join(begin + part + b"\r\n" for part in parts) + f"--{_BETWEEN}--\r\n".encode()


def python(data: Path, more: dict[str, str], code: str) -> str:
    """Run some Python in this folder, and return the last line that it prints."""
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", **more)
    done = subprocess.run([sys.executable, "-c", code], check=True, env=env, capture_output=True, text=True)
    return done.stdout.strip().split("\n")[-1]


def out_of_order(tokens: list[str]) -> int:
    """Count the posts that stand before an earlier one of the same writer; `tokens` as they stand."""
    last: dict[str, int] = {}
    wrong = 0
    for writer, number in (found.groups() for found in map(TOKEN.search, tokens) if found):
        wrong += int(number) < last.get(writer, 0)
        last[writer] = int(number)
    return wrong
