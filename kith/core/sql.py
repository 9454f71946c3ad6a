"""Small readers for hand-written SQL, whose drivers hand back times as text or as times."""

from datetime import UTC, date, datetime


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
