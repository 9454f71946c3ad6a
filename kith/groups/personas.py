"""Making a persona: the one place where a person meets a group."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kith.core import drawing
from kith.core.ids import random_key, random_seed
from kith.core.text import skeleton
from kith.groups.models import Group, Persona
from kith.notify.actions import close_mailbox, open_mailbox
from kith.people.lists import add_persona, drop_persona, forget_persona, leave_persona, read_list, replace_personas
from kith.people.sealing import owner_tag, seal_owner, unseal_owner


def make_persona(
    person: int, group: Group, *, name: str, role: str = "member", note: str = "",
    asked_on: date | None = None, joined_on: date | None = None, words: str = "",
) -> Persona:  # fmt: skip
    """Make the persona of a person in a group, with a mailbox of its own, and put it into her sealed list."""
    key, seed = random_key(), random_seed()
    persona = Persona.objects.create(
        id=key, group=group, name=name, skeleton=skeleton(name), avatar_seed=seed, avatar=drawing.avatar(seed),
        role=role, note=note, asked_on=asked_on, joined_on=joined_on, asking_words=words,
        charter_number=group.charter_number, mailbox_id=open_mailbox(person),
        owner_tag=owner_tag(person, group.code), owner_sealed=seal_owner(person, place=f"persona.owner:{key}"),
    )  # fmt: skip
    add_persona(person, group=group.pk, persona=key)
    return persona


def part_persona(persona: Persona, *, on: date) -> None:
    """
    End a membership: its mailbox goes; the persona itself stays as the name over words that were left.

    Her list keeps it as one that has left, so that she reaches those words; a persona that only asked to come in goes from it.
    """
    if persona.owner_sealed and persona.joined_on:
        leave_persona(owner_of(persona), group=persona.group_id, persona=persona.pk)
    elif persona.owner_sealed:
        drop_persona(owner_of(persona), group=persona.group_id)
    mailbox = persona.mailbox_id
    persona.left_on, persona.mailbox, persona.asking_words, persona.note = on, None, "", ""
    persona.role = "member"
    persona.save(update_fields=["left_on", "mailbox", "asking_words", "note", "role"])
    if mailbox:
        close_mailbox(mailbox)


def release_persona(persona: Persona, *, nameless: bool) -> None:
    """Cut a persona that has left off from its person, for good; with `nameless` its name and its face go too."""
    if persona.owner_sealed:
        forget_persona(owner_of(persona), persona=persona.pk)
    persona.owner_tag = persona.owner_sealed = None
    if nameless:
        persona.name, persona.skeleton = "", f"left:{persona.handle}"
        persona.avatar_seed, persona.avatar = "nameless", drawing.avatar("nameless")
    persona.save(update_fields=["name", "skeleton", "avatar_seed", "avatar", "owner_tag", "owner_sealed"])


def mailboxes_in(group: int) -> QuerySet[Persona, Any]:
    """Name the mailboxes of everybody in a group, for one statement on their notices."""
    return Persona.objects.filter(group=group, left_on=None).exclude(mailbox=None).values("mailbox")


def owner_of(persona: Persona) -> int:
    """Open whose persona this is, in memory, for a job or her own act."""
    return unseal_owner(persona.owner_sealed or b"", place=f"persona.owner:{persona.pk}")


def own_mailbox_of(persona: Persona) -> int:
    """Return the mailbox of the person herself, for what must reach her after this persona has gone."""
    return read_list(owner_of(persona)).mailbox


@transaction.atomic
def relink_person(person: int) -> bool:
    """Rebuild a person's sealed list from the tags of her personas; say whether it was wrong."""
    tags = {owner_tag(person, code): key for key, code in Group.objects.values_list("pk", "code")}
    mine = Persona.objects.filter(owner_tag__in=list(tags))
    left = mine.exclude(left_on=None).exclude(joined_on=None)
    return replace_personas(person, mine.filter(left_on=None).values_list("group_id", "pk"), left.values_list("pk", flat=True))
