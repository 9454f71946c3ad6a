"""A person's own list: which personas are hers, which were and left words behind, and which mailbox; sealed and padded in her row."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kith.core.sql import one
from kith.people import limits
from kith.people.models import Person
from kith.people.sealing import seal, unseal

# By hand: every page that names my groups asks for it.
_LIST = "SELECT list_sealed FROM people_person WHERE id = %s"


@dataclass(frozen=True, slots=True)
class OwnList:
    """What is hers: pairs of group and persona, personas that have left under their names, and her own mailbox."""

    personas: tuple[tuple[int, int], ...] = ()
    left: tuple[int, ...] = ()
    mailbox: int = 0


def read_list(person: int) -> OwnList:
    """Open the list of a person; empty where there is none."""
    row = one(_LIST, person)
    return _open(person, row[0]) if row and row[0] else OwnList()


def add_persona(person: int, *, group: int, persona: int) -> None:
    """Put a persona into the list, under a lock on the person's row; call it inside a transaction."""
    own, row = _locked(person)
    kept = tuple(pair for pair in own.personas if pair[0] != group)
    _save(row, replace(own, personas=tuple(sorted((*kept, (group, persona))))))


def drop_persona(person: int, *, group: int) -> None:
    """Take a group's persona off the list, under a lock on the person's row."""
    own, row = _locked(person)
    _save(row, replace(own, personas=tuple(pair for pair in own.personas if pair[0] != group)))


def leave_persona(person: int, *, group: int, persona: int) -> None:
    """Move a group's persona to those that have left, under a lock on the person's row."""
    own, row = _locked(person)
    kept = tuple(pair for pair in own.personas if pair[0] != group)
    _save(row, replace(own, personas=kept, left=tuple(sorted({*own.left, persona}))))


def forget_persona(person: int, *, persona: int) -> None:
    """Take a persona that has left off the list, under a lock on the person's row."""
    own, row = _locked(person)
    _save(row, replace(own, left=tuple(key for key in own.left if key != persona)))


def set_mailbox(person: int, mailbox: int) -> None:
    """Note which mailbox is the person's own."""
    own, row = _locked(person)
    _save(row, replace(own, mailbox=mailbox))


def _locked(person: int) -> tuple[OwnList, Person]:
    row = Person.objects.select_for_update().only("id", "list_sealed").get(pk=person)
    return (_open(person, row.list_sealed) if row.list_sealed else OwnList()), row


def _open(person: int, sealed: bytes | memoryview) -> OwnList:
    data = json.loads(unseal(sealed, place=f"person.list:{person}"))
    return OwnList(tuple((group, persona) for group, persona in data["personas"]), tuple(data["left"]), data["mailbox"])


def _save(row: Person, own: OwnList) -> None:
    plain = json.dumps({"personas": own.personas, "left": own.left, "mailbox": own.mailbox}).encode()
    padded = plain.ljust(-(-len(plain) // limits.BLOB_STEP) * limits.BLOB_STEP)
    row.list_sealed = seal(padded, place=f"person.list:{row.pk}")
    row.save(update_fields=["list_sealed"])


def replace_personas(person: int, personas: Iterable[tuple[int, int]], left: Iterable[int]) -> bool:
    """Put another list in place; say whether it was different. For `kith doctor --relink`."""
    own, row = _locked(person)
    right = replace(own, personas=tuple(sorted(personas)), left=tuple(sorted(left)))
    if own == right:
        return False
    _save(row, right)
    return True
