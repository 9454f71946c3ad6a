"""Names of countries in the reader's language."""

import functools

from babel import Locale, UnknownLocaleError
from django.utils import translation


def country_name(code: str) -> str:
    """Return a country's name in the language of the page; empty for none."""
    return _name(translation.get_language() or "en", code) if code else ""


@functools.lru_cache(1024)
def _name(language: str, code: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return str(locale.territories.get(code, code))
