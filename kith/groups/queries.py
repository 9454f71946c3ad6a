"""Reads of groups: what a stranger, a member and a host may see."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from kith.core import text
from kith.core.errors import NotFound
from kith.core.intents import MAX_KEY, earlier_answer
from kith.core.markup import trusted
from kith.groups import rules
from kith.groups.models import LEADING, Charter, Group, GroupConcern, Invitation, Persona
from kith.groups.places import fetch_place
from kith.groups.plans import Plan
from kith.groups.rows import (
    Agreement,
    AskingRow,
    CharterRow,
    FrontDoor,
    GroupCard,
    Opening,
    OwnGroup,
    PersonaRow,
    Place,
    WaitingGroup,
)  # fmt: skip
from kith.groups.viewer import Viewer
from kith.people.lists import read_list
from kith.people.sealing import token_hash


def listed(viewer: Viewer) -> QuerySet[Group]:
    """Groups that may stand in a list: open ones whose door is not by invitation alone."""
    return Group.objects.filter(closed_on=None).exclude(opened_on=None).exclude(door="invitation")


def get_group(viewer: Viewer, code: str) -> Group:
    """
    Return a group that this viewer may know of.

    :raises NotFound: for all others
    """
    group = Group.objects.filter(code=code[:12]).first()
    if group is None or not rules.may_see(group, viewer.persona_in(group.code)):
        raise NotFound
    return group


def get_place(viewer: Viewer, code: str) -> Place:
    """
    Return the group around a member's page and who she is there, in one query.

    :raises SignInFirst: for guests of a group that they may know of
    :raises NotFound: for everybody else who does not belong
    """
    return fetch_place(viewer, code, reading=False)


def get_reading_place(viewer: Viewer, code: str) -> Place:
    """
    Return the place for a member, or for anybody where strangers may read.

    :raises SignInFirst: for guests of a group that they may know of
    :raises NotFound: where they may not read
    """
    return fetch_place(viewer, code, reading=True)


def get_desk_place(viewer: Viewer, code: str) -> Place:
    """
    Return the place for one who leads the group.

    :raises NotFound: for everybody else
    """
    place = get_place(viewer, code)
    if not place.leads:
        raise NotFound
    return place


def get_front_door(viewer: Viewer, code: str) -> FrontDoor:
    """
    Return what a stranger sees before coming in.

    :raises NotFound: if the viewer may not know of the group
    """
    group = get_group(viewer, code)
    persona = viewer.persona_in(group.code)
    state = "stranger" if persona is None else "member" if persona.joined_on else "asked"
    return _front_door(group, state)


def get_invited_door(viewer: Viewer, invitation: str, *, today: date) -> FrontDoor:
    """
    Return the door that an invitation leads to.

    :raises NotFound: if it was used, has run out or never was
    :raises Refused: if its group has closed
    """
    found = Invitation.objects.filter(code_hash=token_hash(invitation)).select_related("group").first()
    row = rules.check_invitation(found, today)
    persona = viewer.persona_in(row.group.code)
    return _front_door(row.group, "member" if rules.is_member(persona) else "stranger")


def _front_door(group: Group, state: str) -> FrontDoor:
    charter = Charter.objects.get(group=group, number=group.charter_number)
    return FrontDoor(
        _cards([group])[0], group.for_whom, group.not_for,
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
        concerns=tuple(slug for slug, _name in _concerns([group.pk]).get(group.pk, ())),
    )  # fmt: skip


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


def list_charters(place: Place) -> list[tuple[int, date]]:
    """List the versions of the charter and the day of each, the newest first."""
    return list(Charter.objects.filter(group=place.key).order_by("-number").values_list("number", "made_on"))


def list_leaders(group: int, *, but: int = 0) -> list[PersonaRow]:
    """List who leads a group, for everybody who may see it; `but` is a persona to leave out."""
    rows = Persona.objects.filter(group=group, left_on=None, role__in=LEADING).exclude(joined_on=None).exclude(pk=but)
    return [_persona(p) for p in rows.order_by("joined_on", "name")]


def list_members(viewer: Viewer, code: str) -> list[PersonaRow]:
    """
    List the members of a group, by name.

    :raises NotFound: for strangers
    """
    place = get_place(viewer, code)
    rows = Persona.objects.filter(group=place.key, left_on=None).exclude(joined_on=None)
    return [_persona(p) for p in rows.order_by("name")]


def count_members(group: int) -> int:
    """Count who belongs to a group now."""
    return Persona.objects.filter(group=group, left_on=None).exclude(joined_on=None).count()


def _persona(p: Persona) -> PersonaRow:
    return PersonaRow(p.handle, p.name, trusted(p.avatar), p.role, p.note)


def list_asking(place: Place) -> list[AskingRow]:
    """List who asks to come in, the longest wait first; `place` is a host's."""
    rows = Persona.objects.filter(group=place.key, joined_on=None, left_on=None).exclude(asked_on=None)
    return [
        AskingRow(p.handle, p.name, trusted(p.avatar), p.asking_words, p.asked_on)
        for p in rows.order_by("asked_on", "handle")
        if p.asked_on is not None
    ]


def list_cards(viewer: Viewer, *, keys: Iterable[int] | None = None, concern: str = "") -> list[GroupCard]:
    """List groups that strangers may know of, by name; or those of `keys`, in that order."""
    groups = listed(viewer)
    if concern:
        groups = groups.filter(Q(concerns__slug=concern) | Q(concerns__near__slug=concern)).distinct()
    if keys is None:
        return _cards(list(groups.order_by("name", "pk")))
    order = {key: i for i, key in enumerate(keys)}
    return _cards(sorted(groups.filter(pk__in=order), key=lambda group: order[group.pk]))


def list_newest(viewer: Viewer, *, limit: int = 6) -> list[GroupCard]:
    """List the groups that opened last."""
    return _cards(list(listed(viewer).order_by("-opened_on", "name")[:limit]))


def count_listed(viewer: Viewer) -> int:
    """Count the groups that strangers may know of."""
    return listed(viewer).count()


def _cards(groups: list[Group]) -> list[GroupCard]:
    about = _concerns([g.pk for g in groups])
    return [
        GroupCard(
            g.pk, g.code, g.name, g.line, g.kind, g.tint, g.emblem_seed, g.door, g.readable,
            tuple(filter(None, g.meets.split(","))), g.place, tuple(about.get(g.pk, ())),
        )
        for g in groups
    ]  # fmt: skip


def _concerns(groups: list[int]) -> dict[int, list[tuple[str, str]]]:
    about: dict[int, list[tuple[str, str]]] = {}
    links = GroupConcern.objects.filter(group__in=groups).order_by("group", "place", "pk")
    for group, slug, name in links.values_list("group", "concern__slug", "concern__name"):
        about.setdefault(group, []).append((slug, name))
    return about


def goes_by(viewer: Viewer, name: str, *, but: int = 0) -> bool:
    """Say whether I go by this name, or one that looks like it, in a group other than `but`; or did, in one that is past."""
    look = text.skeleton(name)
    owns = [*list_own_groups(viewer), *list_past_groups(viewer)]
    return any(text.skeleton(own.persona_name) == look for own in owns if own.key != but)


def begin_key(viewer: Viewer, intent: str) -> str:
    """Return the key under which a form that began a group is remembered: without the key file it tells nobody whose it was."""
    return viewer.tag(f"begin:{intent}").hex()[:MAX_KEY] if intent else ""


def find_begun(viewer: Viewer, intent: str) -> str:
    """Return the code of the group that this form has begun already; empty if it has not."""
    code = earlier_answer(0, begin_key(viewer, intent)) or ""
    return code if code and viewer.persona_in(code) else ""


def list_own_groups(viewer: Viewer) -> list[OwnGroup]:
    """List my groups and who I am in each, by the group's name."""
    if viewer.person is None:
        return []
    pairs = read_list(viewer.person).personas
    personas = {p.group_id: p for p in Persona.objects.filter(pk__in=[persona for _group, persona in pairs], left_on=None)}
    groups = list(Group.objects.filter(pk__in=personas, closed_on=None).order_by("name", "pk"))
    return [_own(card, personas[card.key]) for card in _cards(groups)]


def _own(card: GroupCard, p: Persona, past: str = "") -> OwnGroup:
    return OwnGroup(
        card,
        p.pk,
        p.handle,
        p.name,
        trusted(p.avatar),
        p.role,
        p.mailbox_id or 0,
        p.joined_on is None,
        past,
    )


def list_past_groups(viewer: Viewer) -> list[OwnGroup]:
    """List where I was: groups that I left under my name, and groups of mine that have closed; by the group's name."""
    if viewer.person is None:
        return []
    own = read_list(viewer.person)
    in_closed = Q(pk__in=[persona for _group, persona in own.personas], group__closed_on__isnull=False)
    rows = Persona.objects.filter(Q(pk__in=own.left) | in_closed).exclude(joined_on=None).select_related("group")
    personas = list(rows.order_by("group__name", "pk"))
    cards = {card.key: card for card in _cards(list({p.group_id: p.group for p in personas}.values()))}
    return [_own(cards[p.group_id], p, "closed" if p.group.closed_on else "left") for p in personas]


def get_past_group(viewer: Viewer, code: str, handle: str) -> OwnGroup:
    """
    Return who I was in a group that is past.

    :raises NotFound: if I was not
    """
    return _find(list_past_groups(viewer), code, handle)


def get_own_group(viewer: Viewer, code: str, handle: str) -> OwnGroup:
    """
    Return who I am in a group, or was in one that is past.

    :raises NotFound: if I neither am nor was
    """
    return _find([*list_own_groups(viewer), *list_past_groups(viewer)], code, handle)


def _find(owns: list[OwnGroup], code: str, handle: str) -> OwnGroup:
    found = next((own for own in owns if (own.code, own.handle) == (code, handle)), None)
    if found is None:
        raise NotFound
    return found


def is_only_leader(place: Place) -> bool:
    """Say whether nobody leads this group but the viewer, who then cannot simply leave."""
    return place.leads and len(leaders_mailboxes(place.key)) <= 1


def list_own_mailboxes(viewer: Viewer) -> list[int]:
    """List the mailboxes of all my personas and my own."""
    if viewer.person is None:
        return []
    own = read_list(viewer.person)
    personas = Persona.objects.filter(pk__in=[persona for _group, persona in own.personas], left_on=None)
    boxes = [box for box in personas.values_list("mailbox", flat=True) if box]
    return [own.mailbox, *boxes]


def leaders_mailboxes(group: int) -> list[tuple[int, int]]:
    """Pairs of persona and mailbox of those who lead a group."""
    rows = Persona.objects.filter(group=group, left_on=None, role__in=LEADING).exclude(joined_on=None).exclude(mailbox=None)
    return [(persona, box) for persona, box in rows.values_list("pk", "mailbox") if box]


def list_waiting_groups(viewer: Viewer) -> list[WaitingGroup]:
    """
    List groups that wait for a steward, but those that she has declined and nobody has changed since.

    :raises NotFound: for everybody else
    """
    groups = list(_waiting(viewer).filter(declined_on=None).order_by("begun_on", "pk"))
    return [_as_waiting(card, group) for card, group in zip(_cards(groups), groups, strict=True)]


def get_waiting_group(viewer: Viewer, code: str) -> tuple[WaitingGroup, FrontDoor]:
    """
    Return a group that waits for a steward, and all that it says of itself.

    :raises NotFound: for everybody else, and for groups that do not wait
    """
    group = _waiting(viewer).filter(code=code[:12]).first()
    if group is None:
        raise NotFound
    door = _front_door(group, "stranger")
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
