"""Posts on their pages, what is being written, and its pictures."""

from dataclasses import dataclass

from kith.core.files import widths_of


@dataclass(slots=True)
class PostRow:
    """A post on its page."""

    number: int
    name: str
    avatar: str  # as it was drawn
    role: str
    when: str
    html: str  # as it was cleaned
    note: str
    mine: bool
    edited: bool
    state: str
    new: bool
    response: str
    heard: str
    host_note: str
    hostable: bool  # whether this reader may fold it or give it back
    own_fold: bool = False  # folded by the person who wrote it
    unseen: bool = False  # taken back without a line in its place
    kept: bool = False  # taken back, and can be brought back


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Unsent writing."""

    place: str
    title: str
    words: str
    wish: str
    note: str
    version: int
    path: str = ""
    nameless: bool = False
    gist: str = ""
    pictures: bool = False  # some wait beside it


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One of my pictures, beside the words that I am writing."""

    name: str
    alt: str
    path: str
    width: int
    height: int
    posted: bool
    out: bool = False  # it shall be taken out

    @property
    def widths(self) -> list[int]:
        """List the widths in which it is kept."""
        return widths_of(self.width)


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a post now stands."""

    topic: int
    number: int
