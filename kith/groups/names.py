"""Made-up names to choose a persona from."""

import functools
import random
from pathlib import Path

from kith.core.text import skeleton
from kith.groups.models import Persona


@functools.cache
def all_names() -> tuple[str, ...]:
    """Return all made-up names."""
    return tuple((Path(__file__).parent / "data" / "names.txt").read_text(encoding="utf-8").split("\n"))


def free_names(group: int, *, count: int = 6, seed: int | None = None) -> list[str]:
    """Return some names that nobody in this group has or had, in random order."""
    taken = set(Persona.objects.filter(group=group).values_list("skeleton", flat=True))
    names = [name for name in all_names() if name and skeleton(name) not in taken]
    return chance(seed).sample(names, min(count, len(names)))


def chance(seed: int | None) -> random.Random:
    """Return a source of chance; tests give it a fixed one."""
    return random.Random(seed)  # noqa: S311 - a name is no secret
