"""Signing up, in and out; a new pass-phrase; closing an account."""

import hmac
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.core import clock, ids
from kith.core.errors import Invalid, NotFound, Refused
from kith.core.events import announce
from kith.core.queries import get_site
from kith.people import limits, rules
from kith.people.models import Person, RecoveryCode, Session
from kith.people.rows import NewAccount
from kith.people.sealing import code_hash, email_tag, email_word, seal, seal_day, token_hash, unseal_day

_AT_ONCE = 500  # rows forgotten in one statement


def sign_up(*, name: str, phrase: str, email: str, adult: bool, health_consent: bool, at: datetime) -> NewAccount:
    """
    Make an account and its ten codes.

    Four digits are put behind the name, so that no page ever says whether a name is taken.

    :raises Invalid: naming every field that needs another look
    """
    name, email = _checked(name, phrase, email, adult, health_consent)
    encoded = make_password(phrase)
    for _attempt in range(50):
        full = f"{name} {secrets.randbelow(9000) + 1000}"
        try:
            with transaction.atomic():
                return _create(full, encoded, email, at)
        except IntegrityError:
            continue
    raise Invalid(name=_("This name is very common here. Please add another word to it."))


def _checked(name: str, phrase: str, email: str, adult: bool, health_consent: bool) -> tuple[str, str]:
    problems: dict[str, str] = {}
    try:
        name = rules.check_sign_in_name(name)
    except Invalid as problem:
        problems |= problem.problems
    try:
        rules.check_phrase(phrase, names=_names(name))
    except Invalid as problem:
        problems |= problem.problems
    if email:
        try:
            email = rules.check_email(email)
        except Invalid as problem:
            problems |= problem.problems
    if not adult:
        problems["adult"] = _("Kith is for people of 18 and over. If you are younger, the help lines below are for you too.")
    if not health_consent:
        problems["health_consent"] = _("We may only keep what you write about your health if you say yes to it.")
    if problems:
        raise Invalid(**problems)
    return name, email


def _names(name: str) -> tuple[str, ...]:
    return (name, get_site().name)


def _wrong() -> str:
    return _("That name and pass-phrase do not go together.")


def _create(name: str, encoded: str, email: str, at: datetime) -> NewAccount:
    month = clock.month_of(at)
    person = Person(
        sign_in_name=name, password=encoded, joined_month=month, adult_since=month, health_consent=limits.CONSENT_VERSION
    )
    _set_email(person, email)
    person.save(force_insert=True)
    codes = _new_codes(person.pk)
    announce("people.joined", person=person.pk)
    _ask_email(person, at)
    return NewAccount(person.pk, name, codes)


def _set_email(person: Person, email: str) -> None:
    person.email_sealed = seal(email.encode(), place=f"person.email:{person.pk}") if email else None
    person.email_tag = email_tag(email) if email else None
    person.email_asked, person.email_confirmed = ids.random_code(24) if email else "", None


def _ask_email(person: Person, at: datetime) -> None:
    if person.email_asked:
        announce("people.gave_email", person=person.pk, at=at)


def _new_codes(person: int) -> tuple[str, ...]:
    codes = tuple(" ".join(ids.random_code(4) for _ in range(3)) for _ in range(limits.CODES))
    RecoveryCode.objects.bulk_create([RecoveryCode(person_id=person, code_hash=code_hash(person, c)) for c in codes])
    return codes


def renew_codes(person: int, *, phrase: str) -> tuple[str, ...]:
    """
    Throw the old codes away and make ten new ones.

    :raises Refused: if the pass-phrase is wrong
    """
    with transaction.atomic():
        _check_own_phrase(person, phrase)
        RecoveryCode.objects.filter(person=person).delete()
        return _new_codes(person)


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


def _find(name: str) -> list[Person]:
    """Find who may be meant: one by a name; by an address several, those first who have confirmed that it is theirs."""
    words = rules.plain_name(name)
    if "@" in words:
        found = Person.objects.filter(email_tag=email_tag(words)).order_by(F("email_confirmed").asc(nulls_last=True), "pk")
        return list(found[: limits.SAME_EMAIL])
    return list(Person.objects.filter(sign_in_name=words[:100]))


@transaction.atomic
def open_session(person: int, *, device: str, own_device: bool, at: datetime) -> str:
    """Sign a device in; return the token for its cookie, which is stored only as a hash."""
    token, key = secrets.token_urlsafe(32), ids.random_key()
    Session.objects.create(
        id=key, token_hash=token_hash(token), person_id=person, device=device, own_device=own_device,
        day_sealed=seal_day(at.date(), place=f"session.day:{key}"),
    )  # fmt: skip
    announce("people.signed_in", person=person)
    return token


def end_session(hashed: str) -> None:
    """Sign one device out; no matter if it was already."""
    Session.objects.filter(token_hash=hashed).delete()


def drop_old_sessions(*, at: datetime) -> None:
    """Forget devices whose cookie has run out. A row knows a sealed day and no hour, so each stands until the day after."""
    kept = {
        own: at.date() - timedelta(days=1, seconds=most) for own, most in ((False, limits.SHARED_MOST), (True, limits.OWN_MOST))
    }
    rows = Session.objects.values_list("pk", "own_device", "day_sealed")
    old = [key for key, own, day in rows.iterator() if unseal_day(day, place=f"session.day:{key}") < kept[own]]
    for begin in range(0, len(old), _AT_ONCE):
        Session.objects.filter(pk__in=old[begin : begin + _AT_ONCE]).delete()


def end_other_sessions(person: int, *, keep: str, start: str = "") -> None:
    """Sign out every other device of this person, or the one whose key begins with `start`."""
    others = Session.objects.filter(person=person).exclude(token_hash=keep)
    if start:
        others = others.filter(token_hash__startswith=start)
    others.delete()


def use_code(*, name: str, code: str, phrase: str, at: datetime) -> int:
    """
    Set a new pass-phrase with a printed code, once; every device is signed out.

    :raises Refused: in the same words whether the name or the code is wrong
    :raises Invalid: if the new pass-phrase will not do
    """
    rules.check_phrase(phrase, names=_names(rules.plain_name(name)))
    encoded = make_password(phrase)
    with transaction.atomic():
        person = next((row.pk for row in _find(name) if _cross_off(row.pk, code, at)), None)
        if person is None:
            raise Refused(_("That name and code do not go together. A code works only once."))
        Person.objects.filter(pk=person).update(password=encoded)
        Session.objects.filter(person=person).delete()
    return person


def _cross_off(person: int, code: str, at: datetime) -> bool:
    fresh = RecoveryCode.objects.filter(person=person, code_hash=code_hash(person, code), used_on=None)
    return fresh.update(used_on=clock.month_of(at)) == 1


def change_phrase(person: int, *, phrase: str, new: str, keep: str) -> None:
    """
    Set a new pass-phrase; every other device is signed out.

    :raises Refused: if the old one is wrong
    :raises Invalid: if the new one will not do
    """
    with transaction.atomic():
        row = _check_own_phrase(person, phrase)
        rules.check_phrase(new, names=_names(row.sign_in_name))
        Person.objects.filter(pk=person).update(password=make_password(new))
        end_other_sessions(person, keep=keep)


def set_email(person: int, *, email: str, phrase: str, at: datetime) -> None:
    """
    Give, change or remove the email address; a new one, or one not confirmed yet, is written to once more.

    :raises Refused: if the pass-phrase is wrong
    :raises Invalid: if it cannot be an address
    """
    email = rules.check_email(email) if email else ""
    with transaction.atomic():
        row = _check_own_phrase(person, phrase)
        if email and row.email_confirmed and row.email_tag and bytes(row.email_tag) == email_tag(email):
            return
        _set_email(row, email)
        row.save(update_fields=["email_sealed", "email_tag", "email_asked", "email_confirmed"])
        _ask_email(row, at)


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


def set_display(person: int, *, theme: str, text_size: str, contrast: str, language: str) -> None:
    """Keep how a person wants pages to look; unknown values mean the system's own."""
    Person.objects.filter(pk=person).update(
        theme=theme if theme in ("light", "dark") else "",
        text_size=text_size if text_size in ("large", "larger") else "",
        contrast="more" if contrast == "more" else "",
        language=language[:12],
    )


def make_steward(person: int, *, at: datetime) -> None:
    """Give a person the running of this installation."""
    Person.objects.filter(pk=person).update(steward_since=clock.month_of(at))


def begin_closing(person: int, *, phrase: str, at: datetime) -> None:
    """
    Begin to close an account: it can no longer sign in; its groups are left one by one by jobs.

    :raises Refused: if the pass-phrase is wrong
    """
    with transaction.atomic():
        _check_own_phrase(person, phrase)
        unusable = make_password(None)
        Person.objects.filter(pk=person).update(closing_since=clock.month_of(at), password=unusable)
        Session.objects.filter(person=person).delete()


def erase_person(person: int) -> None:
    """Erase an account whose groups have all been left."""
    Person.objects.filter(pk=person).delete()


def _check_own_phrase(person: int, phrase: str) -> Person:
    row = Person.objects.select_for_update().get(pk=person)
    if not check_password(phrase, row.password):
        raise Refused(_("That is not your pass-phrase. Nothing was changed."))
    return row


def seed_person(*, name: str, phrase: str = "", steward: bool = False, at: datetime) -> int:
    """Make an invented person for the demo or a benchmark; without a pass-phrase nobody can sign in as her."""
    month = clock.month_of(at)
    person = Person(
        sign_in_name=name, password=make_password(phrase or None), joined_month=month, adult_since=month,
        health_consent=limits.CONSENT_VERSION, steward_since=month if steward else None,
    )  # fmt: skip
    person.save(force_insert=True)
    announce("people.joined", person=person.pk)
    return person.pk


def find_person(name: str) -> int | None:
    """Return the key of the person with this whole sign-in name."""
    return Person.objects.filter(sign_in_name=name).values_list("pk", flat=True).first()
