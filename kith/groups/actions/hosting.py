"""What hosts do for a group, and what a member sets for herself in it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid
from kith.core.events import announce
from kith.core.ids import random_code
from kith.groups import limits, rules
from kith.groups.models import Charter, Group, Invitation, Persona
from kith.groups.rows import NewInvitation, Place
from kith.notify.actions import set_wants_mail
from kith.people.sealing import token_hash


@transaction.atomic
def invite(place: Place, *, role: str, at: datetime) -> NewInvitation:
    """Make an invitation that works once, for a member or for another host; `place` is a host's."""
    host = rules.check_leads(Persona.objects.filter(pk=place.persona).first())
    role = host.role if role == "host" else "member"
    code = random_code(16)
    Invitation.objects.create(group_id=place.key, code_hash=token_hash(code), role=role, made_by=host, made_on=at.date())
    record("groups.invited", by=place.persona, about=f"group:{place.key}", at=at)
    return NewInvitation(code, role)


@transaction.atomic
def change_charter(place: Place, *, words: str, agreements: list[tuple[str, str]], at: datetime) -> int:
    """
    Write a new version of the charter; the old ones stay readable. Return its number.

    :raises Invalid: if it is empty or too long
    """
    rules.check_leads(Persona.objects.filter(pk=place.persona).first())
    words = text.clean(words)
    if text.is_blank(words) or len(words) > limits.MAX_CHARTER:
        raise Invalid(charter=_("Say why you are here, in %(n)s letters or fewer.") % {"n": limits.MAX_CHARTER})
    group = Group.objects.select_for_update().get(pk=place.key)
    group.charter_number += 1
    group.save(update_fields=["charter_number"])
    lines = [{"title": text.clean(t, one_line=True), "text": text.clean(w, one_line=True)} for t, w in agreements]
    Charter.objects.create(
        group=group, number=group.charter_number, words=words, html=text.render(words),
        agreements=[line for line in lines if line["title"]][: limits.MAX_AGREEMENTS], made_on=at.date(),
    )  # fmt: skip
    record("groups.charter_changed", by=place.persona, about=f"group:{place.key}", at=at)
    announce("groups.charter_changed", group=place.key)
    return group.charter_number


def set_mail(place: Place, *, wants: bool) -> None:
    """Say whether a letter may tell me that a notice of this group waits."""
    if place.mailbox:
        set_wants_mail(place.mailbox, wants)
