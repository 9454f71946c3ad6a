"""A small HTTP client for load: keep-alive, no compression, one connection a worker; its own time is not counted."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass
class Request:
    """One request to send."""

    path: str
    cookie: str = ""
    body: bytes = b""
    wanted: tuple[int, ...] = (200,)
    packed: bool = False
    kind: str = "application/x-www-form-urlencoded"  # of the body
    follow: bool = False  # where it leads is asked for too, and counted with it


@dataclass
class Result:
    """What a run of requests took: seconds for each, and what went wrong."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Return a percentile of the times in milliseconds."""
        ordered = sorted(self.times)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2) if ordered else 0.0


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._file = self._open()

    def _open(self) -> BinaryIO:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket.makefile("rb")

    def ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Send one request and read its answer."""
        method = "POST" if request.body else "GET"
        head = f"{method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
        if request.cookie:
            head += f"Cookie: {request.cookie}\r\n"
        if request.packed:
            head += "Accept-Encoding: gzip, br\r\n"
        if request.body:
            head += f"Content-Type: {request.kind}\r\nContent-Length: {len(request.body)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + request.body)
        status = int(self._file.readline().split()[1])
        headers: dict[str, str] = {}
        while (line := self._file.readline()) not in (b"\r\n", b""):
            name, _colon, value = line.decode("latin-1").partition(":")
            key = name.strip().lower()
            headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
        return status, headers, self._file.read(int(headers.get("content-length", "0")))


def run(port: int, make: Callable[[int], Iterator[Request]], *, clients: int, seconds: float) -> Result:
    """Let some clients ask for a while, each its own requests; return what it took."""
    result, lock = Result(), threading.Lock()
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        line, times, wrong = Line(port), [], []
        for request in make(number):
            begin = time.perf_counter()
            if begin > until:
                break
            status, headers, body = line.ask(request)
            if request.follow and status == 302:
                status, headers, body = line.ask(Request(headers["location"], request.cookie))
            times.append(time.perf_counter() - begin)
            if status not in request.wanted:
                wrong.append(f"{status} {request.path} {body[:100]!r}")
        with lock:
            result.times += times
            result.wrong += wrong

    begin = time.perf_counter()
    workers = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    result.seconds = time.perf_counter() - begin
    return result
