"""Groups as cards in a list."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from kith.groups.models import Group, GroupConcern
from kith.groups.rows import GroupCard
from kith.groups.viewer import Viewer


def listed(viewer: Viewer) -> QuerySet[Group]:
    """Groups that may stand in a list: open ones whose door is not by invitation alone."""
    return Group.objects.filter(closed_on=None).exclude(opened_on=None).exclude(door="invitation")


def list_cards(viewer: Viewer, *, keys: Iterable[int] | None = None, concern: str = "") -> list[GroupCard]:
    """List groups that strangers may know of, by name; or those of `keys`, in that order."""
    groups = listed(viewer)
    if concern:
        groups = groups.filter(Q(concerns__slug=concern) | Q(concerns__near__slug=concern)).distinct()
    if keys is None:
        return as_cards(list(groups.order_by("name", "pk")))
    order = {key: i for i, key in enumerate(keys)}
    return as_cards(sorted(groups.filter(pk__in=order), key=lambda group: order[group.pk]))


def list_newest(viewer: Viewer, *, limit: int = 6) -> list[GroupCard]:
    """List the groups that opened last."""
    return as_cards(list(listed(viewer).order_by("-opened_on", "name")[:limit]))


def count_listed(viewer: Viewer) -> int:
    """Count the groups that strangers may know of."""
    return listed(viewer).count()


def as_cards(groups: list[Group]) -> list[GroupCard]:
    """Make cards of rows, with what each group is about."""
    about = concerns_of([g.pk for g in groups])
    return [
        GroupCard(
            g.pk, g.code, g.name, g.line, g.kind, g.tint, g.emblem_seed, g.door, g.readable,
            tuple(filter(None, g.meets.split(","))), g.place, tuple(about.get(g.pk, ())),
        )
        for g in groups
    ]  # fmt: skip


def concerns_of(groups: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the slug and the name of what each of these groups is about, in their order."""
    about: dict[int, list[tuple[str, str]]] = {}
    links = GroupConcern.objects.filter(group__in=groups).order_by("group", "place", "pk")
    for group, slug, name in links.values_list("group", "concern__slug", "concern__name"):
        about.setdefault(group, []).append((slug, name))
    return about
