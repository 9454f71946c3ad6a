"""Which concerns are named in somebody's own words, by the vocabulary's lay words."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kith.concerns.rows import ConcernRow

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def normal(text: str) -> str:
    """Fold a text to bare words with one space between, and one around."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


@lru_cache(65536)
def _phrase(phrase: str) -> str:
    """Fold a phrase of the vocabulary, once; what people type is never kept here."""
    return normal(phrase)


def named_in(text: str, concerns: Iterable[ConcernRow]) -> dict[int, str]:
    """Return the keys of the concerns whose name or one of whose lay words stands in the text, each with that phrase."""
    words = normal(text)
    found: dict[int, str] = {}
    for concern in concerns:
        for phrase in (concern.name, *concern.words):
            if _phrase(phrase) in words:
                found[concern.key] = phrase
                break
    return found
