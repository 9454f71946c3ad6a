"""Small readers for hand-written SQL, whose drivers hand back times as text or as times."""

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.utils import CursorWrapper

_kept = threading.local()


def as_time(value: str | datetime) -> datetime:
    """Return a time with its zone (UTC), whichever way the driver gave it."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def as_day(value: str | date | None) -> date | None:
    """Return a day, whichever way the driver gave it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def marks(count: int) -> str:
    """Return placeholders for a list of values, at least one."""
    return ", ".join(["%s"] * max(count, 1))


def time_value(at: datetime) -> Any:
    """Return a time as the database at hand stores it."""
    return _time_value(connection.vendor, at)


@lru_cache(64)
def _time_value(vendor: str, at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def run(statement: str, *values: Any) -> int:
    """Run one hand-written statement; return how many rows it changed."""
    cursor = _cursor()
    cursor.execute(statement, values)
    return int(cursor.rowcount)


def many(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run one hand-written statement and return its rows."""
    cursor = _cursor()
    cursor.execute(statement, values)
    return list(cursor.fetchall())


def one(statement: str, *values: Any) -> Sequence[Any] | None:
    """Run one hand-written statement and return its first row, or None."""
    found = many(statement, *values)  # all of them, so that no statement stays open
    return found[0] if found else None


def _cursor() -> CursorWrapper:
    """Return the cursor of this thread's connection: to make one anew costs as much as a small statement."""
    database = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()
    if database.connection is None or database.queries_logged:
        return database.cursor()
    kept: tuple[Any, CursorWrapper] | None = getattr(_kept, "cursor", None)
    if kept is None or kept[0] is not database.connection:
        kept = _kept.cursor = (database.connection, database.cursor())
    return kept[1]
