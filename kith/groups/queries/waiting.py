"""Groups that wait for a steward."""

from django.db.models import Q, QuerySet

from kith.core.errors import NotFound
from kith.groups.models import Group
from kith.groups.queries.cards import as_cards
from kith.groups.queries.doors import front_door
from kith.groups.queries.members import list_leaders
from kith.groups.rows import FrontDoor, GroupCard, Opening, Place, WaitingGroup
from kith.groups.viewer import Viewer


def list_waiting_groups(viewer: Viewer) -> list[WaitingGroup]:
    """
    List groups that wait for a steward, but those that she has declined and nobody has changed since.

    :raises NotFound: for everybody else
    """
    groups = list(_waiting(viewer).filter(declined_on=None).order_by("begun_on", "pk"))
    return [_as_waiting(card, group) for card, group in zip(as_cards(groups), groups, strict=True)]


def get_waiting_group(viewer: Viewer, code: str) -> tuple[WaitingGroup, FrontDoor]:
    """
    Return a group that waits for a steward, and all that it says of itself.

    :raises NotFound: for everybody else, and for groups that do not wait
    """
    group = _waiting(viewer).filter(code=code[:12]).first()
    if group is None:
        raise NotFound
    door = front_door(group, "stranger")
    return _as_waiting(door.card, group), door


def _waiting(viewer: Viewer) -> QuerySet[Group]:
    if not viewer.steward:
        raise NotFound
    return Group.objects.filter(Q(opened_on=None) | Q(kind="unchecked"), closed_on=None)


def _as_waiting(card: GroupCard, group: Group) -> WaitingGroup:
    leaders = len(list_leaders(card.key))
    return WaitingGroup(card, leaders, group.approved_on is not None, group.opened_on is not None, group.begun_on)


def get_opening(place: Place) -> Opening:
    """Return what a steward has said to a group; `place` is a host's."""
    approved_on, why = Group.objects.values_list("approved_on", "declined_why").get(pk=place.key)
    return Opening(approved_on is not None, why)
