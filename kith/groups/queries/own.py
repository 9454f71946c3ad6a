"""My own groups: those I am in, those I was in, and my names there."""

from typing import Any

from django.db.models import Q

from kith.core import text
from kith.core.errors import NotFound
from kith.core.intents import MAX_KEY, earlier_answer
from kith.core.markup import trusted
from kith.groups.models import Group, Persona
from kith.groups.queries.cards import as_cards
from kith.groups.rows import GroupCard, OwnGroup
from kith.groups.viewer import Viewer
from kith.people.lists import read_list
from kith.people.sealing import errand_tag


def list_own_groups(viewer: Viewer) -> list[OwnGroup]:
    """List my groups and who I am in each, by the group's name."""
    if viewer.person is None:
        return []
    pairs = read_list(viewer.person).personas
    personas = {p.group_id: p for p in Persona.objects.filter(pk__in=[persona for _group, persona in pairs], left_on=None)}
    groups = list(Group.objects.filter(pk__in=personas, closed_on=None).order_by("name", "pk"))
    return [_own(card, personas[card.key]) for card in as_cards(groups)]


def list_past_groups(viewer: Viewer) -> list[OwnGroup]:
    """List where I was: groups that I left under my name, and groups of mine that have closed; by the group's name."""
    if viewer.person is None:
        return []
    own = read_list(viewer.person)
    in_closed = Q(pk__in=[persona for _group, persona in own.personas], group__closed_on__isnull=False)
    rows = Persona.objects.filter(Q(pk__in=own.left) | in_closed).exclude(joined_on=None).select_related("group")
    personas = list(rows.order_by("group__name", "pk"))
    cards = {card.key: card for card in as_cards(list({p.group_id: p.group for p in personas}.values()))}
    return [_own(cards[p.group_id], p, "closed" if p.group.closed_on else "left") for p in personas]


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


def list_own_mailboxes(viewer: Viewer) -> list[int]:
    """List the mailboxes of all my personas and my own."""
    if viewer.person is None:
        return []
    own = read_list(viewer.person)
    personas = Persona.objects.filter(pk__in=[persona for _group, persona in own.personas], left_on=None)
    boxes = [box for box in personas.values_list("mailbox", flat=True) if box]
    return [own.mailbox, *boxes]


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


def list_own_keys(person: int) -> dict[str, list[Any]]:
    """Return by which keys rows are a person's, by the names of `core.inventory.OWNERS`: only the list that is locked in her row knows."""
    own = read_list(person)
    personas = [*[persona for _group, persona in own.personas], *own.left]
    boxes = [box for box in Persona.objects.filter(pk__in=personas).values_list("mailbox", flat=True) if box]
    errands = [errand_tag(key) for key in (person, *personas)]
    return {"person": [person], "persona": personas, "mailbox": [own.mailbox, *boxes], "errand": errands}
