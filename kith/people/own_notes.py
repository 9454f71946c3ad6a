"""Notes to oneself, sealed: their words and their time stand in no row but inside the seal, and a sealed one tells hardly how long it is."""

import json
from datetime import datetime

from kith.core.text import excerpt
from kith.people import limits
from kith.people.models import OwnNote
from kith.people.rows import OwnNoteHead, OwnNoteRow
from kith.people.sealing import own, seal, unseal


def open_note(row: OwnNote) -> OwnNoteRow:
    """Open one, for her who wrote it."""
    words, made_at, version = json.loads(unseal(row.sealed, place=_place(row), why=own(row.person_id)))
    return OwnNoteRow(row.pk, words, datetime.fromisoformat(made_at), version)


def open_head(row: OwnNote) -> OwnNoteHead:
    """Open how one begins; one of before there were heads whole, so `row.sealed` is read then."""
    if row.head_sealed is None:
        return head_of(open_note(row))
    gist, made_at = json.loads(unseal(row.head_sealed, place=_place_of_head(row), why=own(row.person_id)))
    return OwnNoteHead(row.pk, gist, datetime.fromisoformat(made_at))


def head_of(note: OwnNoteRow, *, near: str = "") -> OwnNoteHead:
    """Cut a note for a list; what stands in it `near` is to be seen."""
    return OwnNoteHead(note.key, excerpt(note.words, near=near), note.made_at)


def close_note(row: OwnNote, note: OwnNoteRow) -> None:
    """Seal one and its head into its row, padded: a length in bytes would tell which post was made from it."""
    size, plain = limits.OWN_NOTE_LEAST, _plain(note.words, note.made_at.isoformat(), note.version)
    while size < len(plain):
        size *= 2
    row.sealed = seal(plain.ljust(size), place=_place(row))
    head = _plain(head_of(note).gist, note.made_at.isoformat())
    row.head_sealed = seal(head.ljust(limits.OWN_HEAD), place=_place_of_head(row))


def _plain(*values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


def _place(row: OwnNote) -> str:
    return f"own_note:{row.person_id}:{row.pk}"


def _place_of_head(row: OwnNote) -> str:
    return f"own_note_head:{row.person_id}:{row.pk}"
