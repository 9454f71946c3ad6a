"""Making an account, how pages look to its owner, and closing it."""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import Invalid
from kith.core.events import announce
from kith.people import limits, rules
from kith.people.actions.emails import ask_email, put_email
from kith.people.actions.phrases import check_own_phrase, names_near, new_codes
from kith.people.models import OwnNote, Person, Session
from kith.people.rows import NewAccount


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
        rules.check_phrase(phrase, names=names_near(name))
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


def _create(name: str, encoded: str, email: str, at: datetime) -> NewAccount:
    month = clock.month_of(at)
    person = Person(
        sign_in_name=name, password=encoded, joined_month=month, adult_since=month, health_consent=limits.CONSENT_VERSION
    )
    put_email(person, email)
    person.save(force_insert=True)
    codes = new_codes(person.pk)
    announce("people.joined", person=person.pk)
    ask_email(person, at)
    return NewAccount(person.pk, name, codes)


def set_display(person: int, *, theme: str, text_size: str, contrast: str, language: str, discreet: bool) -> None:
    """Keep how a person wants pages to look; unknown values mean the system's own."""
    Person.objects.filter(pk=person).update(
        theme=theme if theme in ("light", "dark") else "",
        text_size=text_size if text_size in ("large", "larger") else "",
        contrast="more" if contrast == "more" else "",
        language=language[:12],
        discreet=discreet,
    )


def set_exit(person: int, *, drops_drafts: bool) -> None:
    """Keep whether leaving by the exit button throws away what a person has begun to write."""
    Person.objects.filter(pk=person).update(exit_drops_drafts=drops_drafts)


def set_idle(person: int, *, minutes: int) -> None:
    """Keep after how many minutes of nothing a person wants to be signed out everywhere; 0, or what is not offered, for as usual."""
    Person.objects.filter(pk=person).update(idle=minutes if minutes in limits.IDLES else 0)


def make_steward(person: int, *, at: datetime) -> None:
    """Give a person the running of this installation."""
    Person.objects.filter(pk=person).update(steward_since=clock.month_of(at))


def begin_closing(person: int, *, phrase: str, at: datetime) -> None:
    """
    Begin to close an account: it can no longer sign in; its groups are left one by one by jobs.

    :raises Refused: if the pass-phrase is wrong
    """
    with transaction.atomic():
        check_own_phrase(person, phrase)
        unusable = make_password(None)
        Person.objects.filter(pk=person).update(closing_since=clock.month_of(at), password=unusable)
        Session.objects.filter(person=person).delete()
        OwnNote.objects.filter(person=person).delete()


def erase_person(person: int) -> None:
    """Erase an account whose groups have all been left."""
    Person.objects.filter(pk=person).delete()


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
