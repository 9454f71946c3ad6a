"""One reader of live events per process: it looks once a second while anybody watches, and hands each event on."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import close_old_connections
from django.db.models import Max

from kith.core.faults import name_fault
from kith.core.models import Event

log = logging.getLogger("kith.live")
PAUSE = 1.0
Runner = Callable[[Callable[[], Any]], Awaitable[Any]]


class Hub:
    """Queues of open streams by channel, fed by one reading task."""

    def __init__(self, run: Runner) -> None:
        self._run = run
        self._queues: dict[str, set[asyncio.Queue[tuple[str, int]]]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._last = 0

    async def watch(self, *channels: str) -> asyncio.Queue[tuple[str, int]]:
        """Open a queue that gets (kind, number) for every event of these channels from now on."""
        queue: asyncio.Queue[tuple[str, int]] = asyncio.Queue(maxsize=100)
        if not self._queues:
            self._last = await self._run(newest)
        for channel in channels:
            self._queues[channel].add(queue)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read())
        return queue

    def leave(self, queue: asyncio.Queue[tuple[str, int]], *channels: str) -> None:
        """Close a queue; the reader stops with the last one."""
        for channel in channels:
            self._queues[channel].discard(queue)
            if not self._queues[channel]:
                del self._queues[channel]

    async def _read(self) -> None:
        while self._queues:
            try:
                await self._hand_on()
            except Exception as problem:  # noqa: BLE001 - whatever it was, the next look may work, and nobody else reads
                log.warning("live events could not be read: %s", name_fault(problem))
            await asyncio.sleep(PAUSE)

    async def _hand_on(self) -> None:
        for key, channel, kind, number in await self._run(lambda: since(self._last)):
            self._last = key
            for queue in self._queues.get(channel, ()):
                if not queue.full():
                    queue.put_nowait((kind, number))


def newest() -> int:
    """Return the key of the newest event."""
    close_old_connections()
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def since(key: int) -> list[tuple[int, str, str, int]]:
    """List the events after this key."""
    close_old_connections()
    return list(Event.objects.filter(pk__gt=key).order_by("pk").values_list("pk", "channel", "kind", "number")[:500])
