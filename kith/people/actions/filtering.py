"""What a person wants folded, and the name that she wants to be warned of."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.errors import Invalid
from kith.people import limits
from kith.people.filters import change_filters


@transaction.atomic
def set_filters(person: int, *, kinds: Iterable[str], words: str) -> None:
    """
    Keep which kinds and which words of her own (one a line) a person wants folded wherever she reads.

    :raises Invalid: if there are too many, or one is too long
    """
    change_filters(person, kinds=tuple(sorted(set(kinds))), words=_checked(words))


def _checked(words: str) -> tuple[str, ...]:
    lines = [text.clean(line, one_line=True) for line in words.replace(",", "\n").splitlines()]
    kept = tuple(dict.fromkeys(line for line in lines if any(map(str.isalnum, line))))
    for line in kept:
        text.check_length(line, limits.MAX_FILTER, field="words")
    if len(kept) > limits.MAX_FILTERS:
        many = _("These are %(has)s words. Please keep %(n)s or fewer.") % {"has": len(kept), "n": limits.MAX_FILTERS}
        raise Invalid(words=many)
    return kept


@transaction.atomic
def set_own_name(person: int, *, name: str) -> None:
    """
    Keep the name that a person wants to be warned of before she posts it; empty for none.

    :raises Invalid: if it is too long
    """
    name = text.clean(name, one_line=True)
    text.check_length(name, limits.MAX_OWN_NAME, field="own_name")
    change_filters(person, own_name=name)
