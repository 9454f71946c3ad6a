"""
A second step of signing in: an app that shows a number every half minute (RFC 6238), a passkey (WebAuthn), or a code on paper.

Passkeys by python-fido2, numbers by pyotp; why not django-allauth: docs/decisions/0017.
"""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyotp
from django.db import transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)  # fmt: skip

from kith.core import ids, text
from kith.core.errors import Invalid, Refused
from kith.people import limits
from kith.people.actions.guessing import check_guesses, forget_failures, note_failure
from kith.people.actions.phrases import check_own_phrase, cross_off
from kith.people.factors import close_factor, open_factor
from kith.people.happenings import note_happening
from kith.people.models import Factor, Person, Session
from kith.people.sealing import passkey_tag
from kith.people.undoing import keep

STEP = 30  # seconds that a number is shown
_DRIFT = 1  # steps that a clock may be wrong


def new_secret() -> str:
    """Make what an app counts from: 160 bits."""
    return pyotp.random_base32(32)


@transaction.atomic
def add_app(person: int, *, secret: str, code: str, phrase: str, name: str, at: datetime) -> None:
    """
    Take an app as a second step, once it has shown a right number.

    :raises Refused: if the pass-phrase is wrong
    :raises Invalid: if the number is wrong, or there are very many
    """
    check_own_phrase(person, phrase)
    step = _step_of(secret, code, after=0, at=at)
    if step is None:
        raise Invalid(
            code=_("That is not the number that the app shows now. Numbers change every half minute; try the next one.")
        )
    _add(person, "app", {"secret": secret, "step": step}, name or _("An app"), at)


def begin_passkey(person: int, *, host: str, site: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to make a passkey, and what has to come back with it. Neither names her."""
    server = _server(host, site)
    held = [AttestedCredentialData(bytes.fromhex(open_factor(row)["credential"])) for row in _of(person, "passkey")]
    user = PublicKeyCredentialUserEntity(id=secrets.token_bytes(16), name=site, display_name=site)
    options, state = server.register_begin(
        user,
        held,
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options), state


@transaction.atomic
def add_passkey(
    person: int, *, state: Any, answer: Mapping[str, Any], host: str, site: str, phrase: str, name: str, at: datetime
) -> None:
    """
    Take a passkey as a second step.

    :raises Refused: if the pass-phrase is wrong
    :raises Invalid: if the browser's answer does not hold
    """
    check_own_phrase(person, phrase)
    try:
        made = _server(host, site).register_complete(state, answer).credential_data
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(passkey=_("That passkey could not be taken. Please try once more.")) from error
    if made is None or Factor.objects.filter(tag=passkey_tag(made.credential_id)).exists():
        raise Invalid(passkey=_("That passkey is in use already."))
    _add(person, "passkey", {"credential": bytes(made).hex()}, name or _("A passkey"), at, tag=passkey_tag(made.credential_id))


def _add(person: int, kind: str, made: dict[str, Any], name: str, at: datetime, *, tag: bytes | None = None) -> None:
    name = text.clean(name, one_line=True)
    text.check_length(name, limits.MAX_FACTOR_NAME, field="name")
    if Factor.objects.filter(person=person).count() >= limits.MAX_FACTORS:
        raise Invalid(name=_("You have %(n)s of them. Take one away first.") % {"n": limits.MAX_FACTORS})
    row = Factor(id=ids.random_key(), person_id=person, kind=kind, tag=tag)
    close_factor(row, made | {"name": name, "day": at.date().isoformat()})
    row.save(force_insert=True)
    keep(person, "step_added", {"key": row.pk}, at=at)
    note_happening(person, "step_added", at=at)
    Session.objects.filter(person=person).update(strong=False)  # every other device has to show it too


@transaction.atomic
def drop_factor(person: int, key: int, *, phrase: str, at: datetime) -> None:
    """
    Take a second step away.

    :raises Refused: if the pass-phrase is wrong
    """
    check_own_phrase(person, phrase)
    row = Factor.objects.filter(person=person, pk=key).first()
    if row is None:
        return
    keep(person, "step_gone", {"key": key, "kind": row.kind, "tag": bytes(row.tag or b"").hex(), "held": open_factor(row)}, at=at)
    note_happening(person, "step_gone", at=at)
    row.delete()


def begin_asking(person: int | None, *, host: str, site: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to show a passkey, of this person or whichever it has; and what has to come back with it."""
    held = (
        [AttestedCredentialData(bytes.fromhex(open_factor(row)["credential"])) for row in _of(person, "passkey")]
        if person
        else None
    )
    options, state = _server(host, site).authenticate_begin(held, user_verification=_verification(person))
    return dict(options), state


@transaction.atomic
def check_passkey(person: int | None, *, state: Any, answer: Mapping[str, Any], host: str, site: str) -> int:
    """
    Return whose passkey this is, of `person` or, without one, of whoever holds it.

    :raises Refused: if it is nobody's or does not hold
    """
    try:
        tag = passkey_tag(_bytes_of(str(answer["rawId"])))
        row = Factor.objects.select_for_update().filter(tag=tag, kind="passkey", person__closing_since=None).first()
        if row is None or (person is not None and row.person_id != person):
            raise Refused(_wrong())
        held = AttestedCredentialData(bytes.fromhex(open_factor(row)["credential"]))
        # How much is asked is never taken from what comes back: a form of the second step would let a passkey in alone, without a finger.
        _server(host, site).authenticate_complete(state | {"user_verification": _verification(person)}, [held], answer)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_wrong()) from error
    return row.person_id


def check_step(person: int, code: str, *, known: bool = False, at: datetime) -> None:
    """
    Take a number of an app, or a code on paper, once. Whoever comes from a `known` device is always heard.

    :raises Refused: in the same words whatever is wrong
    :raises Guessed: if too many have failed
    """
    if not known:
        check_guesses("step", str(person), at=at)
    if not _take(person, code, at):
        note_failure("step", str(person), at=at)
        raise Refused(_wrong())
    forget_failures("step", str(person))


@transaction.atomic
def _take(person: int, code: str, at: datetime) -> bool:
    Person.objects.select_for_update().only("id").get(pk=person)
    digits = "".join(code.split())
    if digits.isdecimal():
        for row in _of(person, "app"):
            held = open_factor(row)
            step = _step_of(held["secret"], digits, after=held["step"], at=at)
            if step is not None:
                close_factor(row, held | {"step": step})
                row.save(update_fields=["sealed"])
                return True
        return False
    return cross_off(person, code, at)


def _verification(person: int | None) -> UserVerificationRequirement:
    """Ask for a finger, a face or a PIN where the passkey is all that is asked for."""
    return UserVerificationRequirement.PREFERRED if person else UserVerificationRequirement.REQUIRED


def _wrong() -> str:
    return _("That does not fit. Numbers and codes work once only; take the next one.")


def _step_of(secret: str, code: str, *, after: int, at: datetime) -> int | None:
    """Return the step whose number this is, among those near now that come after the last one taken."""
    digits, now = "".join(code.split()), int(at.timestamp()) // STEP
    counter = pyotp.TOTP(secret, interval=STEP)
    steps = [step for step in range(now - _DRIFT, now + _DRIFT + 1) if step > after]
    right = [step for step in steps if secrets.compare_digest(counter.at(step * STEP).encode(), digits.encode())]
    return right[0] if right else None


def _of(person: int, kind: str) -> list[Factor]:
    return list(Factor.objects.filter(person=person, kind=kind).order_by("pk"))


def _server(host: str, site: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=site))


def _bytes_of(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
