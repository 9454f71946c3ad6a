"""Rooms tell upward by announcing; open pages are told by a row in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from kith.core.models import Event
from kith.core.sql import run, time_value

_SHOW = "INSERT INTO core_event (channel, kind, number, made_at) VALUES (%s, %s, %s, %s)"
_KEEP = 3600  # seconds
Listener = Callable[..., None]
_within: dict[str, list[Listener]] = defaultdict(list)
_after: dict[str, list[Listener]] = defaultdict(list)


def listen(kind: str, listener: Listener, *, within: bool = False) -> None:
    """
    Register a listener from an app's `ready`.

    `within` listeners run inside the announcing transaction; the others after it, and may only rebuild what can be rebuilt.
    """
    register = _within if within else _after
    if listener not in register[kind]:
        register[kind].append(listener)


def announce(kind: str, **ids: int | str | datetime) -> None:
    """Tell every listener that something happened; ids and days only, or the name that somebody had; never words."""
    for listener in _within[kind]:
        listener(**ids)
    for listener in _after[kind]:
        transaction.on_commit(partial(listener, **ids), robust=True)


def show(channel: str, kind: str, number: int, at: datetime) -> None:
    """Leave a row for open pages that watch `channel` (`topic:<key>`)."""
    run(_SHOW, channel, kind, number, time_value(at))


def drop_old_events(*, at: datetime) -> None:
    """Throw away rows that no open page can still be waiting for."""
    Event.objects.filter(made_at__lt=at - timedelta(seconds=_KEEP)).delete()
