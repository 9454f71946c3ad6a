"""Which concerns are named in somebody's own words, by the vocabulary's lay words."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kith.concerns.rows import ConcernRow

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def normal(text: str) -> str:
    """Fold a text to bare words with one space between, and one around."""
    return f" {' '.join(WORD.findall(text.casefold()))} "


@lru_cache(65536)
def _phrase(phrase: str) -> str:
    """Fold a phrase of the vocabulary, once; what people type is never kept here."""
    return normal(phrase)


def named_in(text: str, concerns: Iterable[ConcernRow]) -> dict[int, str]:
    """
    Return the keys of the concerns whose name or one of whose lay words stands in the text, each with that phrase.

    Where one phrase stands within another that was found too, only the longer one counts ("secondary breast cancer").
    """
    words = normal(text)
    found: dict[int, str] = {}
    for concern in concerns:
        here = [phrase for phrase in (concern.name, *concern.words) if _phrase(phrase) in words]
        if here:
            found[concern.key] = max(here, key=len)
    folded = [_phrase(phrase) for phrase in found.values()]
    return {
        key: phrase for key, phrase in found.items() if not any(_phrase(phrase) in f and _phrase(phrase) != f for f in folded)
    }
