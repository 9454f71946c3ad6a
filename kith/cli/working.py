"""Work that waits: letters, errands, the finder's index, and what has outlived its use."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, connection

from kith.core import clock
from kith.core.models import Event, Intent
from kith.finding.actions import renew_index
from kith.groups.actions import run_errands
from kith.notify.jobs import send_letters

log = logging.getLogger("kith.work")
PAUSE = 3.0
INTENT_DAYS = 30


def work_once() -> None:
    """Do everything that is due now, once."""
    send_letters()
    run_errands(at=clock.now())
    renew_index()
    sweep()


def sweep() -> None:
    """Throw away live events after an hour and intents after thirty days."""
    now = clock.now()
    Event.objects.filter(made_at__lt=now - timedelta(hours=1)).delete()
    Intent.objects.filter(made_on__lt=now.date() - timedelta(days=INTENT_DAYS)).delete()


def work_forever(stop: threading.Event) -> None:
    """Work at once and then every few seconds until told to stop; a failure is logged by its kind and tried again."""
    begun = False
    while not stop.wait(PAUSE if begun else 0):
        begun = True
        try:
            work_once()
        except DatabaseError as problem:
            log.warning("the worker waits for the database: %s", type(problem).__name__)
            connection.close()
