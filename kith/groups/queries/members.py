"""Who belongs to a group, and the place around their pages."""

from kith.core.errors import NotFound
from kith.core.markup import trusted
from kith.groups import rules
from kith.groups.models import LEADING, Persona
from kith.groups.places import fetch_place
from kith.groups.rows import AskingRow, PersonaRow, Place
from kith.groups.viewer import Viewer


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
    :raises StepFirst: for one who has not come with a second step
    """
    place = get_place(viewer, code)
    if place.lacks_step:
        rules.check_step(strong=False)
    if not place.leads:
        raise NotFound
    return place


def list_leaders(group: int, *, but: int = 0) -> list[PersonaRow]:
    """List who leads a group, for everybody who may see it; `but` is a persona to leave out."""
    rows = Persona.objects.filter(group=group, left_on=None, role__in=LEADING).exclude(joined_on=None).exclude(pk=but)
    return [persona_row(p) for p in rows.order_by("joined_on", "name")]


def list_members(viewer: Viewer, code: str) -> list[PersonaRow]:
    """
    List the members of a group, by name.

    :raises NotFound: for strangers
    """
    place = get_place(viewer, code)
    rows = Persona.objects.filter(group=place.key, left_on=None).exclude(joined_on=None)
    return [persona_row(p) for p in rows.order_by("name")]


def count_members(group: int) -> int:
    """Count who belongs to a group now."""
    return Persona.objects.filter(group=group, left_on=None).exclude(joined_on=None).count()


def persona_row(p: Persona) -> PersonaRow:
    """Make a face of a row."""
    return PersonaRow(p.handle, p.name, trusted(p.avatar), p.role, p.note)


def is_willing(place: Place) -> bool:
    """Say whether I am glad to be told when somebody in this group waits for an answer."""
    return Persona.objects.filter(pk=place.persona, willing=True).exists()


def list_asking(place: Place) -> list[AskingRow]:
    """List who asks to come in, the longest wait first; `place` is a host's."""
    rows = Persona.objects.filter(group=place.key, joined_on=None, left_on=None).exclude(asked_on=None)
    return [
        AskingRow(p.handle, p.name, trusted(p.avatar), p.asking_words, p.asked_on)
        for p in rows.order_by("asked_on", "handle")
        if p.asked_on is not None
    ]


def is_only_leader(place: Place) -> bool:
    """Say whether nobody leads this group but the viewer, who then cannot simply leave."""
    return place.role in LEADING and len(leaders_mailboxes(place.key)) <= 1


def willing_mailboxes(group: int, *, but: int) -> list[tuple[int, int]]:
    """Pairs of persona and mailbox of members who are glad to be told when somebody waits; `but` is a persona to leave out."""
    rows = Persona.objects.filter(group=group, left_on=None, willing=True).exclude(joined_on=None).exclude(pk=but)
    return [(persona, box) for persona, box in rows.values_list("pk", "mailbox") if box]


def leaders_mailboxes(group: int) -> list[tuple[int, int]]:
    """Pairs of persona and mailbox of those who lead a group."""
    rows = Persona.objects.filter(group=group, left_on=None, role__in=LEADING).exclude(joined_on=None).exclude(mailbox=None)
    return [(persona, box) for persona, box in rows.values_list("pk", "mailbox") if box]
