"""Checking professionals: who leads a group that is called professional, and those who come to it later."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.audit import record
from kith.core.errors import Invalid, NotFound
from kith.groups import rules
from kith.groups.models import LEADING, Group, Persona
from kith.groups.queries import asking_to_be_checked
from kith.groups.rows import Place
from kith.notify.actions import tell, untell


@transaction.atomic
def ask_check(place: Place, *, at: datetime) -> None:
    """
    Ask a steward to check that I am a professional; `place` is a host's, of a group that is run by one already.

    :raises NotFound: for everybody else
    """
    host = rules.check_leads(place, lock=True)
    if place.kind != "professional" or host.role == "facilitator":
        raise NotFound
    if host.check_asked_on is None:
        host.check_asked_on, host.check_why = at.date(), ""
        host.save(update_fields=["check_asked_on", "check_why"])
        record("groups.asked_check", by=host.pk, about=f"group:{place.key}", at=at)


def call_facilitators(group: Group, checked: Collection[str], *, at: datetime) -> None:
    """
    Make facilitators of those whom a steward has checked, named by handle; inside the caller's transaction.

    :raises Invalid: if nobody who leads this group was checked
    """
    leaders = Persona.objects.filter(group=group, left_on=None, role__in=LEADING, handle__in=checked).exclude(joined_on=None)
    found = list(leaders)
    if not found:
        raise Invalid(checked=_("Tick whom you have checked. A group is called professional only if you know who leads it."))
    asked = [leader for leader in found if leader.check_asked_on]
    leaders.update(role="facilitator", check_asked_on=None, check_why="")
    for leader in asked:
        _answer(group, leader, at)


def decline_checks(group: Group, why: str, *, at: datetime) -> None:
    """Say to all who ask here why they are not called professionals for now; inside the caller's transaction."""
    for leader in asking_to_be_checked(group.pk):
        leader.check_asked_on, leader.check_why = None, why
        leader.save(update_fields=["check_asked_on", "check_why"])
        _answer(group, leader, at)


def _answer(group: Group, leader: Persona, at: datetime) -> None:
    if leader.mailbox_id:
        untell("groups.checked", f"{group.code}:{leader.handle}")
        tell(leader.mailbox_id, "groups.checked", about=f"{group.code}:{leader.handle}", at=at)
