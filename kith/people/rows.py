"""What shells are handed of a person: frozen, and nothing of any group."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a request, from the session's one query."""

    person: int
    token: str  # hash of the session's token
    steward: bool
    own_device: bool
    notices: bool
    discreet: bool  # tabs and history show a name that says nothing
    theme: str
    text_size: str
    contrast: str
    language: str
    strong: bool
    idle: int  # minutes of nothing that she chose; 0 as usual
    filters_sealed: bytes | memoryview | None = field(default=None, repr=False)
    email_sealed: bytes | memoryview | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One signed-in device, as its owner sees it."""

    key: str
    device: str
    own_device: bool
    day: date
    this_one: bool


@dataclass(frozen=True, slots=True)
class AccountRow:
    """What is kept about a person, as she sees it."""

    sign_in_name: str
    email: str
    email_confirmed: bool
    joined_month: date
    codes_left: int
    groups: int
    exit_drops_drafts: bool
    idle: int


@dataclass(frozen=True, slots=True)
class OwnNoteRow:
    """A note to myself."""

    key: int
    words: str
    made_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class OwnNoteHead:
    """A note to myself in a list: how it begins."""

    key: int
    gist: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A fresh account: the one time that its codes can be seen."""

    person: int
    sign_in_name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A second step, as its owner sees it."""

    key: int
    kind: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """Something that happened to an account; a code of people.happenings."""

    what: str
    day: date
    new: bool


@dataclass(frozen=True, slots=True)
class UndoRow:
    """A change that can be put back."""

    key: int
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LookRow:
    """That somebody else has opened what is sealed about a person; codes of people.looks."""

    by: str
    what: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class ExportDevice:
    """A device of mine in my own copy."""

    device: str
    own_device: bool
    day: date
    news: bool
    strong: bool


@dataclass(frozen=True, slots=True)
class ExportStep:
    """A second step of mine in my own copy."""

    kind: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class ExportHappening:
    """Something that happened to my account, in my own copy."""

    what: str
    day: date
    news: bool


@dataclass(frozen=True, slots=True)
class ExportCode:
    """A printed code in my own copy: whether it was used, and in which month."""

    used_month: date | None


@dataclass(frozen=True, slots=True)
class ExportFilters:
    """What I want folded, in my own copy."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    own_name: str


@dataclass(frozen=True, slots=True)
class ExportAccount:
    """All that is kept about my account, in my own copy."""

    sign_in_name: str
    email: str
    email_confirmed: date | None
    joined_month: date
    adult_since: date
    health_consent: int
    steward_since: date | None
    theme: str
    text_size: str
    contrast: str
    language: str
    exit_drops_drafts: bool
    discreet: bool
    idle: int
    filters: ExportFilters
    codes: tuple[ExportCode, ...]
    devices: tuple[ExportDevice, ...]
    steps: tuple[ExportStep, ...]
    happenings: tuple[ExportHappening, ...]
    looks_whole: bool
