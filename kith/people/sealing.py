"""The only place that knows who is behind a persona: sealed fields and owner tags."""

import hashlib
import hmac
import os
import struct
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = b"\x01"


class Unreadable(Exception):
    """A sealed field that these keys, or this row, cannot open."""


def seal(plain: bytes, *, place: str) -> bytes:
    """Seal bytes with AES-256-GCM, bound to their place (`table.column:key of the row`)."""
    nonce = os.urandom(12)
    return _VERSION + nonce + AESGCM(settings.KITH_KEYS["seal"]).encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes | memoryview | None, *, place: str) -> bytes:
    """
    Open what was sealed for the same place.

    :raises Unreadable: if the key, the place or a byte is another
    """
    sealed = bytes(sealed or b"")
    try:
        return AESGCM(settings.KITH_KEYS["seal"]).decrypt(sealed[1:13], sealed[13:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable(place) from error


def owner_tag(person: int, group: str) -> bytes:
    """Tag of a person in the group of this code: finds her persona there, and links nothing without the key."""
    return hmac.digest(settings.KITH_KEYS["link"], struct.pack(">Q", person) + group.encode(), hashlib.sha256)


def errand_tag(whose: int) -> bytes:
    """Tag of whom an errand is for, a persona or a person: finds those that wait for her, with a key that is for nothing else."""
    key = hmac.digest(settings.KITH_KEYS["link"], b"errand", hashlib.sha256)
    return hmac.digest(key, struct.pack(">Q", whose), hashlib.sha256)


def seal_owner(person: int, *, place: str) -> bytes:
    """Seal whose a row is."""
    return seal(struct.pack(">Q", person), place=place)


def unseal_owner(sealed: bytes | memoryview | None, *, place: str) -> int:
    """Open whose a row is."""
    (person,) = struct.unpack(">Q", unseal(sealed, place=place))
    return int(person)


def seal_day(day: date, *, place: str) -> bytes:
    """Seal a day."""
    return seal(day.isoformat().encode(), place=place)


def unseal_day(sealed: bytes | memoryview | None, *, place: str) -> date:
    """Open a day."""
    return date.fromisoformat(unseal(sealed, place=place).decode())


def code_hash(person: int, code: str) -> str:
    """Hash a recovery code with a key of its own, so that a stolen table cannot be guessed through."""
    letters = "".join(c for c in code.lower() if c.isalnum())
    return hmac.new(settings.KITH_KEYS["code"], struct.pack(">Q", person) + letters.encode(), hashlib.sha256).hexdigest()


def email_tag(email: str) -> bytes:
    """Tag of an address, so that she can sign in with it; useless without the key."""
    return hmac.digest(settings.KITH_KEYS["code"], b"email:" + email.strip().casefold().encode(), hashlib.sha256)


def email_word(person: int, asked: str) -> str:
    """Make what the link in a letter carries: nobody can make it from the database alone."""
    return hmac.new(
        settings.KITH_KEYS["code"], struct.pack(">Q", person) + b"email:" + asked.encode(), hashlib.sha256
    ).hexdigest()[:32]


def token_hash(token: str) -> str:
    """Hash a session's token; the token itself is only in the cookie."""
    return hashlib.sha256(token.encode()).hexdigest()
