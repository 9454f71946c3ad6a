"""Groups that wait for a steward."""

from django.db.models import Q, QuerySet

from kith.core.errors import NotFound
from kith.groups.models import Group, Persona
from kith.groups.queries.cards import as_cards
from kith.groups.queries.doors import front_door
from kith.groups.queries.members import list_leaders
from kith.groups.rows import FrontDoor, GroupCard, Opening, OwnCheck, Place, WaitingGroup
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
    asks = Q(pk__in=_asking().values("group"))
    return Group.objects.filter(Q(opened_on=None) | Q(kind="unchecked") | asks, closed_on=None)


def _asking() -> QuerySet[Persona]:
    """Hosts of professional groups who ask a steward to check that they are professionals too."""
    hosts = Persona.objects.filter(left_on=None, role="host", group__kind="professional")
    return hosts.exclude(check_asked_on=None)


def asking_to_be_checked(group: int) -> list[Persona]:
    """List who asks a steward to be checked in a group."""
    return list(_asking().filter(group=group).order_by("check_asked_on", "handle"))


def get_own_check(place: Place) -> OwnCheck:
    """Return what I asked a steward about myself, and what she said; `place` is a host's."""
    asked_on, why = Persona.objects.values_list("check_asked_on", "check_why").get(pk=place.persona)
    return OwnCheck(place.kind == "professional" and place.role == "host", asked_on is not None, why)


def _as_waiting(card: GroupCard, group: Group) -> WaitingGroup:
    leaders = len(list_leaders(card.key))
    asks = tuple(persona.handle for persona in asking_to_be_checked(card.key))
    return WaitingGroup(card, leaders, group.approved_on is not None, group.opened_on is not None, group.begun_on, asks)


def get_opening(place: Place) -> Opening:
    """Return what a steward has said to a group; `place` is a host's."""
    approved_on, why = Group.objects.values_list("approved_on", "declined_why").get(pk=place.key)
    return Opening(approved_on is not None, why)
