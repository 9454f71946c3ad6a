"""Reads of the vocabulary; it is the same for everybody."""

from collections.abc import Iterable

from kith.concerns.models import Concern
from kith.concerns.rows import ConcernRow
from kith.core.errors import NotFound


def list_concerns() -> list[ConcernRow]:
    """List the whole vocabulary, A to Z."""
    return [_row(concern) for concern in Concern.objects.order_by("name", "pk")]


def get_concern(slug: str) -> ConcernRow:
    """
    Return one concern.

    :raises NotFound: if there is none of this name
    """
    concern = Concern.objects.filter(slug=slug).first()
    if concern is None:
        raise NotFound
    return _row(concern)


def list_near(slug: str) -> list[ConcernRow]:
    """List concerns that lie near this one."""
    return [_row(c) for c in Concern.objects.filter(slug=slug).get().near.order_by("name")]


def keys_of(slugs: Iterable[str]) -> list[int]:
    """Return the keys of these concerns, in the given order; unknown ones are left out."""
    found = dict(Concern.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))
    return [found[slug] for slug in slugs if slug in found]


def _row(concern: Concern) -> ConcernRow:
    return ConcernRow(concern.pk, concern.slug, concern.kind, concern.name, tuple(concern.words))
