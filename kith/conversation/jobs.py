"""Timed work of this room: passing on who waits for an answer."""

import logging

from kith.conversation import actions, queries
from kith.core import clock
from kith.core.faults import name_fault

log = logging.getLogger("kith.conversation")


def pass_on_waits() -> int:
    """Pass on every waiting post whose time has come, each by itself, and go on where one fails; return how many were."""
    now, done = clock.now(), 0
    for key in queries.list_due(at=now):
        try:
            done += actions.pass_on(key, at=now)
        except Exception as problem:  # noqa: BLE001 - it stays, to be tried again; those behind it are somebody else's
            log.warning("a waiting post was not passed on: %s", name_fault(problem))
    return done
