"""Reads about the person who asks; never about anybody else."""

import json
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Case, F, QuerySet, When

from kith.core.errors import NotFound
from kith.core.rows import HelpRow, SiteRow
from kith.core.sql import one
from kith.core.text import fold
from kith.people.factors import kinds_of as kinds_of
from kith.people.factors import list_factors as list_factors
from kith.people.filters import Filters, open_filters, read_filters
from kith.people.happenings import list_happenings as list_happenings
from kith.people.lists import OwnList, read_list
from kith.people.looks import list_looks as list_looks
from kith.people.models import OwnNote, Person, RecoveryCode, Session
from kith.people.own_notes import head_of, open_head, open_note
from kith.people.rows import (
    AccountRow,
    DeviceRow,
    ExportAccount,
    ExportCode,
    ExportDevice,
    ExportFilters,
    ExportHappening,
    ExportStep,
    OwnNoteHead,
    OwnNoteRow,
    SignedIn,
    UndoRow,
)
from kith.people.sealing import Why, email_word, for_letter, own, unseal, unseal_day
from kith.people.undoing import list_undoable

# One query a request: the site's own row, and beside it the session and the person's few choices.
_FIND = """
SELECT w.name, w.country, w.run_by, w.contact, w.help_drawn, w.exit_url, w.set_up_at, w.discreet,
       s.person_id, p.steward_since, s.own_device, s.notices, p.discreet, p.theme, p.text_size, p.contrast, p.language, s.strong, p.idle, p.filters_sealed, p.email_sealed
  FROM core_site w
  LEFT JOIN people_session s ON s.token_hash = %s
  LEFT JOIN people_person p ON p.id = s.person_id
 WHERE w.id = 1
"""


def find_signed_in(token_hash: str) -> tuple[SiteRow, SignedIn | None]:
    """Return the site, and who is signed in with this token (None for guests and ended sessions)."""
    row = one(_FIND, token_hash)
    if row is None:
        raise LookupError("the site's own row is missing")
    site = SiteRow(row[0], row[1], row[2], row[3], _lines(row[4]), row[5], row[6] is not None, bool(row[7]))
    if row[8] is None:
        return site, None
    return site, SignedIn(
        row[8], token_hash, row[9] is not None, bool(row[10]), bool(row[11]), bool(row[12]), row[13], row[14], row[15], row[16],
        bool(row[17]), row[18], row[19], row[20],
    )  # fmt: skip


@lru_cache(8)
def _lines(drawn: str) -> tuple[HelpRow, ...]:
    return tuple(HelpRow(*line) for line in json.loads(drawn))


def list_devices(person: int, this: str) -> list[DeviceRow]:
    """List where a person is signed in: kind of device and day, nothing finer."""
    rows = Session.objects.filter(person=person).order_by("token_hash")
    devices = [DeviceRow(s.token_hash[:16], s.device, s.own_device, _day_of(s), s.token_hash == this) for s in rows]
    return sorted(devices, key=lambda device: device.day, reverse=True)


def _day_of(row: Session) -> date:
    return unseal_day(row.day_sealed, place=f"session.day:{row.pk}")


def get_account(person: int) -> AccountRow:
    """Return what is kept about this person."""
    row = Person.objects.get(pk=person)
    email = _address(row, own(person))
    left = RecoveryCode.objects.filter(person=person, used_on=None).count()
    return AccountRow(
        row.sign_in_name,
        email,
        row.email_confirmed is not None,
        row.joined_month,
        left,
        len(read_list(person).personas),
        row.exit_drops_drafts,
        row.idle,
    )


def export_account(person: int) -> ExportAccount:
    """Return all that is kept about this account, for her own copy; notes to herself and looks come by themselves."""
    row, filters = Person.objects.get(pk=person), read_filters(person)
    codes = RecoveryCode.objects.filter(person=person).order_by("used_on", "pk").values_list("used_on", flat=True)
    sessions = Session.objects.filter(person=person).order_by("token_hash")
    return ExportAccount(
        row.sign_in_name, _address(row, own(person)), row.email_confirmed, row.joined_month, row.adult_since, row.health_consent,
        row.steward_since, row.theme, row.text_size, row.contrast, row.language, row.exit_drops_drafts, row.discreet, row.idle,
        filters=ExportFilters(filters.kinds, filters.words, filters.own_name), codes=tuple(map(ExportCode, codes)),
        devices=tuple(ExportDevice(s.device, s.own_device, _day_of(s), s.notices, s.strong) for s in sessions),
        steps=tuple(ExportStep(step.kind, step.name, step.day) for step in list_factors(person)),
        happenings=tuple(ExportHappening(row.what, row.day, row.new) for row in list_happenings(person)),
        looks_whole=list_looks(person)[1],
    )  # fmt: skip


def email_of(person: int) -> str:
    """Open a person's email address for a letter that is just being sent; empty where she has confirmed none."""
    row = Person.objects.filter(pk=person).exclude(email_confirmed=None).first()
    return _address(row, for_letter(person)) if row else ""


def email_looked_at(why: Why) -> str:
    """Open an address for somebody whose look stands in its owner's list (people.looks)."""
    return _address(Person.objects.get(pk=why.person), why)


def email_to_confirm(person: int) -> tuple[str, str]:
    """Open an address that waits to be confirmed, for the letter that asks or for her, and what its link carries; empty where none waits."""
    row = Person.objects.filter(pk=person).exclude(email_asked="").first()
    return (_address(row, for_letter(person)), email_word(person, row.email_asked)) if row else ("", "")


def language_of(person: int) -> str:
    """Return the language that a person reads in; empty where she chose none."""
    return Person.objects.filter(pk=person).values_list("language", flat=True).first() or ""


def _address(row: Person, why: Why) -> str:
    return _open_address(row.pk, row.email_sealed, why)


def _open_address(person: int, sealed: bytes | memoryview | None, why: Why) -> str:
    return unseal(sealed, place=f"person.email:{person}", why=why).decode() if sealed else ""


def own_handle(me: SignedIn) -> str:
    """Return what stands before the @ of the address of the person behind this request; empty where she gave none."""
    return _open_address(me.person, me.email_sealed, own(me.person)).partition("@")[0]


def own_filters(me: SignedIn) -> Filters:
    """Open what the person behind this request wants folded; it came along with her session."""
    return open_filters(me.person, me.filters_sealed)


def get_filters(person: int) -> Filters:
    """Return a person's filters as they are now, for the page where she changes them."""
    return read_filters(person)


def list_own_notes(person: int) -> list[OwnNoteRow]:
    """List a person's notes to herself with all their words, newest first."""
    return [open_note(row) for row in _own_notes(person).only("person", "sealed")]


def list_own_heads(person: int, *, page: int, size: int) -> tuple[list[OwnNoteHead], int]:
    """
    List how a person's notes to herself begin, newest first, and how many pages there are; only those of this page are opened.

    :raises NotFound: past the last page
    """
    mine = _own_notes(person)
    pages = max(1, -(-mine.count() // size))
    if page > pages:
        raise NotFound
    body = Case(When(head_sealed=None, then=F("sealed")))
    rows = mine.annotate(body=body).values_list("pk", "head_sealed", "body")[(page - 1) * size : page * size]
    return [open_head(OwnNote(pk=key, person_id=person, head_sealed=head, sealed=body)) for key, head, body in rows], pages


def find_own_heads(person: int, words: str) -> list[OwnNoteHead]:
    """List those of a person's notes in which these words stand, each cut so that they are seen."""
    return [head_of(note, near=words) for note in list_own_notes(person) if fold(words) in fold(note.words)]


def _own_notes(person: int) -> QuerySet[OwnNote]:
    return OwnNote.objects.filter(person=person).order_by("-number", "-pk")


def get_own_note(person: int, key: int) -> OwnNoteRow:
    """
    Return a note to oneself.

    :raises NotFound: for everybody else
    """
    row = OwnNote.objects.filter(pk=key, person=person).first()
    if row is None:
        raise NotFound
    return open_note(row)


def own_list(person: int) -> OwnList:
    """Return the personas and the mailbox of a person."""
    return read_list(person)


def has_stewards() -> bool:
    """Say whether anybody runs this installation yet."""
    return Person.objects.exclude(steward_since=None).exists()


def has_people() -> bool:
    """Say whether anybody has an account here."""
    return Person.objects.exists()


def list_keys() -> list[int]:
    """List the keys of all people, for the operator's own repairs."""
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def list_changes(person: int, *, at: datetime) -> list[UndoRow]:
    """List what a person can still put back, the latest change first."""
    return list_undoable(person, at=at)
