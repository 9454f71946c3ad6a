"""What a group says of itself: its front door, its charter, its plan."""

from datetime import date

from kith.core.errors import NotFound
from kith.core.markup import trusted
from kith.groups import rules
from kith.groups.models import Charter, Group, Invitation, Persona
from kith.groups.plans import Plan
from kith.groups.queries.cards import as_cards, concerns_of
from kith.groups.queries.members import list_leaders
from kith.groups.rows import Agreement, CharterNews, CharterRow, FrontDoor, Place
from kith.groups.viewer import Viewer
from kith.people.sealing import token_hash


def get_group(viewer: Viewer, code: str) -> Group:
    """
    Return a group that this viewer may know of.

    :raises NotFound: for all others
    """
    group = Group.objects.filter(code=code[:12]).first()
    if group is None or not rules.may_see(group, viewer.persona_in(group.code)):
        raise NotFound
    return group


def get_front_door(viewer: Viewer, code: str) -> FrontDoor:
    """
    Return what a stranger sees before coming in.

    :raises NotFound: if the viewer may not know of the group
    """
    group = get_group(viewer, code)
    persona = viewer.persona_in(group.code)
    state = "stranger" if persona is None else "member" if persona.joined_on else "asked"
    return front_door(group, state)


def get_invited_door(viewer: Viewer, invitation: str, *, today: date) -> FrontDoor:
    """
    Return the door that an invitation leads to.

    :raises NotFound: if it was used, has run out or never was
    :raises Refused: if its group has closed
    """
    found = Invitation.objects.filter(code_hash=token_hash(invitation)).select_related("group").first()
    row = rules.check_invitation(found, today)
    persona = viewer.persona_in(row.group.code)
    return front_door(row.group, "member" if rules.is_member(persona) else "stranger")


def front_door(group: Group, state: str) -> FrontDoor:
    """Return what a group says of itself to one who is a "stranger", has "asked" or is a "member"."""
    charter = Charter.objects.get(group=group, number=group.charter_number)
    return FrontDoor(
        as_cards([group])[0], group.for_whom, group.not_for,
        trusted(charter.html), charter.number, charter.made_on,
        tuple(Agreement(**agreement) for agreement in charter.agreements),
        tuple(list_leaders(group.pk)), state, group.language, group.opened_on is not None,
    )  # fmt: skip


def get_plan(place: Place) -> Plan:
    """Return what a group says of itself, as its hosts may change it."""
    group = Group.objects.get(pk=place.key)
    charter = Charter.objects.get(group=group, number=group.charter_number)
    return Plan(
        name=group.name, line=group.line, for_whom=group.for_whom, not_for=group.not_for, charter=charter.words,
        agreements=tuple((a["title"], a["text"]) for a in charter.agreements),
        kind="professional" if group.kind == "unchecked" else group.kind, span=group.span, door=group.door,
        readable=group.readable, meets=tuple(group.meets.split(",")), place=group.place, tint=group.tint, language=group.language,
        concerns=tuple(slug for slug, _name in concerns_of([group.pk]).get(group.pk, ())),
        relay_hours=group.relay_hours,
    )  # fmt: skip


def relay_hours(place: Place) -> int:
    """Return for how many hours a post waits here before all hosts are told."""
    return Group.objects.values_list("relay_hours", flat=True).get(pk=place.key)


def get_charter(place: Place, number: int) -> CharterRow:
    """
    Return one version of the charter, for a member.

    :raises NotFound: if there is no such version
    """
    charter = Charter.objects.filter(group=place.key, number=number).first()
    if charter is None:
        raise NotFound
    agreements = tuple(Agreement(**agreement) for agreement in charter.agreements)
    return CharterRow(charter.number, charter.made_on, trusted(charter.html), agreements)


def get_news_of_charter(place: Place) -> CharterNews | None:
    """Return what the group agrees otherwise now than when this member last said that she had read it; None if nothing."""
    read, group = Persona.objects.values_list("charter_number", "group__charter_number").get(pk=place.persona)
    if read >= group:
        return None
    versions = Charter.objects.filter(group=place.key, number__in=(read, group)).order_by("number")
    before, now = ([Agreement(**one) for one in row.agreements] for row in versions) if len(versions) == 2 else ([], [])
    known = {one.title for one in now}
    return CharterNews(
        group, read, tuple(one for one in now if one not in before), tuple(one.title for one in before if one.title not in known)
    )


def list_charters(place: Place) -> list[tuple[int, date]]:
    """List the versions of the charter and the day of each, the newest first."""
    return list(Charter.objects.filter(group=place.key).order_by("-number").values_list("number", "made_on"))
