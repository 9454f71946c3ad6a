"""Open pages are told of new posts: a stream of numbers, never of words; what they then fetch is checked like any page."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie
from typing import Any

from django.http import HttpRequest

from kith.conversation.queries import watch_topic
from kith.core.errors import NotFound, SignInFirst
from kith.core.hub import Hub, Runner
from kith.groups.viewer import Viewer
from kith.people.queries import find_signed_in
from kith.web import cookies
from kith.web.middleware import HEADERS

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
CHECK = 20.0  # seconds between two looks whether this reader may still watch; also the beat that keeps proxies awake


class Live:
    """The asynchronous door for `/live/g/<code>/topics/<n>/`."""

    def __init__(self, run: Runner) -> None:
        self._run, self._hub = run, Hub(run)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one stream until its reader goes or may no longer watch."""
        parts = scope["path"].strip("/").split("/")
        token = _token(scope)
        ok = len(parts) == 5 and parts[0:2] == ["live", "g"] and parts[3] == "topics" and parts[4].isdecimal()
        key = await self._run(lambda: may_watch(token, parts[2], int(parts[4]))) if ok and scope["method"] == "GET" else 0
        if not key:
            await _answer(send, 404, b"text/plain; charset=utf-8")
            await send({"type": "http.response.body", "body": b"Not found"})
            return
        await _answer(send, 200, b"text/event-stream")
        await self._stream(key, lambda: may_watch(token, parts[2], int(parts[4])), receive, send)

    async def _stream(self, key: int, still: Callable[[], int], receive: Receive, send: Send) -> None:
        channel = f"topic:{key}"
        queue = await self._hub.watch(channel)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await _say(send, ": hello\n\n")
            while not gone.done():
                try:
                    kind, number = await asyncio.wait_for(queue.get(), CHECK)
                except TimeoutError:
                    if not await self._run(still):
                        return
                    await _say(send, ": still here\n\n")
                else:
                    await _say(send, f"event: {kind}\ndata: {json.dumps({'number': number})}\n\n")
        except OSError:
            pass
        finally:
            gone.cancel()
            self._hub.leave(channel, queue)
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def may_watch(token: str, code: str, number: int) -> int:
    """Return the topic's key if this reader may see it now, else 0."""
    from django.db import close_old_connections

    close_old_connections()
    request = HttpRequest()
    request.COOKIES = {cookies.name(): token}
    _site, me = find_signed_in(cookies.read(request))
    try:
        return watch_topic(Viewer(me.person, me.steward) if me else Viewer(), code, number)
    except (NotFound, SignInFirst):
        return 0


def _token(scope: dict[str, Any]) -> str:
    for header, value in scope["headers"]:
        if header == b"cookie":
            jar: SimpleCookie = SimpleCookie(value.decode("latin-1"))
            if cookies.name() in jar:
                return jar[cookies.name()].value
    return ""


async def _answer(send: Send, status: int, kind: bytes) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers += [(b"content-type", kind), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
