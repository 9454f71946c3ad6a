"""What hosts do for a group, and what a member sets for herself in it."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.audit import record
from kith.core.errors import Invalid
from kith.core.events import announce
from kith.core.ids import random_code
from kith.core.intents import KEEP_DAYS, answer_once
from kith.groups import rules, writing
from kith.groups.models import Charter, Group, Invitation, Persona
from kith.groups.plans import Plan, check_plan, kind_of
from kith.groups.rows import NewInvitation, Place
from kith.notify.actions import set_wants_mail
from kith.people.sealing import seal, token_hash, unseal

_SAID = ("name", "line", "for_whom", "not_for", "span", "door", "place", "tint", "language", "relay_hours")


@transaction.atomic
def invite(place: Place, *, role: str, at: datetime, intent: str = "") -> NewInvitation:
    """
    Make an invitation that works once, for a member or for another host; `place` is a host's.

    The same form sent twice makes one: its code is kept with the answer, sealed, for as long as answers are kept.
    """
    host = rules.check_leads(place)
    role = "host" if role == "host" else "member"
    code = _code_for(place.persona, f"{role}:{intent}" if intent else "", at)
    _row, is_new = Invitation.objects.get_or_create(
        code_hash=token_hash(code), defaults={"group_id": place.key, "role": role, "made_by": host, "made_on": at.date()}
    )
    if is_new:
        record("groups.invited", by=place.persona, about=f"group:{place.key}", at=at)
    return NewInvitation(code, role)


def drop_old_invitations(*, at: datetime) -> None:
    """
    Forget invitations that nobody can use any more.

    They outlive the answers to the forms that made them: such a form sent again finds its old invitation, used up as it is.
    """
    Invitation.objects.filter(made_on__lt=at.date() - timedelta(days=KEEP_DAYS + 1)).delete()


def _code_for(persona: int, intent: str, at: datetime) -> str:
    """Return the code that this form was answered with before, or a new one."""
    where = f"intent.invitation:{persona}"
    fresh = b64encode(seal(random_code(16).encode(), place=where)).decode()
    return unseal(b64decode(answer_once(persona, intent, fresh, at)), place=where).decode()


@transaction.atomic
def change_group(place: Place, plan: Plan, *, base: int, at: datetime) -> int:
    """
    Change what a group says of itself and how one comes in; `place` is a host's, `base` the charter that was changed from.

    Return the number of the charter, which is a new one only if its words or agreements changed; the old ones stay readable.
    A door is never opened wider than it was: people wrote behind it.

    :raises Invalid: naming every field that needs another look
    """
    rules.check_leads(place)
    plan = check_plan(plan)
    group = Group.objects.select_for_update().get(pk=place.key)
    if base != group.charter_number:
        raise Invalid(charter=_("Another host has changed this since you opened it. Look at what they wrote, then save again."))
    rules.check_door(group, plan)
    for name in _SAID:
        setattr(group, name, getattr(plan, name))
    group.kind, group.declined_on, group.declined_why = kind_of(plan, group.kind), None, ""
    group.readable, group.meets = plan.readable and plan.door == "open", ",".join(plan.meets)
    before = Charter.objects.get(group=group, number=group.charter_number)
    if (before.words, before.agreements) != (plan.charter, [{"title": t, "text": w} for t, w in plan.agreements]):
        group.charter_number += 1
        writing.write_charter(group, plan, at)
    group.save()
    writing.write_concerns(group, plan)
    record("groups.changed", by=place.persona, about=f"group:{place.key}", at=at)
    announce("groups.changed", group=place.key)
    return group.charter_number


def set_willing(place: Place, *, wants: bool) -> None:
    """Say whether I am glad to be told when somebody in this group waits for an answer."""
    Persona.objects.filter(pk=place.persona).update(willing=wants)


def set_mail(place: Place, *, wants: bool) -> None:
    """Say whether a letter may tell me that a notice of this group waits."""
    if place.mailbox:
        set_wants_mail(place.mailbox, wants)
