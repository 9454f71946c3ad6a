"""Small readers for hand-written SQL, whose drivers hand back times as text or as times."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection


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
    return connection.ops.adapt_datetimefield_value(at)


def run(statement: str, *values: Any) -> int:
    """Run one hand-written statement; return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def one(statement: str, *values: Any) -> Sequence[Any] | None:
    """Run one hand-written statement and return its first row, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: Sequence[Any] | None = cursor.fetchone()
        return row
