"""What shells are handed of a mailbox."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, ready to be read."""

    key: int
    sentence: str
    path: str
    made_at: datetime
    new: bool
    mailbox: int
    part: int = 0  # what in its group it belongs to, by number; 0 for the group itself


@dataclass(frozen=True, slots=True)
class LetterTo:
    """A leased letter and whose mailbox it is for, opened in memory only."""

    key: int
    kind: str
    message_id: str
    person: int


@dataclass(frozen=True, slots=True)
class ExportNotice:
    """A notice in my own copy: what happened, and not who did it."""

    kind: str
    about: str
    said: str
    made_at: datetime
    new: bool


@dataclass(frozen=True, slots=True)
class ExportLetter:
    """A letter to me that is still kept: never what it said."""

    kind: str
    made_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExportMailbox:
    """What a mailbox of mine holds, in my own copy."""

    wants_letters: bool
    notices: tuple[ExportNotice, ...]
    letters: tuple[ExportLetter, ...]
