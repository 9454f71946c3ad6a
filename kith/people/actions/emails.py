"""The email address of an account: given, asked about, confirmed."""

import hmac
from datetime import datetime

from django.db import transaction

from kith.core import clock, ids
from kith.core.errors import NotFound
from kith.core.events import announce
from kith.people import rules
from kith.people.actions.phrases import check_own_phrase
from kith.people.happenings import note_happening
from kith.people.models import Person
from kith.people.sealing import email_tags, email_word, seal, unseal, unseen
from kith.people.undoing import keep


def set_email(person: int, *, email: str, phrase: str, at: datetime) -> None:
    """
    Give, change or remove the email address; a new one, or one not confirmed yet, is written to once more.

    :raises Refused: if the pass-phrase is wrong
    :raises Invalid: if it cannot be an address
    """
    email = rules.check_email(email) if email else ""
    with transaction.atomic():
        row = check_own_phrase(person, phrase)
        if email and row.email_confirmed and row.email_tag and bytes(row.email_tag) in email_tags(email):
            return
        before = unseal(row.email_sealed, place=f"person.email:{person}", why=unseen(person)).decode() if row.email_sealed else ""
        confirmed = row.email_confirmed.isoformat() if row.email_confirmed else None
        keep(person, "email", {"email": before, "asked": row.email_asked, "confirmed": confirmed}, at=at)
        note_happening(person, "email", at=at)
        put_email(row, email)
        row.save(update_fields=["email_sealed", "email_tag", "email_asked", "email_confirmed"])
        ask_email(row, at)


@transaction.atomic
def confirm_email(person: int, word: str, *, at: datetime) -> None:
    """
    Note that she can read what is sent to her address; the link in the letter does this once.

    :raises NotFound: if it is not the link of the last letter to her, or it was used
    """
    row = Person.objects.select_for_update().get(pk=person)
    if not row.email_asked or not hmac.compare_digest(email_word(person, row.email_asked).encode(), word.encode()):
        raise NotFound
    row.email_asked, row.email_confirmed = "", clock.month_of(at)
    row.save(update_fields=["email_asked", "email_confirmed"])


def retag_emails() -> int:
    """Tag every address with the newest key, unseen by anybody; return how many."""
    count = 0
    for person in Person.objects.exclude(email_sealed=None).only("id", "email_sealed").iterator():
        email = unseal(person.email_sealed, place=f"person.email:{person.pk}", why=unseen(person.pk)).decode()
        count += Person.objects.filter(pk=person.pk, email_sealed=person.email_sealed).update(email_tag=email_tags(email)[0])
    return count


def put_email(person: Person, email: str) -> None:
    """Set a new address on a row that the caller saves; empty for none."""
    person.email_sealed = seal(email.encode(), place=f"person.email:{person.pk}") if email else None
    person.email_tag = email_tags(email)[0] if email else None
    person.email_asked, person.email_confirmed = ids.random_code(24) if email else "", None


def ask_email(person: Person, at: datetime) -> None:
    """Have a letter ask whether the address is hers, if that is open."""
    if person.email_asked:
        announce("people.gave_email", person=person.pk, at=at)
