"""One's own words: how they read, and read before."""

from dataclasses import dataclass
from datetime import datetime

from kith.core.differences import Piece


@dataclass(frozen=True, slots=True)
class OwnPost:
    """One of my posts, for editing, quoting or my words."""

    number: int
    topic: int
    topic_title: str
    words: str
    note: str
    state: str
    made_at: datetime
    edited: bool
    name: str
    opening: bool
    wish: str = ""
    host_note: str = ""
    nameless: bool = False
    gist: str = ""
    later: str = ""
    own_fold: bool = False
    gone_at: datetime | None = None  # when I took it back, as long as I can bring it back
    line: bool = False  # in a line to the hosts
    there: bool = True  # whether its topic can still be opened
    html: str = ""  # as it is drawn, where one post is asked for


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which of my posts I look for: words that stand in them; `topics` or `answers`; one of `limits.OWN_STATES`."""

    words: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class TakingRow:
    """How many of my posts in one group are still to be taken back, and when the last of them goes."""

    left: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """How my post read before."""

    words: str
    note: str
    until: datetime
    title: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of my post: when, what of its words, what of its title, note and later note, and how it read until then."""

    at: datetime
    words: list[Piece]
    small: dict[str, list[Piece]]
    before: str
