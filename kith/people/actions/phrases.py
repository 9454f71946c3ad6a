"""Pass-phrases and printed codes: checking them, and new ones."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.core import clock, ids
from kith.core.errors import Refused
from kith.core.queries import get_site
from kith.people import limits, rules
from kith.people.actions.sessions import end_other_sessions
from kith.people.models import Person, RecoveryCode, Session
from kith.people.sealing import code_hashes, email_tags


def check_sign_in(*, name: str, phrase: str) -> int:
    """
    Return whose name and pass-phrase these are; as slow for an unknown name as for a known one.

    :raises Refused: in the same words whichever is wrong
    """
    found, right = _find(name), None
    for row in found:
        right = row if check_password(phrase, row.password) and right is None else right
    for _nobody in range(limits.SAME_EMAIL - len(found) if "@" in name else 1 - len(found)):
        make_password(phrase)
    if right is None:
        raise Refused(_wrong())
    return right.pk


def _wrong() -> str:
    return _("That name and pass-phrase do not go together.")


def _find(name: str) -> list[Person]:
    """Find who may be meant: one by a name; by an address several, those first who have confirmed that it is theirs."""
    words = rules.plain_name(name)
    if "@" in words:
        found = Person.objects.filter(email_tag__in=email_tags(words)).order_by(F("email_confirmed").asc(nulls_last=True), "pk")
        return list(found[: limits.SAME_EMAIL])
    return list(Person.objects.filter(sign_in_name=words[:100]))


def change_phrase(person: int, *, phrase: str, new: str, keep: str) -> None:
    """
    Set a new pass-phrase; every other device is signed out.

    :raises Refused: if the old one is wrong
    :raises Invalid: if the new one will not do
    """
    with transaction.atomic():
        row = check_own_phrase(person, phrase)
        rules.check_phrase(new, names=names_near(row.sign_in_name))
        Person.objects.filter(pk=person).update(password=make_password(new))
        end_other_sessions(person, keep=keep)


def check_own_phrase(person: int, phrase: str) -> Person:
    """
    Return the person's row, locked; inside the caller's transaction.

    :raises Refused: if this is not her pass-phrase
    """
    row = Person.objects.select_for_update().get(pk=person)
    if not check_password(phrase, row.password):
        raise Refused(_("That is not your pass-phrase. Nothing was changed."))
    return row


def confirm_phrase(person: int, phrase: str) -> None:
    """
    Make sure that it is she who asks; nothing is locked for it.

    :raises Refused: if this is not her pass-phrase
    """
    if not check_password(phrase, Person.objects.get(pk=person).password):
        raise Refused(_("That is not your pass-phrase."))


def names_near(name: str) -> tuple[str, ...]:
    """Return the names that a guesser of her pass-phrase would try: her own and the site's."""
    return (name, get_site().name)


def use_code(*, name: str, code: str, phrase: str, at: datetime) -> int:
    """
    Set a new pass-phrase with a printed code, once; every device is signed out.

    :raises Refused: in the same words whether the name or the code is wrong
    :raises Invalid: if the new pass-phrase will not do
    """
    rules.check_phrase(phrase, names=names_near(rules.plain_name(name)))
    encoded = make_password(phrase)
    with transaction.atomic():
        person = next((row.pk for row in _find(name) if _cross_off(row.pk, code, at)), None)
        if person is None:
            raise Refused(_("That name and code do not go together. A code works only once."))
        Person.objects.filter(pk=person).update(password=encoded)
        Session.objects.filter(person=person).delete()
    return person


def _cross_off(person: int, code: str, at: datetime) -> bool:
    fresh = RecoveryCode.objects.filter(person=person, code_hash__in=code_hashes(person, code), used_on=None)
    return fresh.update(used_on=clock.month_of(at)) == 1


def drop_used_codes(*, at: datetime) -> None:
    """Forget codes that were used in a month that is over."""
    RecoveryCode.objects.filter(used_on__lt=clock.month_of(at)).delete()


def renew_codes(person: int, *, phrase: str) -> tuple[str, ...]:
    """
    Throw the old codes away and make ten new ones.

    :raises Refused: if the pass-phrase is wrong
    """
    with transaction.atomic():
        check_own_phrase(person, phrase)
        RecoveryCode.objects.filter(person=person).delete()
        return new_codes(person)


def new_codes(person: int) -> tuple[str, ...]:
    """Make ten codes for a person and return them; only their hashes are kept."""
    codes = tuple(" ".join(ids.random_code(4) for _ in range(3)) for _ in range(limits.CODES))
    RecoveryCode.objects.bulk_create([RecoveryCode(person_id=person, code_hash=code_hashes(person, c)[0]) for c in codes])
    return codes
