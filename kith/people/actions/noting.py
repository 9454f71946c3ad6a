"""Notes to oneself about what one is living through: written, changed, thrown away."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.errors import Invalid, NotFound, Stale
from kith.people import limits
from kith.people.models import OwnNote
from kith.people.own_notes import close_note, open_note
from kith.people.rows import OwnNoteRow


@transaction.atomic
def save_own_note(person: int, key: int, *, words: str, base: int, at: datetime) -> OwnNoteRow:
    """
    Keep a note under the key that its form carries: sent twice, it is one note. `base` is the version that its page began from.

    :raises Invalid: if there are no words, too many, or very many notes
    :raises Stale: if another page has saved newer words meanwhile
    :raises NotFound: if the key is somebody else's
    """
    words = _checked(words)
    row = OwnNote.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return _begin(person, key, words, at)
    if row.person_id != person:
        raise NotFound
    note = open_note(row)
    if words == note.words:
        return note
    if base != note.version:
        raise Stale(_("Another page of yours has saved newer words here."))
    return _close(row, OwnNoteRow(key, words, note.made_at, note.version + 1))


def _checked(words: str) -> str:
    words = text.clean(words)
    if text.is_blank(words):
        raise Invalid(words=_("There are no words yet. One word is enough."))
    text.check_length(words, limits.MAX_OWN_WORDS, field="words")
    return words


def _begin(person: int, key: int, words: str, at: datetime) -> OwnNoteRow:
    mine = OwnNote.objects.filter(person=person).aggregate(count=Count("pk"), last=Max("number"))
    if mine["count"] >= limits.MAX_OWN_NOTES:
        many = _("You have %(n)s notes here. Throw one away first; your words are below.") % {"n": limits.MAX_OWN_NOTES}
        raise Invalid(words=many)
    row = OwnNote(pk=key, person_id=person, number=(mine["last"] or 0) + 1)
    # No version is ever used twice, so that a page from before a note was thrown away cannot pass for a newer one.
    note = OwnNoteRow(key, words, at, secrets.randbelow(2**30) + 1)
    close_note(row, note)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # sent twice at the same moment
        raise Stale(_("Another page of yours has saved newer words here.")) from None
    return note


def _close(row: OwnNote, note: OwnNoteRow) -> OwnNoteRow:
    close_note(row, note)
    row.save(update_fields=["sealed", "head_sealed"])
    return note


def drop_own_note(person: int, key: int) -> None:
    """Throw a note away; no matter if it has gone already."""
    OwnNote.objects.filter(pk=key, person=person).delete()
