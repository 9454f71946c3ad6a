"""Work that waits: letters, errands, the finder's index, and what has outlived its use."""

import logging
import os
import signal
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections

from kith.conversation.actions import drop_gone, forget_turns, sweep_pictures
from kith.conversation.jobs import pass_on_waits
from kith.conversation.limits import TABLES_OF_WORDS
from kith.core import clock, erasing
from kith.core.audit import drop_old_entries
from kith.core.events import drop_old_events
from kith.core.faults import name_fault
from kith.core.intents import drop_old_answers
from kith.core.scrubbing import scrub
from kith.finding.actions import renew_index
from kith.groups.actions import drop_old_invitations, run_errands
from kith.notify.jobs import send_letters
from kith.people.actions import drop_old_sessions, drop_old_tallies, drop_old_undos, drop_used_codes
from kith.safety.actions import tend_reports

log = logging.getLogger("kith.work")
PAUSE = 3.0
_swept: dict[str, str] = {}  # the day and hour in which it was done last: each row is opened for it


def work_once() -> None:
    """Do everything that is due now, once."""
    for step in (pass_on_waits, send_letters, _errands, renew_index, sweep, drop_words, log_erasures):
        _try(step)


def _try(step: Callable[[], object]) -> None:
    """Do one step; one that fails is logged by its kind, and what waits behind it is done all the same: it is somebody else's."""
    try:
        step()
    except Exception as problem:  # noqa: BLE001 - a fault of any kind holds up its own step alone
        log.warning("a step of the worker failed: %s", name_fault(problem))


def _errands() -> None:
    run_errands(at=clock.now())


def sweep() -> None:
    """Throw away what has outlived its use: rows of an hour at once, and whatever has to be opened to be looked at once an hour."""
    now = clock.now()
    for job in (drop_old_events, drop_old_answers):
        _try(partial(job, at=now))
    for job in (
        drop_old_sessions, drop_old_undos, drop_old_tallies, drop_used_codes, tend_reports, forget_turns, sweep_pictures, drop_old_entries, drop_old_invitations,
    ):  # fmt: skip
        if _swept.get(job.__name__) != (hour := f"{now:%d %H}"):
            _swept[job.__name__] = hour  # what fails is tried in the next hour, not every three seconds
            _try(partial(job, at=now))


def log_erasures() -> None:
    """Once a day, write what was erased down beside the backups."""
    now = clock.now()
    if _swept.get("erasures") != (day := f"{now:%F}"):
        erasing.log_new(at=now)
        _swept["erasures"] = day


def drop_words() -> None:
    """Once an hour, drop the last of what was taken back thirty days ago, and then its traces in the files of the database."""
    now = clock.now()
    if _swept.get("words") == (hour := f"{now:%d %H}"):
        return
    drop_gone(at=now)
    if scrub(TABLES_OF_WORDS):  # also where nothing was dropped: it may have been killed in between the last time
        _swept["words"] = hour


def work_forever(parent: int) -> None:
    """Work at once and then every few seconds while the parent process lives; what failed is tried again."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    while os.getppid() == parent:
        work_once()
        close_old_connections()  # one that broke is opened anew
        time.sleep(PAUSE)
