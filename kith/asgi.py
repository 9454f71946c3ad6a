"""One application per process: streams are asynchronous, everything else is Django as WSGI in a small pool of threads."""

import asyncio
import io
import os
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.settings.base")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)

from kith.web import uploads
from kith.web.assets import with_static
from kith.web.headers import UNNAMED
from kith.web.live import Live

THREADS = 4
_pages = with_static(WSGIHandler())
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
_room = uploads.Room(uploads.ROOM)
_way_out = ThreadPoolExecutor(2, thread_name_prefix="exit")  # quick exit never queues behind pages that wait for the database


async def _run(job: Callable[[], Any], pool: ThreadPoolExecutor = _pool) -> Any:
    return await asyncio.get_running_loop().run_in_executor(pool, job)


_live = Live(_run)
Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection (ASGI 3)."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        if scope["path"].startswith("/live/"):
            await _live(scope, receive, send)
        else:
            await _page(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            from kith.conversation import reading

            await _run(reading.flush)
            return


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    most, size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1024, uploads.size_of(scope)
    if size <= most or not uploads.bring_pictures(scope):
        await _answer(scope, receive, send, most, empty=size == 0)
        return
    async with _room.take(size) as room:  # whoever sends words alone never waits for those who send pictures
        await _answer(scope, receive, send, uploads.LARGEST if room else most, uploads.TAIL, cut="large" if room else "late")


async def _answer(
    scope: Scope, receive: Receive, send: Send, most: int, tail: int = 0, *, cut: str = "large", empty: bool = False
) -> None:
    body, whole = io.BytesIO(), empty
    try:
        if not empty:
            async with asyncio.timeout(uploads.PATIENCE):
                whole = await _read(receive, body, most, tail)
    except TimeoutError:
        whole, cut = False, "late"
    except uploads.Gone:
        return
    environ = _environ(scope, body) | {"kith.cut": "" if whole else cut}
    status, headers, chunks = await _run(lambda: _call(environ), _way_out if scope["path"] == "/exit/" else _pool)
    await send({"type": "http.response.start", "status": status, "headers": [*headers, UNNAMED]})
    await send({"type": "http.response.body", "body": chunks if scope["method"] != "HEAD" else b""})


async def _read(receive: Receive, body: io.BytesIO, most: int, tail: int = 0) -> bool:
    """
    Read the body; past what can be taken the rest is thrown away, and whoever reads the form says why. Say whether it is whole.

    With `tail` that many bytes of its end are kept: what was typed below a picture that is too large.

    :raises Gone: if the connection broke off: half a form is never taken for a whole one
    """
    size, end, ends = 0, deque[bytes](), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise uploads.Gone
        piece = message.get("body", b"")
        size += len(piece)
        if size - len(piece) <= most:
            body.write(piece)
        elif tail:
            end.append(piece)
            ends += len(piece)
            while ends - len(end[0]) >= tail:
                ends -= len(end.popleft())
        if not message.get("more_body"):
            break
    body.write(b"".join(end))
    return body.tell() == size


def _environ(scope: Scope, body: io.BytesIO) -> dict[str, Any]:
    """Translate an ASGI scope to a WSGI environment (PEP 3333)."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"], "SCRIPT_NAME": "", "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"), "SERVER_NAME": str(server[0]), "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": str(client[0]), "wsgi.version": (1, 0), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": scope.get("scheme", "http"), "wsgi.input": body, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    return environ


def _call(environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        started[:] = [int(status.split(" ", 1)[0]), headers]

    result = _pages(environ, start_response)
    try:
        chunks = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in started[1]]
    return started[0], headers, chunks
