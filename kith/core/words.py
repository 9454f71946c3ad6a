"""Fixed words of a page, looked up once per language instead of once per page."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.utils.translation import get_language

Words = TypeVar("Words")


def per_language(make: Callable[[], Words]) -> Callable[[], Words]:
    """Keep what a function without arguments returns, for each language; what it returns must not be changed."""
    kept: dict[str | None, Words] = {}

    @wraps(make)
    def words() -> Words:
        language = get_language()
        if language not in kept:
            kept[language] = make()
        return kept[language]

    return words
