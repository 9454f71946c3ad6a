"""Notes to oneself, sealed: their words and their time stand in no row but inside the seal, and a sealed one tells hardly how long it is."""

import json
from datetime import datetime

from kith.people import limits
from kith.people.models import OwnNote
from kith.people.rows import OwnNoteRow
from kith.people.sealing import seal, unseal


def open_note(row: OwnNote) -> OwnNoteRow:
    """Open one."""
    words, made_at, version = json.loads(unseal(row.sealed, place=_place(row)))
    return OwnNoteRow(row.pk, words, datetime.fromisoformat(made_at), version)


def close_note(row: OwnNote, note: OwnNoteRow) -> None:
    """Seal one into its row, padded: a length in bytes would tell which post was made from it."""
    plain = json.dumps([note.words, note.made_at.isoformat(), note.version], ensure_ascii=False).encode()
    size = limits.OWN_NOTE_LEAST
    while size < len(plain):
        size *= 2
    row.sealed = seal(plain.ljust(size), place=_place(row))


def _place(row: OwnNote) -> str:
    return f"own_note:{row.person_id}:{row.pk}"
