"""The register of kinds of notice: rooms above say in `ready` which they send and where each leads."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: its sentence (with %(who)s where somebody did it) and the path that `about` leads to."""

    sentence: str
    path: Callable[[str], str]


_kinds: dict[str, NoticeKind] = {}


def register(kind: str, sentence: str, path: Callable[[str], str]) -> None:
    """Register a kind of notice from an app's `ready`."""
    _kinds[kind] = NoticeKind(sentence, path)


def get(kind: str) -> NoticeKind:
    """Return a registered kind; a programming error if there is none."""
    return _kinds[kind]
