"""What a person wants folded wherever she reads, and her own name, to be warned of before she posts it; sealed and padded in her row."""

import json
from dataclasses import dataclass, replace

from kith.people import limits
from kith.people.models import Person
from kith.people.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Filters:
    """Codes of kinds, words of her own, and a name that nobody else sees."""

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    own_name: str = ""

    @property
    def fold(self) -> bool:
        """Say whether anything is to be folded."""
        return bool(self.kinds or self.words)


NONE = Filters()


def open_filters(person: int, sealed: bytes | memoryview | None) -> Filters:
    """Open what stands sealed in a person's row; empty where nothing does."""
    if not sealed:
        return NONE
    data = json.loads(unseal(sealed, place=f"person.filters:{person}"))
    return Filters(tuple(data["kinds"]), tuple(data["words"]), data["own_name"])


def read_filters(person: int) -> Filters:
    """Read a person's filters anew."""
    return open_filters(person, Person.objects.filter(pk=person).values_list("filters_sealed", flat=True).first())


def change_filters(person: int, **changes: object) -> None:
    """Change some of it, under a lock on the person's row; call it inside a transaction."""
    row = Person.objects.select_for_update().only("id", "filters_sealed").get(pk=person)
    filters = replace(open_filters(person, row.filters_sealed), **changes)  # type: ignore[arg-type] # callers name fields of Filters
    plain = json.dumps(
        {"kinds": filters.kinds, "words": filters.words, "own_name": filters.own_name}, ensure_ascii=False
    ).encode()
    row.filters_sealed = seal(plain.ljust(limits.FILTERS_STEP), place=f"person.filters:{person}")
    row.save(update_fields=["filters_sealed"])
