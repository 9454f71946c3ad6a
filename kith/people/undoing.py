"""
A change of the account can be put back for three days: what was there before is kept, sealed, and then forgotten.

From within, with the pass-phrase. From outside, where somebody else has changed the pass-phrase too, with a printed code: codes of before
a change still work for as long (`kept_codes`).
"""

import json
from datetime import datetime, timedelta
from typing import Any

from kith.core.ids import random_key
from kith.people import limits
from kith.people.factors import close_factor
from kith.people.models import Factor, Person, RecoveryCode, Undo
from kith.people.rows import UndoRow
from kith.people.sealing import email_tags, own, seal, unseal

WINDOW = timedelta(hours=72)


def keep(person: int, what: str, before: dict[str, Any], *, at: datetime) -> None:
    """Keep what was there before a change; inside the transaction of the change."""
    key = random_key()
    told = json.dumps({"what": what, "before": before, "at": at.isoformat()}).encode()
    Undo.objects.create(id=key, person_id=person, sealed=seal(told.ljust(limits.UNDO_BYTES), place=f"undo:{person}:{key}"))


def list_undoable(person: int, *, at: datetime) -> list[UndoRow]:
    """List what can be put back now, the latest change first."""
    return [UndoRow(key, held["what"], datetime.fromisoformat(held["at"])) for key, held in _held(person, at)]


def kept_codes(person: int, *, at: datetime) -> set[str]:
    """Return the hashes of printed codes that were replaced within three days."""
    return {code for _key, held in _held(person, at) if held["what"] == "codes" for code in held["before"]["codes"]}


def put_back(person: Person, key: int, *, at: datetime) -> bool:
    """Put one change back, on a row that the caller holds; say whether it could be."""
    held = dict(_held(person.pk, at)).get(key)
    if held is None:
        return False
    _BACK[held["what"]](person, held["before"])
    Undo.objects.filter(pk=key).delete()
    return True


def put_all_back(person: Person, *, at: datetime) -> None:
    """Put back all changes of three days, the latest first."""
    for key, held in _held(person.pk, at):
        _BACK[held["what"]](person, held["before"])
        Undo.objects.filter(pk=key).delete()


def drop_old_undos(*, at: datetime) -> None:
    """Forget what can no longer be put back; each has to be opened for it."""
    for row in Undo.objects.iterator():
        if datetime.fromisoformat(_open(row)["at"]) < at - WINDOW:
            Undo.objects.filter(pk=row.pk).delete()


def _held(person: int, at: datetime) -> list[tuple[int, dict[str, Any]]]:
    rows = [(row.pk, _open(row)) for row in Undo.objects.filter(person=person)]
    fresh = [(key, held) for key, held in rows if datetime.fromisoformat(held["at"]) > at - WINDOW]
    return sorted(fresh, key=lambda pair: str(pair[1]["at"]), reverse=True)


def _open(row: Undo) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(unseal(row.sealed, place=f"undo:{row.person_id}:{row.pk}", why=own(row.person_id)))
    return held


def _email(person: Person, before: dict[str, Any]) -> None:
    email = before["email"]
    person.email_sealed = seal(email.encode(), place=f"person.email:{person.pk}") if email else None
    person.email_tag = email_tags(email)[0] if email else None
    person.email_asked, person.email_confirmed = before["asked"], before["confirmed"]
    person.save(update_fields=["email_sealed", "email_tag", "email_asked", "email_confirmed"])


def _codes(person: Person, before: dict[str, Any]) -> None:
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, code_hash=code) for code in before["codes"]])


def _step_added(person: Person, before: dict[str, Any]) -> None:
    Factor.objects.filter(person=person, pk=before["key"]).delete()


def _step_gone(person: Person, before: dict[str, Any]) -> None:
    row = Factor(id=before["key"], person=person, kind=before["kind"], tag=bytes.fromhex(before["tag"]) or None)
    close_factor(row, before["held"])
    row.save(force_insert=True)


def _phrase(person: Person, before: dict[str, Any]) -> None:
    person.password = before["hash"]
    person.save(update_fields=["password"])


_BACK = {"email": _email, "codes": _codes, "step_added": _step_added, "step_gone": _step_gone, "phrase": _phrase}
