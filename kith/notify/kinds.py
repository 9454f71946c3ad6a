"""The register of kinds of notice: rooms above say in `ready` which they send and where each leads."""

from collections.abc import Callable
from dataclasses import dataclass


def _of_the_group(about: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """
    A kind of notice: its sentence (with %(who)s where somebody did it) and the path that `about` leads to.

    `part` is the number, in its group, of what the notice belongs to; 0 where that is the group itself.
    """

    sentence: str
    path: Callable[[str], str]
    part: Callable[[str], int] = _of_the_group


_kinds: dict[str, NoticeKind] = {}


def register(kind: str, sentence: str, path: Callable[[str], str], part: Callable[[str], int] = _of_the_group) -> None:
    """Register a kind of notice from an app's `ready`."""
    _kinds[kind] = NoticeKind(sentence, path, part)


def get(kind: str) -> NoticeKind:
    """Return a registered kind; a programming error if there is none."""
    return _kinds[kind]
