"""What happens to the words of somebody who leaves, changes her name, or is nobody's persona any more."""

from datetime import datetime

from kith.conversation.actions.dropping import drop
from kith.conversation.actions.everything import take_back_on_leaving
from kith.conversation.actions.picturing import drop_pictures_of, drop_unposted
from kith.conversation.actions.relaying import waits_of_one_who_left
from kith.conversation.actions.renaming import call_otherwise
from kith.conversation.models import AllRead, Draft, NoteWish, Post, ReadMark, Response, Revision
from kith.conversation.rendering import redraw_quotes_of
from kith.groups.models import Persona


def words_of_one_who_left(group: int, persona: int, words: str, at: datetime) -> None:
    """
    Keep them, leave them nameless, or take every one back: what she chose. What still waits to be taken back waits without her name.

    Drafts, marks, responses, wishes for a note, and what she had taken back before go always: she could not reach them from outside.
    """
    for kind in (AllRead, Draft, ReadMark, Response, NoteWish):
        kind.objects.filter(persona=persona).delete()
    drop(list(Post.objects.filter(author=persona, state="withdrawn").exclude(gone_at=None)), at=at)
    waits_of_one_who_left(persona)
    drop_unposted(persona)
    if words == "withdraw":
        take_back_on_leaving(persona, at=at)
    if words != "keep":
        Post.objects.filter(author=persona).update(nameless=True)
        redraw_quotes_of(persona)
        call_otherwise(group, persona, was=_name_of(persona), now="")


def words_of_one_renamed(group: int, persona: int, was: str) -> None:
    """Draw the quotes of her words under her new name, and call her by it."""
    redraw_quotes_of(persona)
    call_otherwise(group, persona, was=was, now=_name_of(persona))


def _name_of(persona: int) -> str:
    return Persona.objects.values_list("name", flat=True).get(pk=persona)


def words_of_nobody(group: int, persona: int) -> None:
    """Drop what only she could see: how her posts read before, and what a host had given back."""
    Revision.objects.filter(post__author=persona).delete()
    drop_pictures_of(*Post.objects.filter(author=persona, state="returned", pictures__isnull=False).distinct())
    Post.objects.filter(author=persona, state="returned").update(words="", note="", later="", quoted="")
