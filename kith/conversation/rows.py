"""What shells are handed of conversations: frozen, and nothing of any person."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from kith.core.differences import Piece
from kith.core.files import widths_of


@dataclass(slots=True)
class PostRow:
    """A post on its page."""

    number: int
    name: str
    avatar: Markup
    role: str
    when: str
    html: Markup
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
class TopicPage:
    """A topic with one page of its posts."""

    key: int
    number: int
    title: str
    wish: str
    author: str
    mine: bool
    started: str
    posts: tuple[PostRow, ...]
    count: int
    page: int
    pages: int
    first_new: int
    waiting: bool
    upto: int  # how far I had read before
    draft: DraftRow  # what I began to answer
    line: bool = False  # a line to the hosts
    closed: bool = False
    pinned: bool = False
    tags: tuple[str, ...] = ()
    came_from: int = 0
    went_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag of a group."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in a list."""

    number: int
    title: str
    wish: str
    author: str
    avatar: Markup
    last_at: datetime
    count: int
    new: int
    first_new: int
    waiting_since: datetime | None
    gist: str = ""
    mine: bool = False
    closed: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A post that waits in the relay, and how far it was passed on."""

    number: int
    topic: int
    title: str
    author: str
    gist: str
    opening: bool
    since: datetime
    turn: str  # whose turn comes next: members, hosts, or nobody's any more
    told_members_at: datetime | None
    told_hosts_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """Something said to me."""

    name: str
    avatar: Markup
    title: str
    topic: int
    number: int
    gist: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What happened since I was last here, what concerns me first."""

    replies: tuple[ReplyRow, ...]
    waiting: tuple[TopicRow, ...]
    rest: tuple[TopicRow, ...]
    more: int


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


@dataclass(frozen=True, slots=True)
class ExportForm:
    """How a post of mine reads, or read until a moment."""

    title: str
    words: str
    note: str
    later: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportPicture:
    """A picture in my own copy: its file there, what it shows, and where it is kept."""

    file: str
    alt: str
    name: str
    width: int


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


@dataclass(frozen=True, slots=True)
class ExportDraft:
    """Unsent writing in my own copy."""

    place: str
    title: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class ExportResponse:
    """An answer without words that I gave."""

    topic: int
    post: int
    kind: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which of my posts I look for: words that stand in them; `topics` or `answers`; one of `limits.OWN_STATES`."""

    words: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a post now stands."""

    topic: int
    number: int


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


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and the token of the next one (empty at the end)."""

    sought: Sought
    posts: tuple[FoundRow, ...]
    further: bool  # this is not the first page
    next: str
