"""Signing devices in and out, and the sign on each that something new waits."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from kith.core import ids
from kith.core.events import announce
from kith.core.sql import run
from kith.people import limits
from kith.people.happenings import has_happened, note_happening
from kith.people.models import Session
from kith.people.sealing import seal_day, token_hash, unseal_day

_AT_ONCE = 500  # rows forgotten in one statement


@transaction.atomic
def open_session(person: int, *, device: str, own_device: bool, strong: bool = False, strange: bool = False, at: datetime) -> str:
    """Sign a device in, `strong` with a second step; from a `strange` one her other devices are told. Return the token for its cookie, which is stored only as a hash."""
    token, key = secrets.token_urlsafe(32), ids.random_key()
    Session.objects.create(
        id=key, token_hash=token_hash(token), person_id=person, device=device, own_device=own_device, strong=strong,
        day_sealed=seal_day(at.date(), place=f"session.day:{key}"),
    )  # fmt: skip
    announce("people.signed_in", person=person)
    if strange:
        others = Session.objects.filter(person=person).exclude(pk=key)
        note_happening(person, f"signed_in_{device}", new=others.exists(), at=at)
    return token


def end_session(hashed: str) -> int:
    """Sign one device out; return whose it was if she wants what she has begun to write thrown away when she must go, else 0."""
    found = Session.objects.filter(token_hash=hashed)
    person = found.filter(person__exit_drops_drafts=True).values_list("person", flat=True).first()
    found.delete()
    return person or 0


def drop_old_sessions(*, at: datetime) -> None:
    """Forget devices whose cookie has run out. A row knows a sealed day and no hour, so each stands until the day after."""
    kept = {
        own: at.date() - timedelta(days=1, seconds=most) for own, most in ((False, limits.SHARED_MOST), (True, limits.OWN_MOST))
    }
    rows = Session.objects.values_list("pk", "own_device", "day_sealed")
    old = [key for key, own, day in rows.iterator() if unseal_day(day, place=f"session.day:{key}") < kept[own]]
    for begin in range(0, len(old), _AT_ONCE):
        Session.objects.filter(pk__in=old[begin : begin + _AT_ONCE]).delete()


def end_other_sessions(person: int, *, keep: str, start: str = "") -> None:
    """Sign out every other device of this person, or the one whose key begins with `start`."""
    others = Session.objects.filter(person=person).exclude(token_hash=keep)
    if start:
        others = others.filter(token_hash__startswith=start)
    others.delete()


def end_all_sessions(at: datetime) -> None:
    """Sign every device of everybody out."""
    Session.objects.all().delete()


def note_waiting(person: int) -> None:
    """Note on every device of a person that something new waits; by hand, because it goes with every answer to a post."""
    run("UPDATE people_session SET notices = TRUE WHERE person_id = %s AND NOT notices", person)


def set_waiting(person: int, *, waits: bool) -> None:
    """Set on every device of a person whether something new waits."""
    Session.objects.filter(person=person).update(notices=waits or has_happened(person))
