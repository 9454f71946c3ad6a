"""Making a persona: the one place where a person meets a group."""

from datetime import date

from django.db import transaction

from kith.core import drawing
from kith.core.ids import random_key, random_seed
from kith.core.text import skeleton
from kith.groups.models import Group, Persona
from kith.notify.actions import close_mailbox, open_mailbox
from kith.people.lists import add_persona, drop_persona, read_list, replace_personas
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
    """End a membership: mailbox and list entry go; the persona itself stays as the name over words that were left."""
    if persona.owner_sealed:
        drop_persona(owner_of(persona), group=persona.group_id)
    mailbox = persona.mailbox_id
    persona.left_on, persona.mailbox, persona.asking_words, persona.note = on, None, "", ""
    persona.role = "member"
    persona.save(update_fields=["left_on", "mailbox", "asking_words", "note", "role"])
    if mailbox:
        close_mailbox(mailbox)


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
    mine = Persona.objects.filter(owner_tag__in=list(tags), left_on=None)
    return replace_personas(person, tuple(mine.values_list("group_id", "pk")))
