"""
The list of looks: whoever but its owner opens a protected field stands in her list first, with the day and the reason.

Each look holds the digest of the one before it, and the person's row the number and the digest of the last: one that was changed or taken
out is missed. The chain is one person's own: a chain over all people would be an order of them. What it cannot show is a whole database put
back to an earlier day, or a look by somebody who holds the keys and does not use Kith for it.
"""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kith.core.ids import random_key
from kith.people import limits
from kith.people.happenings import note_happening
from kith.people.models import Look, Person
from kith.people.rows import LookRow
from kith.people.sealing import Unreadable, Why, seal, unseal

# Who may look, what is looked at, and why: codes that the pages put into words.
BY = ("operator", "steward")
WHAT = ("email", "list", "all")
REASONS = ("preview", "repair", "law")
_NONE = ""


@transaction.atomic
def look(person: int, *, by: str, what: str, reason: str, at: datetime) -> Why:
    """
    Write down that somebody looks, and return what opens the field.

    :raises ValueError: for a code that no page can put into words
    """
    if by not in BY or what not in WHAT or reason not in REASONS:
        raise ValueError(f"{by}, {what}, {reason}")
    row = Person.objects.select_for_update().only("id", "looks_sealed").get(pk=person)
    count, last = _head(row)
    told = [count + 1, by, what, reason, at.date().isoformat(), last]
    key = random_key()
    Look.objects.create(id=key, person=row, sealed=_seal(told, limits.LOOK_BYTES, f"look:{person}:{key}"))
    row.looks_sealed = _seal([count + 1, _digest(told)], limits.LOOK_BYTES, f"person.looks:{person}")
    row.save(update_fields=["looks_sealed"])
    note_happening(person, "looked", at=at)
    return Why(person, reason)


def list_looks(person: int) -> tuple[list[LookRow], bool]:
    """List who has looked, newest first, and say whether the list is whole."""
    count, last = _head(Person.objects.only("id", "looks_sealed").get(pk=person))
    told: list[list[Any]] = []
    whole = True
    for row in Look.objects.filter(person=person):
        try:
            told.append(json.loads(unseal(row.sealed, place=f"look:{person}:{row.pk}")))
        except Unreadable:
            whole = False
    told.sort()
    before = _NONE
    for number, line in enumerate(told, 1):
        whole = whole and line[0] == number and line[-1] == before
        before = _digest(line)
    whole = whole and (len(told), before) == (count, last)
    return [
        LookRow(by, what, reason, date.fromisoformat(day)) for _number, by, what, reason, day, _before in reversed(told)
    ], whole


def _head(row: Person) -> tuple[int, str]:
    if not row.looks_sealed:
        return 0, _NONE
    count, last = json.loads(unseal(row.looks_sealed, place=f"person.looks:{row.pk}"))
    return int(count), str(last)


def _seal(told: list[Any], size: int, place: str) -> bytes:
    return seal(json.dumps(told).encode().ljust(size), place=place)


def _digest(told: list[Any]) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
