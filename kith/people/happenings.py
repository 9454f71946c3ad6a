"""
What happened to an account, for its owner alone: somebody signed in, something was changed, somebody looked.

Rows of the person, not notices in a mailbox: a notice has a moment and stands in one order with what her personas are told, and that order
would tell that they are one. Here the day is sealed and the key random.
"""

import json
from datetime import date, datetime

from django.db import transaction

from kith.core.ids import random_key
from kith.people import limits
from kith.people.models import Happening, Person, Session
from kith.people.rows import HappeningRow
from kith.people.sealing import seal, unseal

KINDS = (
    "signed_in_phone", "signed_in_tablet", "signed_in_computer", "phrase", "email", "codes", "step_added", "step_gone", "put_back", "looked",
    "exported",
)  # fmt: skip


@transaction.atomic
def note_happening(person: int, what: str, *, new: bool = True, at: datetime) -> None:
    """
    Note something for the owner of an account, and that something new waits for her.

    :raises ValueError: for a kind that no page can put into words
    """
    if what not in KINDS:
        raise ValueError(what)
    Person.objects.select_for_update().only("id").get(pk=person)
    rows = _open(person)
    key = random_key()
    told = json.dumps([rows[0][0] + 1 if rows else 1, what, at.date().isoformat()]).encode()
    Happening.objects.create(
        id=key, person_id=person, new=new, sealed=seal(told.ljust(limits.HAPPENING_BYTES), place=f"happening:{person}:{key}")
    )
    Happening.objects.filter(pk__in=[row[3] for row in rows[limits.MAX_HAPPENINGS - 1 :]]).delete()
    if new:
        Session.objects.filter(person=person).update(notices=True)


def list_happenings(person: int) -> list[HappeningRow]:
    """List what happened, the latest first."""
    return [HappeningRow(what, date.fromisoformat(day), new) for _number, what, day, _key, new in _open(person)]


def see_happenings(person: int) -> None:
    """Mark all of it as seen."""
    Happening.objects.filter(person=person, new=True).update(new=False)


def has_happened(person: int) -> bool:
    """Say whether something new waits."""
    return Happening.objects.filter(person=person, new=True).exists()


def _open(person: int) -> list[tuple[int, str, str, int, bool]]:
    rows = Happening.objects.filter(person=person)
    opened = ((*json.loads(unseal(row.sealed, place=f"happening:{person}:{row.pk}")), row.pk, row.new) for row in rows)
    return sorted(opened, reverse=True)
