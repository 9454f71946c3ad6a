"""What shells are handed of safety."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LineRow:
    """A help line in a list."""

    key: int
    country: str
    service: str
    kind: str
    number: str
    how: str
    hours: str
    languages: str
    url: str
    source: str
    source_date: str
    second_source: str
    note: str
    confirmed: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report on the hosts' desk; it does not say who reported."""

    key: int
    kind: str
    number: int
    reason: str
    words: str
    copy: str
    title: str
    path: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a host decided about something of mine."""

    key: int
    kind: str
    about: str
    number: int
    by: str
    reason: str
    words: str
    made_on: date


@dataclass(frozen=True, slots=True)
class LateGroup:
    """A group whose hosts have left reports unanswered; for a steward, who is told nothing of what they say."""

    name: str
    code: str
    reports: int
    first: datetime


@dataclass(frozen=True, slots=True)
class ExportReport:
    """A report that I made, in my own copy; without the words of whom it is about."""

    kind: str
    number: int
    reason: str
    words: str
    made_at: datetime
    answered_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class ExportDecision:
    """What was done to something of mine, in my own copy; without the host's words."""

    kind: str
    about: str
    number: int
    words: str
    made_on: date
