"""What somebody looks for among her own words, on its way to the list: sealed for her alone, so that no address holds it."""

import json
from dataclasses import dataclass

from kith.core.errors import NotFound
from kith.core.text import clean, is_blank
from kith.people.sealing import Unreadable, seal, unseal

MAX_WORDS = 80
_SECONDS, _BYTES = 1800, 640  # how long an address leads somewhere; all are as long, whatever they hold


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to look for, and in which group of hers: `code/handle`, or empty for all."""

    words: str
    group: str = ""


def narrowing_of(words: str, group: str) -> Narrowing:
    """Make one of what was typed."""
    words = clean(words[: 4 * MAX_WORDS], one_line=True)[:MAX_WORDS]
    return Narrowing("" if is_blank(words) else words, group)


def seal_narrowing(person: int | None, asked: Narrowing, *, now: float) -> str:
    """Seal it for one person, for half an hour."""
    plain = json.dumps([int(now) + _SECONDS, asked.words, asked.group], ensure_ascii=False).encode()
    return seal(plain.ljust(_BYTES), place=f"words.token:{person}").hex()


def open_narrowing(person: int | None, token: str, *, now: float) -> Narrowing:
    """
    Open it again.

    :raises NotFound: if it was sealed for somebody else, or half an hour has passed
    """
    try:
        until, words, group = json.loads(unseal(bytes.fromhex(token), place=f"words.token:{person}"))
    except (Unreadable, ValueError) as error:
        raise NotFound from error
    if until < now:
        raise NotFound
    return Narrowing(words, group)
