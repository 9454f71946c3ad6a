"""Topics, what happened in them, and who waits in the relay."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from kith.conversation.rows.posts import DraftRow, PostRow


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
