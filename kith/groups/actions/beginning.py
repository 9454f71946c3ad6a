"""Beginning a group, approving it or not."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound, SignInFirst
from kith.core.events import announce
from kith.core.intents import answer_once
from kith.groups import limits, personas, queries, rules, writing
from kith.groups.actions.belonging import open_if_ready
from kith.groups.actions.checking import call_facilitators, decline_checks
from kith.groups.models import Group, Persona
from kith.groups.plans import Plan, check_plan, kind_of
from kith.groups.queries import asking_to_be_checked
from kith.groups.viewer import Viewer
from kith.notify.actions import tell, untell


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
    persona = personas.make_persona(by.person, group, name=name, role="host", joined_on=at.date())
    record("groups.begun", by=persona.pk, about=f"group:{group.pk}", at=at)
    return persona


def _as_group(plan: Plan, at: datetime) -> Group:
    return Group(
        name=plan.name, kind=kind_of(plan), span=plan.span, tint=plan.tint, line=plan.line, for_whom=plan.for_whom,
        not_for=plan.not_for, door=plan.door, readable=plan.readable and plan.door == "open", language=plan.language,
        meets=",".join(plan.meets), place=plan.place, begun_on=at.date(), relay_hours=plan.relay_hours,
    )  # fmt: skip


@transaction.atomic
def approve_group(code: str, *, by: Viewer, checked: Collection[str] = (), at: datetime) -> None:
    """
    Approve a group that has begun; it opens now, or when its second host has accepted.

    Where it wants to be called professional, or a host of one that is asks for it, `checked` holds the handles of those whom the
    steward has checked: they become facilitators.

    :raises NotFound: for everybody but stewards
    :raises Invalid: if nobody who leads such a group was checked
    """
    group = _lock(code, by)
    if group.kind == "unchecked" or asking_to_be_checked(group.pk):
        call_facilitators(group, checked, at=at)
        group.kind = "professional"
    group.approved_on = group.approved_on or at.date()
    group.declined_on, group.declined_why = None, ""
    group.save(update_fields=["kind", "approved_on", "declined_on", "declined_why"])
    record("groups.approved", by=0, about=f"group:{group.pk}", at=at)
    open_if_ready(group, at)
    announce("groups.changed", group=group.pk)


def _lock(code: str, by: Viewer) -> Group:
    if not by.steward:
        raise NotFound
    group = Group.objects.select_for_update().filter(code=code[:12], closed_on=None).first()
    if group is None:
        raise NotFound
    return group


@transaction.atomic
def decline_group(code: str, *, by: Viewer, why: str, at: datetime) -> None:
    """
    Say no to a group that waits for a steward, for now: those who lead it are told why, and may change it and so ask again.

    :raises NotFound: for everybody but stewards, and for groups that do not wait
    :raises Invalid: without a reason, or with too much of it
    """
    group, why = _lock(code, by), text.clean(why)
    settled = group.opened_on is not None and group.kind != "unchecked"
    if settled and not asking_to_be_checked(group.pk):
        raise NotFound
    if text.is_blank(why):
        raise Invalid(why=_("Write why, so that they know what to change. A line is enough."))
    text.check_length(why, limits.MAX_WHY, field="why")
    record("groups.declined_opening", by=0, about=f"group:{group.pk}", at=at)
    decline_checks(group, why, at=at)
    if settled or group.declined_why == why:
        return
    group.approved_on = group.approved_on if group.opened_on else None
    group.declined_on, group.declined_why = at.date(), why
    group.save(update_fields=["approved_on", "declined_on", "declined_why"])
    untell("groups.not_yet", group.code)
    for _host, mailbox in queries.leaders_mailboxes(group.pk):
        tell(mailbox, "groups.not_yet", about=group.code, at=at)
