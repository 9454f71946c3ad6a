"""What somebody looks for among her own words, on its way to the list: sealed for her alone, so that no address holds it."""

import json
from dataclasses import dataclass

from kith.conversation.limits import OWN_KINDS, OWN_STATES
from kith.conversation.rows import Sieve
from kith.core.errors import NotFound
from kith.core.text import clean, is_blank
from kith.people.sealing import Unreadable, seal, unseal

MAX_WORDS = 80
_SECONDS, _BYTES = 1800, 640  # how long an address leads somewhere; all are as long, whatever they hold


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to look for, in which group of hers (`code/handle`, or empty for all), and which of her posts."""

    words: str
    group: str = ""
    kind: str = ""  # one of OWN_KINDS
    state: str = ""  # one of OWN_STATES

    @property
    def narrow(self) -> bool:
        """Say whether anything but a group was asked for."""
        return bool(self.words or self.kind or self.state)

    @property
    def sieve(self) -> Sieve:
        """Return what is let through of one group."""
        return Sieve(self.words, self.kind, self.state)


def narrowing_of(words: str, group: str, kind: str = "", state: str = "") -> Narrowing:
    """Make one of what was typed and chosen."""
    words = clean(words[: 4 * MAX_WORDS], one_line=True)[:MAX_WORDS]
    kind, state = kind if kind in OWN_KINDS else "", state if state in OWN_STATES else ""
    return Narrowing("" if is_blank(words) else words, group, kind, state)


def seal_narrowing(person: int | None, asked: Narrowing, *, now: float) -> str:
    """Seal it for one person, for half an hour."""
    plain = json.dumps([int(now) + _SECONDS, asked.words, asked.group, asked.kind, asked.state], ensure_ascii=False).encode()
    return seal(plain.ljust(_BYTES), place=f"words.token:{person}").hex()


def open_narrowing(person: int | None, token: str, *, now: float) -> Narrowing:
    """
    Open it again.

    :raises NotFound: if it was sealed for somebody else, or half an hour has passed
    """
    try:
        until, *asked = json.loads(unseal(bytes.fromhex(token), place=f"words.token:{person}"))
    except (Unreadable, ValueError) as error:
        raise NotFound from error
    if until < now:
        raise NotFound
    return Narrowing(*asked)
