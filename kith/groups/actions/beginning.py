"""Beginning a group, approving it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.audit import record
from kith.core.errors import NotFound, SignInFirst
from kith.core.intents import answer_once
from kith.groups import personas, queries, rules, writing
from kith.groups.actions.belonging import open_if_ready
from kith.groups.models import Group, Persona
from kith.groups.plans import Plan, check_plan
from kith.groups.viewer import Viewer


@transaction.atomic
def begin_group(plan: Plan, *, by: Viewer, persona_name: str, at: datetime, intent: str = "") -> Persona:
    """
    Begin a group as its first host; it opens when a steward has approved it and a second host has accepted.

    :raises SignInFirst: for guests
    :raises Invalid: naming every field that needs another look
    """
    if by.person is None:
        raise SignInFirst(_("Sign in to begin a group."))
    plan = check_plan(plan)
    name = rules.check_persona_name(0, persona_name, field="persona")
    group = _as_group(plan, at)
    code = answer_once(0, queries.begin_key(by, intent), group.code, at)
    if code != group.code and (before := by.persona_in(code)) is not None:
        return before
    group.save(force_insert=True)
    writing.write_concerns(group, plan)
    writing.write_charter(group, plan, at)
    role = "facilitator" if plan.kind == "professional" else "host"
    persona = personas.make_persona(by.person, group, name=name, role=role, joined_on=at.date())
    record("groups.begun", by=persona.pk, about=f"group:{group.pk}", at=at)
    return persona


def _as_group(plan: Plan, at: datetime) -> Group:
    return Group(
        name=plan.name, kind=plan.kind, span=plan.span, tint=plan.tint, line=plan.line, for_whom=plan.for_whom,
        not_for=plan.not_for, door=plan.door, readable=plan.readable and plan.door == "open", language=plan.language,
        meets=",".join(plan.meets), place=plan.place, begun_on=at.date(),
    )  # fmt: skip


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
