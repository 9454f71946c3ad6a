"""What shells are handed of groups: frozen, and nothing of any person."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from markupsafe import Markup

from kith.groups.models import LEADING


class Mine(Protocol):
    """A persona of mine in a group, be it one that I am in or one that is past: whose words are meant."""

    @property
    def key(self) -> int:
        """The group's key."""

    @property
    def code(self) -> str:
        """The group's code."""

    @property
    def persona(self) -> int:
        """The persona's key."""

    @property
    def past(self) -> str:
        """Why it is past: "left" or "closed"; empty while I belong."""


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A face in a group, as its members see it."""

    handle: str
    name: str
    avatar: Markup
    role: str
    note: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing that members agree."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CharterRow:
    """One version of a charter."""

    number: int
    day: date
    html: Markup
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group in a list."""

    key: int
    code: str
    name: str
    line: str
    kind: str
    tint: str
    emblem_seed: str
    door: str
    readable: bool
    meets: tuple[str, ...]
    place: str
    concerns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """What a stranger sees before coming in."""

    card: GroupCard
    for_whom: str
    not_for: str
    charter: Markup
    charter_number: int
    charter_day: date
    agreements: tuple[Agreement, ...]
    leaders: tuple[PersonaRow, ...]
    state: str  # stranger | asked | member
    language: str = "en"
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """The group around a member's page, and who she is in it."""

    key: int
    code: str
    name: str
    tint: str
    emblem_seed: str
    kind: str
    persona: int
    handle: str
    persona_name: str
    avatar: Markup
    role: str
    door: str
    readable: bool
    mailbox: int
    opened: bool = True
    strong: bool = True

    @property
    def leads(self) -> bool:
        """Say whether the viewer leads this group, and has come with a second step."""
        return self.strong and self.role in LEADING

    @property
    def lacks_step(self) -> bool:
        """Say whether she would lead it if she came with a second step."""
        return not self.strong and self.role in LEADING

    @property
    def past(self) -> str:
        """Say that she belongs here, or is a stranger: only her own list knows what is past."""
        return ""


@dataclass(frozen=True, slots=True)
class AskingRow:
    """Somebody who asks to come in, as the hosts see it."""

    handle: str
    name: str
    avatar: Markup
    words: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """One of my groups, and who I am there; or was, if it is past ("left" or "closed")."""

    card: GroupCard
    persona: int
    handle: str
    persona_name: str
    avatar: Markup
    role: str
    mailbox: int
    asking: bool
    past: str = ""

    @property
    def key(self) -> int:
        """Return the group's key."""
        return self.card.key

    @property
    def code(self) -> str:
        """Return the group's code."""
        return self.card.code


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation: the one time that its code can be seen."""

    code: str
    role: str


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """A group that a steward has to look at: a new one, or one that wants to be called professional."""

    card: GroupCard
    leaders: int
    approved: bool
    opened: bool
    begun_on: date
    asks: tuple[str, ...] = ()  # handles of hosts who want to be called professionals


@dataclass(frozen=True, slots=True)
class Opening:
    """What a steward has said to a group that waits for one."""

    approved: bool
    declined_why: str


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """Whether I may ask a steward to check who I am, whether I have, and what she said to it."""

    may_ask: bool
    asked: bool
    declined_why: str


@dataclass(frozen=True, slots=True)
class CharterNews:
    """What a group agrees otherwise than when a member last read it."""

    number: int
    read: int
    changed: tuple[Agreement, ...]  # new ones too
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportMember:
    """A persona of mine in my own copy."""

    handle: str
    avatar_seed: str
    avatar: str
    role: str
    note: str
    asked_on: date | None
    asking_words: str
    joined_on: date | None
    check_asked_on: date | None
    left_on: date | None
    charter_number: int
    willing: bool


@dataclass(frozen=True, slots=True)
class ExportInvitation:
    """An invitation that I made, in my own copy."""

    role: str
    made_on: date
    used_on: date | None
