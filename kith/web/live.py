"""Open pages are told of new posts: a stream of numbers, never of words; what they then fetch is checked like any page."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie

from kith.conversation.queries import watch_topic
from kith.core.errors import NotFound, Refused
from kith.core.faults import name_fault
from kith.core.hub import Hub, Runner
from kith.people.queries import find_signed_in
from kith.web import cookies
from kith.web.converters import Number
from kith.web.headers import UNNAMED, safety
from kith.web.viewing import viewer_of

log = logging.getLogger("kith.live")
Send = Callable[[dict[str, Any]], Awaitable[None]]
Channels = tuple[str, ...]
Receive = Callable[[], Awaitable[dict[str, Any]]]
CHECK = 20.0  # seconds of silence after which a stream is looked at all the same; also the beat that keeps proxies awake
_PATH = re.compile(rf"/live/g/([a-z0-9]{{1,12}})/topics/({Number.regex})/")


class Live:
    """The asynchronous door for `/live/g/<code>/topics/<n>/`."""

    def __init__(self, run: Runner) -> None:
        self._run, self._hub = run, Hub(run)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one stream until its reader goes or may no longer watch."""
        path, token = _PATH.fullmatch(scope["path"]), _token(scope)
        if path is None or scope["method"] != "GET":
            return await _refuse(send, 404, b"Not found")
        code, number = path[1], int(path[2])
        channels = await self._look(lambda: may_watch(token, code, number))
        if not channels:
            return await _refuse(send, *((503, b"Not now") if channels is None else (404, b"Not found")))
        await _answer(send, 200, b"text/event-stream")
        return await self._stream(channels, lambda: may_watch(token, code, number), receive, send)

    async def _look(self, may: Callable[[], Channels]) -> Channels | None:
        """Return what this reader may watch, nothing for somebody who may not, None where nobody could say."""
        try:
            found: Channels = await self._run(may)
            return found
        except Exception as problem:  # noqa: BLE001 - a reader who cannot be checked is told nothing
            log.warning("a live stream could not be checked: %s", name_fault(problem))
            return None

    async def _stream(self, channels: Channels, may: Callable[[], Channels], receive: Receive, send: Send) -> None:
        queue = await self._hub.watch(*channels)
        gone = asyncio.create_task(_until_gone(receive))
        try:
            await _say(send, ": hello\n\n")
            while not gone.done():
                words = await _next(queue)
                if await self._look(may) != channels:
                    return
                await _say(send, words)
        except OSError:
            pass
        finally:
            gone.cancel()
            self._hub.leave(queue, *channels)
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _next(queue: asyncio.Queue[tuple[str, int]]) -> str:
    """Wait for events and put all that have come into words, so that one look at the reader is enough for them."""
    try:
        events = [await asyncio.wait_for(queue.get(), CHECK)]
    except TimeoutError:
        return ": still here\n\n"
    while not queue.empty():
        events.append(queue.get_nowait())
    return "".join(f"event: {kind}\ndata: {json.dumps({'number': number})}\n\n" for kind, number in events)


def may_watch(token: str, code: str, number: int) -> Channels:
    """Return the channels of a topic if this reader may see it now, else none."""
    close_old_connections()
    request = HttpRequest()
    request.COOKIES = {cookies.name(): token}
    _site, me = find_signed_in(cookies.read(request))
    try:
        return watch_topic(viewer_of(me), code, number)
    except (NotFound, Refused):
        return ()


def _token(scope: dict[str, Any]) -> str:
    for header, value in scope["headers"]:
        if header == b"cookie":
            return parse_cookie(value.decode("latin-1")).get(cookies.name(), "")
    return ""


async def _answer(send: Send, status: int, kind: bytes) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in safety().items()]
    headers += [UNNAMED, (b"content-type", kind), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _refuse(send: Send, status: int, words: bytes) -> None:
    await _answer(send, status, b"text/plain; charset=utf-8")
    await send({"type": "http.response.body", "body": words})


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
