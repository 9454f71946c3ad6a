"""Pass-phrases and printed codes: checking them, and new ones."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.core import clock, ids
from kith.core.errors import Refused
from kith.core.queries import get_site
from kith.people import limits, rules
from kith.people.actions.guessing import check_guesses, forget_failures, note_failure
from kith.people.actions.sessions import end_other_sessions
from kith.people.happenings import note_happening
from kith.people.models import Person, RecoveryCode, Session
from kith.people.sealing import code_hashes, email_tags
from kith.people.undoing import keep, kept_codes, put_all_back


def check_sign_in(*, name: str, phrase: str, known: Callable[[int], bool] = lambda _person: False, at: datetime) -> int:
    """
    Return whose name and pass-phrase these are; as slow for an unknown name as for a known one. Whoever comes from a device that is
    `known` as hers is always heard.

    :raises Refused: in the same words whichever is wrong
    :raises Guessed: if too many have failed at this name, whether anybody has it or not
    """
    words = rules.plain_name(name)[:100]
    found, right = _find(name), None
    if not any(known(row.pk) for row in found):
        check_guesses("sign_in", words, at=at)
    for row in found:
        right = row if check_password(phrase, row.password, setter=_again(row, phrase)) and right is None else right
    for _nobody in range(limits.SAME_EMAIL - len(found) if "@" in name else 1 - len(found)):
        make_password(phrase)
    if right is None:
        note_failure("sign_in", words, at=at)
        raise Refused(_wrong())
    forget_failures("sign_in", words)
    return right.pk


def _again(row: Person, phrase: str) -> Callable[[str], object]:
    """Hash a right pass-phrase anew where its hash was made with weaker numbers than today's."""
    return lambda _raw: Person.objects.filter(pk=row.pk, password=row.password).update(password=make_password(phrase))


def _wrong() -> str:
    return _("That name and pass-phrase do not go together.")


def _find(name: str) -> list[Person]:
    """Find who may be meant: one by a name; by an address several, those first who have confirmed that it is theirs."""
    words = rules.plain_name(name)
    if "@" in words:
        found = Person.objects.filter(email_tag__in=email_tags(words)).order_by(F("email_confirmed").asc(nulls_last=True), "pk")
        return list(found[: limits.SAME_EMAIL])
    return list(Person.objects.filter(sign_in_name=words[:100]))


def change_phrase(person: int, *, phrase: str, new: str, stay: str, at: datetime) -> None:
    """
    Set a new pass-phrase; every other device is signed out.

    :raises Refused: if the old one is wrong
    :raises Invalid: if the new one will not do
    """
    with transaction.atomic():
        row = check_own_phrase(person, phrase)
        rules.check_phrase(new, names=names_near(row.sign_in_name))
        keep(person, "phrase", {"hash": row.password}, at=at)
        Person.objects.filter(pk=person).update(password=make_password(new))
        end_other_sessions(person, keep=stay)
        note_happening(person, "phrase", at=at)


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


def use_code(*, name: str, code: str, phrase: str, undo: bool = False, at: datetime) -> int:
    """
    Set a new pass-phrase with a printed code, once; every device is signed out. With `undo` all that was changed in three days is put back.

    Codes that were replaced within three days still work here: somebody else may have made the new ones.

    :raises Refused: in the same words whether the name or the code is wrong
    :raises Guessed: if too many have failed at this name, whether anybody has it or not
    :raises Invalid: if the new pass-phrase will not do
    """
    words = rules.plain_name(name)[:100]
    rules.check_phrase(phrase, names=names_near(words))
    check_guesses("way_in", words, at=at)
    encoded = make_password(phrase)
    with transaction.atomic():
        person = next((row.pk for row in _find(name) if cross_off(row.pk, code, at) or _was_one(row.pk, code, at)), None)
        if person is not None:
            row = Person.objects.select_for_update().get(pk=person)
            if undo:
                put_all_back(row, at=at)
                cross_off(person, code, at)
            keep(person, "phrase", {"hash": row.password}, at=at)
            Person.objects.filter(pk=person).update(password=encoded)
            Session.objects.filter(person=person).delete()
            note_happening(person, "put_back" if undo else "phrase", at=at)
    if person is None:
        note_failure("way_in", words, at=at)
        raise Refused(_("That name and code do not go together. A code works only once."))
    for kind in ("way_in", "sign_in"):
        forget_failures(kind, words)
    return person


def _was_one(person: int, code: str, at: datetime) -> bool:
    """Say whether this was one of her codes until somebody made new ones, within three days."""
    return not kept_codes(person, at=at).isdisjoint(code_hashes(person, code))


def cross_off(person: int, code: str, at: datetime) -> bool:
    """Use a printed code up; say whether it was hers and fresh."""
    fresh = RecoveryCode.objects.filter(person=person, code_hash__in=code_hashes(person, code), used_on=None)
    return fresh.update(used_on=clock.month_of(at)) == 1


def drop_used_codes(*, at: datetime) -> None:
    """Forget codes that were used in a month that is over."""
    RecoveryCode.objects.filter(used_on__lt=clock.month_of(at)).delete()


def renew_codes(person: int, *, phrase: str, at: datetime) -> tuple[str, ...]:
    """
    Throw the old codes away and make ten new ones.

    :raises Refused: if the pass-phrase is wrong
    """
    with transaction.atomic():
        check_own_phrase(person, phrase)
        old = RecoveryCode.objects.filter(person=person)
        keep(person, "codes", {"codes": list(old.filter(used_on=None).values_list("code_hash", flat=True))}, at=at)
        old.delete()
        note_happening(person, "codes", at=at)
        return new_codes(person)


def new_codes(person: int) -> tuple[str, ...]:
    """Make ten codes for a person and return them; only their hashes are kept."""
    codes = tuple(" ".join(ids.random_code(4) for _ in range(3)) for _ in range(limits.CODES))
    RecoveryCode.objects.bulk_create([RecoveryCode(person_id=person, code_hash=code_hashes(person, c)[0]) for c in codes])
    return codes
