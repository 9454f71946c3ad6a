"""
Addresses of concerns: a keyed code in place of the name.

A browser keeps the addresses it was at when everything else is wiped; `/concerns/hiv/` would tell whoever looks there what no page may.
"""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from kith.concerns.queries import list_concerns

_LETTERS = 16
_slugs: dict[str, str] = {}  # by code; the vocabulary is the same for everybody


def concern_path(slug: str) -> str:
    """Return the address of a concern; it is the same for everybody and says nothing."""
    return reverse("concern", args=[_code(slug)])


def slug_of(said: str) -> str:
    """Return the concern behind a code; what is none is taken as a name, for somebody who has it on paper."""
    if said not in _slugs and len(said) == _LETTERS:
        _slugs.update((_code(row.slug), row.slug) for row in list_concerns())
    return _slugs.get(said, said)


@lru_cache(4096)
def _code(slug: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"concern:{slug}".encode(), hashlib.sha256).hexdigest()[:_LETTERS]
