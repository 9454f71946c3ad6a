"""What a second step is made of, sealed: a passkey or the secret of an app, its name, the day it was added."""

import json
from datetime import date
from typing import Any

from kith.people import limits
from kith.people.models import Factor
from kith.people.rows import FactorRow
from kith.people.sealing import own, seal, unseal


def open_factor(row: Factor) -> dict[str, Any]:
    """Open one, to check what she shows or to list it for her."""
    held: dict[str, Any] = json.loads(unseal(row.sealed, place=_place(row), why=own(row.person_id)))
    return held


def close_factor(row: Factor, held: dict[str, Any]) -> None:
    """Seal one into its row, as long as any other."""
    row.sealed = seal(json.dumps(held).encode().ljust(limits.FACTOR_BYTES), place=_place(row))


def list_factors(person: int) -> list[FactorRow]:
    """List what a person has, in the order in which it was added."""
    rows = [(row, open_factor(row)) for row in Factor.objects.filter(person=person)]
    found = [FactorRow(row.pk, row.kind, held["name"], date.fromisoformat(held["day"])) for row, held in rows]
    return sorted(found, key=lambda row: (row.day, row.key))


def kinds_of(person: int) -> set[str]:
    """Return the kinds of second step that a person is asked for when she signs in."""
    return set(Factor.objects.filter(person=person).values_list("kind", flat=True))


def _place(row: Factor) -> str:
    return f"factor:{row.person_id}:{row.pk}"
