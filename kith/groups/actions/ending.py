"""Closing a group for good."""

from datetime import datetime

from django.db import transaction

from kith.core.audit import record
from kith.core.events import announce
from kith.groups import rules
from kith.groups.actions.belonging import turn_away
from kith.groups.models import Group, Persona
from kith.groups.rows import Place
from kith.notify.actions import tell


@transaction.atomic
def close_group(place: Place, *, at: datetime) -> None:
    """
    Close a group for good; `place` is a host's. Nobody reads there any more, and everybody's words stay her own.

    :raises NotFound: for everybody but hosts
    """
    rules.check_leads(place)
    end_group(Group.objects.select_for_update().get(pk=place.key), by=place.persona, at=at)


def end_group(group: Group, *, by: int, at: datetime) -> None:
    """Close a group, tell everybody else who belongs, turn away who asks to come in; under the group's lock."""
    if group.closed_on is not None:
        return
    group.closed_on = at.date()
    group.save(update_fields=["closed_on"])
    record("groups.closed", by=by, about=f"group:{group.pk}", at=at)
    for persona in Persona.objects.filter(group=group, left_on=None).exclude(pk=by).order_by("pk"):
        if persona.joined_on is None:
            turn_away(persona, group.code, group.name, at)
        elif persona.mailbox_id:
            tell(persona.mailbox_id, "groups.closed", about=group.code, at=at)
    announce("groups.closed", group=group.pk, at=at)
