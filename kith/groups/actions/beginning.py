"""Beginning a group, approving it, closing it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.concerns.queries import keys_of
from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound, SignInFirst
from kith.core.events import announce
from kith.groups import limits, personas, rules
from kith.groups.actions.belonging import open_if_ready
from kith.groups.models import Charter, Group, GroupConcern, Persona
from kith.groups.rows import Place
from kith.groups.viewer import Viewer


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


TINTS = ("moss", "spruce", "lake", "slate", "indigo", "heather", "damson", "rosehip", "brick", "rust", "straw", "olive")
_DOORS, _KINDS = ("open", "request", "invitation"), ("peer", "professional", "advocacy")


@transaction.atomic
def begin_group(plan: Plan, *, by: Viewer, persona_name: str, at: datetime) -> Persona:
    """
    Begin a group as its first host; it opens when a steward has approved it and a second host has accepted.

    :raises SignInFirst: for guests
    :raises Invalid: naming every field that needs another look
    """
    if by.person is None:
        raise SignInFirst(_("Sign in to begin a group."))
    plan = _checked(plan)
    name = rules.check_persona_name(0, persona_name)
    group = _create(plan, at)
    role = "facilitator" if plan.kind == "professional" else "host"
    persona = personas.make_persona(by.person, group, name=name, role=role, joined_on=at.date())
    record("groups.begun", by=persona.pk, about=f"group:{group.pk}", at=at)
    return persona


def _create(plan: Plan, at: datetime) -> Group:
    group = Group.objects.create(
        name=plan.name, kind=plan.kind, span=plan.span, tint=plan.tint, line=plan.line, for_whom=plan.for_whom,
        not_for=plan.not_for, door=plan.door, readable=plan.readable and plan.door == "open", language=plan.language,
        meets=",".join(plan.meets), place=plan.place, begun_on=at.date(),
    )  # fmt: skip
    GroupConcern.objects.bulk_create(
        GroupConcern(group=group, concern_id=key, place=i) for i, key in enumerate(keys_of(plan.concerns))
    )
    agreements = [{"title": title, "text": words} for title, words in plan.agreements]
    Charter.objects.create(
        group=group, number=1, words=plan.charter, html=text.render(plan.charter), agreements=agreements, made_on=at.date()
    )
    return group


def _checked(plan: Plan) -> Plan:
    problems: dict[str, str] = {}

    def line(name: str, value: str, most: int, missing: str) -> str:
        value = text.clean(value, one_line=name != "charter")
        if missing and text.is_blank(value):
            problems[name] = missing
        elif len(value) > most:
            problems[name] = _("Please use %(n)s letters or fewer. This has %(has)s.") % {"n": most, "has": len(value)}
        return value

    agreements = tuple(
        (line("agreements", title, limits.MAX_AGREEMENT, ""), line("agreements", words, limits.MAX_AGREEMENT, ""))
        for title, words in plan.agreements[: limits.MAX_AGREEMENTS]
        if not text.is_blank(title + words)
    )
    if not agreements:
        problems["agreements"] = _("Write at least one thing that members agree.")
    clean = Plan(
        name=line("name", plan.name, limits.MAX_NAME, _("Give the group a name.")),
        line=line("line", plan.line, limits.MAX_LINE, _("Say in one line what the group is for.")),
        for_whom=line("for_whom", plan.for_whom, limits.MAX_ABOUT, _("Say who the group is for.")),
        not_for=line("not_for", plan.not_for, limits.MAX_ABOUT, ""),
        charter=line("charter", plan.charter, limits.MAX_CHARTER, _("Say why you are here, in a few sentences.")),
        agreements=agreements,
        kind=plan.kind if plan.kind in _KINDS else "peer",
        span="cohort" if plan.span == "cohort" else "ongoing",
        door=plan.door if plan.door in _DOORS else "open",
        readable=plan.readable,
        meets=tuple(way for way in ("online", "in_person", "phone", "paper") if way in plan.meets) or ("online",),
        place=line("place", plan.place, 80, ""),
        tint=plan.tint if plan.tint in TINTS else "moss",
        language=plan.language[:12],
        concerns=plan.concerns[: limits.MAX_CONCERNS],
    )
    if problems:
        raise Invalid(**problems)
    return clean


@transaction.atomic
def approve_group(code: str, *, by: Viewer, at: datetime) -> None:
    """
    Approve a group that has begun; it opens now, or when its second host has accepted.

    :raises NotFound: for everybody but stewards
    """
    if not by.steward:
        raise NotFound
    group = Group.objects.select_for_update().filter(code=code).first()
    if group is None:
        raise NotFound
    group.approved_on = group.approved_on or at.date()
    group.save(update_fields=["approved_on"])
    record("groups.approved", by=0, about=f"group:{group.pk}", at=at)
    open_if_ready(group, at)


@transaction.atomic
def close_group(place: Place, *, at: datetime) -> None:
    """Close a group for good; `place` is a host's. Members keep reading nothing, and their words stay theirs."""
    rules.check_leads(Persona.objects.filter(pk=place.persona).first())
    Group.objects.filter(pk=place.key, closed_on=None).update(closed_on=at.date())
    record("groups.closed", by=place.persona, about=f"group:{place.key}", at=at)
    announce("groups.closed", group=place.key)
