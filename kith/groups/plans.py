"""What somebody typed who begins or changes a group, and whether it will do."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from kith.core import text
from kith.core.errors import Invalid
from kith.groups import limits


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody who begins a group typed."""

    name: str
    line: str
    for_whom: str
    charter: str
    agreements: tuple[tuple[str, str], ...]
    kind: str = "peer"
    span: str = "ongoing"
    door: str = "open"
    readable: bool = False
    not_for: str = ""
    meets: tuple[str, ...] = ("online",)
    place: str = ""
    tint: str = "moss"
    language: str = "en"
    concerns: tuple[str, ...] = field(default=())
    relay_hours: int = limits.RELAY_USUAL


TINTS = ("moss", "spruce", "lake", "slate", "indigo", "heather", "damson", "rosehip", "brick", "rust", "straw", "olive")
DOORS = ("open", "request", "invitation")  # from the widest
_KINDS = ("peer", "professional", "advocacy")


def kind_of(plan: Plan, before: str = "") -> str:
    """Return the kind as it is kept: a group is called professional only once a steward has checked who leads it."""
    return "unchecked" if plan.kind == "professional" and before != "professional" else plan.kind


def check_plan(plan: Plan) -> Plan:
    """
    Return the plan as it will be kept.

    :raises Invalid: naming every field that needs another look
    """
    problems: dict[str, str] = {}
    line = partial(_line, problems)
    clean = Plan(
        name=line("name", plan.name, limits.MAX_NAME, _("Give the group a name.")),
        line=line("line", plan.line, limits.MAX_LINE, _("Say in one line what the group is for.")),
        for_whom=line("for_whom", plan.for_whom, limits.MAX_ABOUT, _("Say who the group is for.")),
        not_for=line("not_for", plan.not_for, limits.MAX_ABOUT),
        concerns=_concerns(plan, problems),
        charter=line("charter", plan.charter, limits.MAX_CHARTER, _("Say why you are here, in a few sentences.")),
        agreements=_agreements(plan, problems),
        kind=plan.kind if plan.kind in _KINDS else "peer",
        span="cohort" if plan.span == "cohort" else "ongoing",
        door=plan.door if plan.door in DOORS else "open",
        readable=plan.readable,
        meets=tuple(way for way in ("online", "in_person", "phone", "paper") if way in plan.meets) or ("online",),
        place=line("place", plan.place, 80),
        tint=plan.tint if plan.tint in TINTS else "moss",
        language=plan.language[:12],
        relay_hours=plan.relay_hours if plan.relay_hours in limits.RELAY_HOURS else limits.RELAY_USUAL,
    )
    if problems:
        raise Invalid(**problems)
    return clean


def _line(problems: dict[str, str], name: str, value: str, most: int, missing: str = "") -> str:
    value = text.clean(value, one_line=name != "charter")
    if missing and text.is_blank(value):
        problems[name] = missing
    elif len(value) > most:
        problems[name] = _("Please use %(n)s letters or fewer. This has %(has)s.") % {"n": most, "has": len(value)}
    return value


def _agreements(plan: Plan, problems: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return those that are written; what is wrong with one is named after its number in the form."""
    kept, most = [], limits.MAX_AGREEMENT
    for number, pair in enumerate(plan.agreements, 1):
        title, words = (text.clean(part, one_line=True) for part in pair)
        if text.is_blank(title + words):
            continue
        kept.append((title, words))
        if (longest := max(len(title), len(words))) > most:
            problems[f"agreement-{number}"] = _(
                "Agreement %(number)s is too long. Please use %(n)s letters or fewer in each field. This has %(has)s."
            ) % {"number": number, "n": most, "has": longest}
    if not kept:
        problems["agreements"] = _("Write at least one thing that members agree.")
    elif len(kept) > limits.MAX_AGREEMENTS:
        problems["agreements"] = _("Agree on %(n)s things at most. These are %(has)s.") % {
            "n": limits.MAX_AGREEMENTS, "has": len(kept),
        }  # fmt: skip
    return tuple(kept)


def _concerns(plan: Plan, problems: dict[str, str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(plan.concerns))
    if len(chosen) > limits.MAX_CONCERNS:
        problems["concerns"] = _("Tick %(n)s things at most. You have ticked %(has)s.") % {
            "n": limits.MAX_CONCERNS, "has": len(chosen),
        }  # fmt: skip
    return chosen
