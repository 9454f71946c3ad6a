"""What somebody looks for, and what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for, and among what."""

    words: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""  # one of limits.SOUGHT_KINDS; empty for all
    best: bool = False  # the best first, not the newest

    @property
    def narrowed(self) -> bool:
        """Say whether anything but words was chosen."""
        return bool(self.author or self.since or self.until or self.kind or self.best)


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A post that was found."""

    code: str
    group: str
    tint: str
    topic: int
    title: Markup
    number: int
    name: str
    made_at: datetime
    snippet: Markup
    opening: bool
    note: str  # the author's, before it is seen
    mine: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and the token of the next one (empty at the end)."""

    sought: Sought
    posts: tuple[FoundRow, ...]
    further: bool  # this is not the first page
    next: str
