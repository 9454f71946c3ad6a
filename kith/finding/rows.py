"""What shells are handed of the finder."""

from dataclasses import dataclass

from kith.groups.rows import GroupCard


@dataclass(frozen=True, slots=True)
class Found:
    """One group that may fit, with the reason in the words of its concern or charter."""

    card: GroupCard
    reason_kind: str  # concern | line | for | charter
    reason: str
    sure: bool
    hours: float | None  # median hours to a first answer; None is too new to say


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to somebody's words."""

    groups: tuple[Found, ...]
    fit: str  # plain: these may fit | near: none is plainly for this, these lie nearest | nothing: nothing fits
    left_out: int  # groups that fit the words but not the wishes


@dataclass(frozen=True, slots=True)
class Wishes:
    """The plain questions on the results page, each skippable."""

    ways: tuple[str, ...] = ()
    professional: bool = False
    readable: bool = False
