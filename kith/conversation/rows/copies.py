"""One's own copy of one's words."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ExportForm:
    """How a post of mine reads, or read until a moment."""

    title: str
    words: str
    note: str
    later: str
    until: datetime | None = None
    wish: str = ""


@dataclass(frozen=True, slots=True)
class ExportPicture:
    """A picture in my own copy: its file there, what it shows, and where it is kept."""

    file: str
    alt: str
    name: str
    width: int
    place: str = ""  # of its draft, while it waits


@dataclass(frozen=True, slots=True)
class ExportPost:
    """A post in my own copy of my words."""

    number: int
    topic: int
    topic_title: str
    opens_topic: bool
    shown_as: str
    state: str
    written_at: datetime
    edited_on: date | None
    words: str
    note: str
    later: str
    later_on: date | None
    taken_back_at: datetime | None
    quotes_somebody: bool
    before: list[ExportForm]
    pictures: list[ExportPicture]
    wish: str
    nameless: bool
    line: bool
    taken_back_unseen: bool


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """Unsent writing in my own copy."""

    place: str
    title: str
    words: str
    note: str
    wish: str
    nameless: bool


@dataclass(frozen=True, slots=True)
class ExportResponse:
    """An answer without words that I gave."""

    topic: int
    post: int
    kind: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ExportGone:
    """A post of mine of which only its number is left."""

    topic: int
    number: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ExportRead:
    """How far I have read in a topic."""

    topic: int
    upto: int


@dataclass(frozen=True, slots=True)
class ExportCall:
    """A post that calls me by my name."""

    topic: int
    post: int
    name: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """A note that I wished for on a post."""

    topic: int
    post: int
    note: str


@dataclass(frozen=True, slots=True)
class ExportTold:
    """That I was told of a post that waits."""

    topic: int
    post: int
    told_on: date
