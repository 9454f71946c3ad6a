"""Guessing at a name is counted where every process and every restart sees it; whoever comes from a known device is always heard."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from kith.core.ids import random_key
from kith.people import limits
from kith.people.models import Tally
from kith.people.sealing import name_tag, seal, unseal

_HOUR = timedelta(hours=1)
_KEEP = timedelta(days=30)


class Guessed(Exception):
    """There were too many failures at this name; `wait` says for how many minutes, or is 0 where waiting does not help."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class _Count:
    failures: int
    recent: int
    hour: datetime


def check_guesses(kind: str, name: str, *, at: datetime) -> None:
    """
    Refuse before anything is looked at.

    :raises Guessed: after too many failures within an hour, or in a row
    """
    tally = Tally.objects.filter(tag=name_tag(kind, name)).first()
    if tally is None:
        return
    count = _open(tally)
    if count.failures >= limits.GUESSES:
        raise Guessed(0)
    if count.recent >= limits.GUESSES_AN_HOUR and at < count.hour + _HOUR:
        raise Guessed(max(1, int((count.hour + _HOUR - at).total_seconds() // 60) + 1))


def note_failure(kind: str, name: str, *, at: datetime) -> None:
    """Count one failure."""
    tag, hour = name_tag(kind, name), at.replace(minute=0, second=0, microsecond=0)
    key = random_key()
    try:
        with transaction.atomic():
            Tally.objects.create(id=key, tag=tag, sealed=_seal(key, _Count(1, 1, hour)))
    except IntegrityError:
        with transaction.atomic():
            tally = Tally.objects.select_for_update().filter(tag=tag).first()
            if tally is None:
                return  # it went well at this very moment
            count = _open(tally)
            same = at < count.hour + _HOUR
            tally.sealed = _seal(
                tally.pk, _Count(count.failures + 1, count.recent + 1 if same else 1, count.hour if same else hour)
            )
            tally.save(update_fields=["sealed"])


def forget_failures(kind: str, name: str) -> None:
    """Begin to count anew: the last one was right."""
    Tally.objects.filter(tag=name_tag(kind, name)).delete()


def drop_old_tallies(*, at: datetime) -> None:
    """Forget names at which nobody has guessed for thirty days; each has to be opened for it."""
    for tally in Tally.objects.iterator():
        if _open(tally).hour < at - _KEEP:
            Tally.objects.filter(pk=tally.pk).delete()


def _open(tally: Tally) -> _Count:
    failures, recent, hour = json.loads(unseal(tally.sealed, place=f"tally:{tally.pk}"))
    return _Count(failures, recent, datetime.fromisoformat(hour))


def _seal(key: int, count: _Count) -> bytes:
    plain = json.dumps([count.failures, count.recent, count.hour.isoformat()]).encode()
    return seal(plain.ljust(limits.TALLY_BYTES), place=f"tally:{key}")
