"""
The only place that knows who is behind a persona: sealed fields and owner tags.

A seal begins with the number of its key, so that a new key can take over while older seals still open. *Protected* fields are what a
person entrusted to us under seal; they are opened only for a stated reason (`Why`), and a look by anybody but her is written down first.
"""

import hashlib
import hmac
import os
import struct
import time
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kith.settings.env import BadSetting
from kith.settings.keys import load_keys

# Places (`table.column`) of protected fields; behind the colon stands first whose it is.
PROTECTED = frozenset({"person.email", "own_note", "own_note_head", "factor", "undo"})
_AGAIN = 5.0  # seconds after which a process looks whether there is a newer key
_looked = [0.0, 0.0]  # when, and how old the file was then


class Unreadable(Exception):
    """A sealed field that these keys, or this row, cannot open."""


class Unexplained(Exception):
    """A protected field was to be opened without a reason, or for somebody else's."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why the protected fields of a person are opened. Made by `own`, `for_letter`, `unseen` and `looks.look`, and nowhere else."""

    person: int
    reason: str


def own(person: int) -> Why:
    """Her own fields, for herself."""
    return Why(person, "own")


def for_letter(person: int) -> Why:
    """Her address, to send what she asked for; no row says so, for it would stand beside the letter's."""
    return Why(person, "letter")


def unseen(person: int) -> Why:
    """Her fields, for the machine alone: to tag or seal them anew."""
    return Why(person, "unseen")


def seal(plain: bytes, *, place: str) -> bytes:
    """Seal bytes with AES-256-GCM, bound to their place (`table.column:key of the row`)."""
    refresh_keys()
    nonce, number = os.urandom(12), newest("seal")
    return bytes((number,)) + nonce + AESGCM(settings.KITH_KEYS["seal"][number]).encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes | memoryview | None, *, place: str, why: Why | None = None) -> bytes:
    """
    Open what was sealed for the same place.

    :raises Unreadable: if the key, the place or a byte is another
    :raises Unexplained: if it is a protected field, and nobody says why, or for whom
    """
    table, _colon, key_of_row = place.partition(":")
    if table in PROTECTED and (why is None or key_of_row.partition(":")[0] != str(why.person)):
        raise Unexplained(table)
    return _open(bytes(sealed or b""), place)


def reseal(sealed: bytes | memoryview, *, place: str) -> bytes:
    """
    Seal the same under the newest key, unseen.

    :raises Unreadable: if these keys cannot open it
    """
    sealed = bytes(sealed)
    if number_of(sealed) == newest("seal"):
        return sealed
    return seal(_open(sealed, place), place=place)


def _open(sealed: bytes, place: str) -> bytes:
    try:
        return AESGCM(_key_of(sealed)).decrypt(sealed[1:13], sealed[13:], place.encode())
    except (InvalidTag, ValueError, KeyError) as error:
        raise Unreadable(place.partition(":")[0]) from error


def check(sealed: bytes | memoryview, *, place: str) -> None:
    """
    Make sure that something opens, unseen.

    :raises Unreadable: if these keys cannot open it
    """
    _open(bytes(sealed), place)


def marks_of_keys() -> dict[str, str]:
    """Mark each key that something stored rests on: whoever has the key can tell that it is this one, and nobody learns more."""
    return {
        f"{name} {number}": hmac.digest(key, b"which key", hashlib.sha256)[:6].hex()
        for name in ("link", "seal", "code")
        for number, key in settings.KITH_KEYS[name].items()
    }


def number_of(sealed: bytes | memoryview) -> int:
    """Return the number of the key that something is sealed with."""
    return bytes(sealed[:1])[0] if sealed else 0


def newest(name: str) -> int:
    """Return the number of the key in use."""
    return max(settings.KITH_KEYS[name])


def refresh_keys(*, now: bool = False) -> None:
    """Take over keys that were put into the file while this process runs; it looks every few seconds."""
    if not (now or time.monotonic() - _looked[0] > _AGAIN) or settings.ENV.keys:
        return
    _looked[0] = time.monotonic()
    try:
        changed = (settings.ENV.data / "keys.json").stat().st_mtime
        if changed != _looked[1]:
            settings.KITH_KEYS.update(load_keys(settings.ENV.data))
            _looked[1] = changed
    except (OSError, BadSetting):
        pass  # go on with those that we have


def _key_of(sealed: bytes) -> bytes:
    ring = settings.KITH_KEYS["seal"]
    if number_of(sealed) not in ring:
        refresh_keys(now=True)
    key: bytes = ring[number_of(sealed)]
    return key


def _key(name: str) -> bytes:
    key: bytes = settings.KITH_KEYS[name][newest(name)]
    return key


def owner_tag(person: int, group: str) -> bytes:
    """Tag of a person in the group of this code: finds her persona there, and links nothing without the key."""
    return hmac.digest(_key("link"), struct.pack(">Q", person) + group.encode(), hashlib.sha256)


def errand_tag(whose: int) -> bytes:
    """Tag of whom an errand is for, a persona or a person: finds those that wait for her, with a key that is for nothing else."""
    return hmac.digest(_link("errand"), struct.pack(">Q", whose), hashlib.sha256)


def erasure_tag(what: str) -> bytes:
    """Tag of something that was erased (`person:<key>`): whoever has the keys and the thing can tell; nobody else finds anything by it."""
    key = hmac.digest(_key("link"), b"erasure", hashlib.sha256)
    return hmac.digest(key, what.encode(), hashlib.sha256)


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


def code_hashes(person: int, code: str) -> list[str]:
    """Hash a recovery code with keys of its own, so that a stolen table cannot be guessed through; newest key first."""
    letters = "".join(c for c in code.lower() if c.isalnum())
    ring = settings.KITH_KEYS["code"]
    return [
        hmac.new(ring[number], struct.pack(">Q", person) + letters.encode(), hashlib.sha256).hexdigest()
        for number in sorted(ring, reverse=True)
    ]


def email_tags(email: str) -> list[bytes]:
    """Tag an address, so that she can sign in with it; useless without the keys; newest key first."""
    ring, told = settings.KITH_KEYS["code"], b"email:" + email.strip().casefold().encode()
    return [hmac.digest(ring[number], told, hashlib.sha256) for number in sorted(ring, reverse=True)]


def passkey_tag(credential: bytes) -> bytes:
    """Tag of a passkey by its own id, so that whoever holds it is found; useless without the key."""
    return hmac.digest(_link("passkey"), credential, hashlib.sha256)


def name_tag(kind: str, name: str) -> bytes:
    """Tag of a name that somebody typed, to count failures under it; useless without the key."""
    return hmac.digest(_link(f"tally:{kind}"), name.encode(), hashlib.sha256)


def _link(what: str) -> bytes:
    """Make a key that is for one thing only."""
    return hmac.digest(_key("link"), what.encode(), hashlib.sha256)


def email_word(person: int, asked: str) -> str:
    """Make what the link in a letter carries: nobody can make it from the database alone."""
    return hmac.new(_key("code"), struct.pack(">Q", person) + b"email:" + asked.encode(), hashlib.sha256).hexdigest()[:32]


def token_hash(token: str) -> str:
    """Hash a session's token; the token itself is only in the cookie."""
    return hashlib.sha256(token.encode()).hexdigest()
