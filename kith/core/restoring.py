"""
What rooms know of copies: which of their tables are made anew, which name files, and what must not come back with an old copy.

A restored database would answer old forms, let in devices that were signed out, and send letters a second time.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from kith.core.models import Event, Intent, Site

Step = Callable[[datetime], None]
_steps: list[Step] = []
_rebuilt: set[str] = set()
_files: set[tuple[str, str]] = set()


def on_restore(step: Step) -> None:
    """Register from an app's `ready` what a room does with its rows before a restored copy is opened."""
    if step not in _steps:
        _steps.append(step)


def rebuilt(table: str) -> None:
    """Register from an app's `ready` a table that is made anew from others after every restore."""
    _rebuilt.add(table)


def names_files(table: str, column: str) -> None:
    """Register from an app's `ready` a column that names stored files."""
    _files.add((table, column))


def rebuilt_tables() -> frozenset[str]:
    """Return the tables that are made anew."""
    return frozenset(_rebuilt)


def columns_of_files() -> list[tuple[str, str]]:
    """List the columns that name stored files."""
    return sorted(_files)


@transaction.atomic
def let_go(*, at: datetime) -> None:
    """Throw away of a restored copy whatever was true only then."""
    Event.objects.all().delete()
    Intent.objects.all().delete()
    Site.objects.filter(pk=1).update(first_code_hash="")
    for step in _steps:
        step(at)
