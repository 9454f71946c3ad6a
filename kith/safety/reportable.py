"""What may be reported: rooms above register how to find it."""

from collections.abc import Callable
from dataclasses import dataclass

from kith.groups.rows import Place


@dataclass(frozen=True, slots=True)
class Reported:
    """A thing that is being reported: whose it is, what it says now, where it stands, and whether it stands there without a name."""

    author: int
    words: str
    title: str
    path: str
    masked: bool = False


_finders: dict[str, Callable[[Place, int], Reported]] = {}


def register(kind: str, find: Callable[[Place, int], Reported]) -> None:
    """Register a reportable kind from an app's `ready`."""
    _finders[kind] = find


def find(kind: str, place: Place, number: int) -> Reported:
    """Return the thing; its finder raises NotFound where this member may not see it."""
    return _finders[kind](place, number)
