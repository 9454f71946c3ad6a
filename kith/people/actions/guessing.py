"""Guessing at a name is counted where every process and every restart sees it; whoever comes from a known device is always heard."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from kith.people import limits
from kith.people.models import Tally
from kith.people.sealing import name_tag

_HOUR = timedelta(hours=1)


class Guessed(Exception):
    """There were too many failures at this name; `wait` says for how many minutes, or is 0 where waiting does not help."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def check_guesses(kind: str, name: str, *, at: datetime) -> None:
    """
    Refuse before anything is looked at.

    :raises Guessed: after too many failures within an hour, or in a row
    """
    tally = Tally.objects.filter(tag=name_tag(kind, name)).first()
    if tally is None:
        return
    if tally.failures >= limits.GUESSES:
        raise Guessed(0)
    if tally.recent >= limits.GUESSES_AN_HOUR and at < tally.hour + _HOUR:
        raise Guessed(max(1, int((tally.hour + _HOUR - at).total_seconds() // 60) + 1))


@transaction.atomic
def note_failure(kind: str, name: str, *, at: datetime) -> None:
    """Count one failure."""
    tag = name_tag(kind, name)
    begins = at.replace(minute=0, second=0, microsecond=0)
    tally, made = Tally.objects.select_for_update().get_or_create(tag=tag, defaults={"failures": 1, "recent": 1, "hour": begins})
    if made:
        return
    same = at < tally.hour + _HOUR
    Tally.objects.filter(pk=tally.pk).update(
        failures=F("failures") + 1, recent=F("recent") + 1 if same else 1, hour=tally.hour if same else begins
    )


def forget_failures(kind: str, name: str) -> None:
    """Begin to count anew: the last one was right."""
    Tally.objects.filter(tag=name_tag(kind, name)).delete()


def drop_old_tallies(*, at: datetime) -> None:
    """Forget names at which nobody has guessed for thirty days."""
    Tally.objects.filter(hour__lt=at - timedelta(days=30)).delete()
