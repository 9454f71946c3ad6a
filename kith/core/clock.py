"""Times as people say them: days and parts of a day, since posting minutes link people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.core.words import per_language

DAY = timedelta(days=1)


def now() -> datetime:
    """Read the clock. Only shells and jobs call this; rooms are handed `at`."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock


def month_of(at: datetime) -> date:
    """Cut a time to the first day of its month: the finest time that a person's row may hold."""
    return at.date().replace(day=1)


def part_of_day(at: datetime) -> str:
    """Name the part of the day: night (0-5), morning (6-11), afternoon (12-17), evening (18-23)."""
    return _parts()[at.hour // 6]


@per_language
def _parts() -> tuple[str, str, str, str]:
    return _("night"), _("morning"), _("afternoon"), _("evening")


def say_when(at: datetime, today: date, *, within: bool = False) -> str:
    """Say when something was: "This morning", "Wednesday evening", "3 May", "3 May 2024"; `within` a sentence "this morning"."""
    return _say_when(get_language(), at.date(), at.hour // 6, today, within)


def saying(today: date) -> Callable[[datetime], str]:
    """Return what says it many times on one page, in the language of the page."""
    language = get_language()
    return lambda at: _say_when(language, at.date(), at.hour // 6, today, False)


@lru_cache(4096)
def _say_when(language: str | None, day: date, part: int, today: date, within: bool) -> str:
    """Say it in one language; the same few days stand on every page."""
    ago = (today - day).days
    if ago >= 7:
        return say_day(day, today)
    words = _days()[min(max(ago, 0), 2)][part] % {"day": weekdays()[day.weekday()]}
    return words if within else words[:1].upper() + words[1:]


@per_language
def _days() -> tuple[tuple[str, ...], ...]:
    """Name the parts of today, of yesterday and of a day before, within a sentence; the first is from midnight to six."""
    return (
        (_("early today"), _("this morning"), _("this afternoon"), _("this evening")),
        (_("early yesterday"), _("yesterday morning"), _("yesterday afternoon"), _("yesterday evening")),
        (_("early on %(day)s"), _("%(day)s morning"), _("%(day)s afternoon"), _("%(day)s evening")),
    )


def say_day(day: date, today: date) -> str:
    """Say a day: "3 May" in the last eleven months, "3 May 2024" before."""
    words = _("%(day)s %(month)s") % {"day": day.day, "month": months()[day.month - 1]}
    return words if (today - day).days < 330 else _("%(date)s %(year)s") % {"date": words, "year": day.year}


def say_wait(since: datetime, at: datetime) -> str:
    """Say how long somebody has waited, in hours or days."""
    hours = int((at - since).total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour")
    if hours == 1:
        return _("an hour")
    if hours < 48:
        return _("%(n)s hours") % {"n": hours}
    return _("%(n)s days") % {"n": hours // 24}


@per_language
def weekdays() -> list[str]:
    """Name the days of the week, Monday first."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


@per_language
def months() -> list[str]:
    """Name the months."""
    return [
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    ]  # fmt: skip
