"""Leaving a group, and what becomes of one's words there."""

from datetime import datetime

from django.db import transaction

from kith.core import erasing
from kith.core.audit import record
from kith.core.events import announce
from kith.groups import personas, queries, rules
from kith.groups.actions.numbering import hold_group
from kith.groups.models import Group, Persona
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.notify.actions import call_otherwise
from kith.people.sealing import erasure_tag


@transaction.atomic
def leave_group(place: Place, *, words: str, at: datetime) -> None:
    """
    Leave at once, with a choice about what one wrote: "keep", "nameless" or "withdraw".

    :raises Refused: for the last host
    """
    group = Group.objects.select_for_update().get(pk=place.key)
    persona = Persona.objects.get(pk=place.persona)
    rules.check_may_leave(persona, len(queries.leaders_mailboxes(group.pk)))
    part_with_words(persona, words=words, at=at)


@transaction.atomic
def choose_again(by: Viewer, code: str, handle: str, *, words: str, at: datetime) -> None:
    """
    Choose anew what becomes of one's words in a group that is past: "nameless" or "withdraw".

    :raises NotFound: if I was not in it
    """
    past = queries.get_past_group(by, code, handle)
    hold_group(past.key)
    part_with_words(Persona.objects.select_for_update().get(pk=past.persona), words=words, at=at)


def part_with_words(persona: Persona, *, words: str, at: datetime, for_good: bool = False) -> None:
    """
    End a membership, if it has not ended, and do with its words what was chosen; inside the caller's transaction.

    Words that lose their name, and all words of an account that closes (`for_good`), are nobody's afterwards.
    """
    if persona.left_on is None:
        record("groups.left", by=persona.pk, about=f"group:{persona.group_id}", at=at)
        personas.part_persona(persona, on=at.date())
        _check_anew_without_professional(persona.group_id)
    announce("groups.left", group=persona.group_id, persona=persona.pk, words=words, at=at)
    erasing.note(f"groups.{words}", tag_of(persona.pk), at=at)
    nameless = words != "keep" or persona.joined_on is None
    if nameless:
        call_otherwise(personas.mailboxes_in(persona.group_id), was=persona.name, now="")
    if nameless or for_good:
        personas.release_persona(persona, nameless=nameless)
        announce("groups.released", group=persona.group_id, persona=persona.pk)


def tag_of(persona: int) -> bytes:
    """Tag a membership, to be ended once more where an older copy is restored."""
    return erasure_tag(f"persona:{persona}")


def _check_anew_without_professional(group: int) -> None:
    """Have a steward check a group again once its last facilitator has gone: until then it is not called professional."""
    if not Persona.objects.filter(group=group, left_on=None, role="facilitator").exists():
        Group.objects.filter(pk=group, kind="professional").update(kind="unchecked")
