"""Changing one's words, at any time."""

from datetime import datetime

from django.db import transaction

from kith.conversation import limits, rules, search
from kith.conversation.actions.picturing import Wanted, change_pictures
from kith.conversation.actions.wishing import end_note_wishes
from kith.conversation.mentions import find_named, keep_named
from kith.conversation.models import Draft, Post, Revision, Topic
from kith.conversation.rendering import SHOWN, draw_post, drop_quotes_of
from kith.core.audit import record
from kith.core.errors import NotFound
from kith.core.events import show
from kith.groups.actions import hold_group
from kith.groups.rows import Mine, Place


@transaction.atomic
def edit_post(
    place: Place, number: int, *, words: str, note: str = "", title: str | None = None, wish: str | None = None,
    pictures: Wanted | None = None, at: datetime,
) -> Post:  # fmt: skip
    """
    Change a post; how it read before is kept for its author alone, but a picture that she takes out is gone. None leaves pictures.

    :raises NotFound: for everybody but the author
    :raises Refused: once it was taken back
    :raises Invalid: if nothing is left of it, or it is too long
    """
    words, note = rules.check_words(words), rules.check_note(note)
    post = lock_own(place, number)
    rules.check_still_there(post)
    title = rules.check_title(title) if title is not None and post.place == 1 and not post.topic.line_id else None
    redrawn = pictures is not None and change_pictures(place, post, pictures)
    reworded = (words, note) != (post.words, post.note)
    if reworded or title not in (None, post.topic.title):
        keep_form(post, at)
    if reworded or redrawn:
        post.words, post.note, post.edited_on = words, note, at.date()
        _name_anew(post, place, at)
        post.html = draw_post(post) if post.state in SHOWN else ""
        post.save(update_fields=["words", "note", "html", "edited_on"])
        drop_quotes_of(post)
    if post.note:
        end_note_wishes(post, place.code)
    if post.place == 1:
        _change_topic(post.topic, title, wish)
    search.renew(post.pk)
    Draft.objects.filter(persona=place.persona, place=f"edit:{number}").delete()
    record("conversation.edited", by=place.persona, about=f"post:{post.pk}", at=at)
    show(f"topic:{post.topic_id}", "changed", post.number, at)
    return post


@transaction.atomic
def note_post(place: Place, number: int, *, note: str, at: datetime) -> Post:
    """
    Put a content note on one's own post with one press; its words, and a draft of other words, stay.

    :raises NotFound: for everybody but the author
    :raises Refused: once it was taken back
    :raises Invalid: if the note is too long
    """
    note = rules.check_note(note)
    post = lock_own(place, number)
    rules.check_still_there(post)
    if note and note != post.note:
        keep_form(post, at)
        post.note, post.edited_on = note, at.date()
        post.save(update_fields=["note", "edited_on"])
        Draft.objects.filter(persona=place.persona, place=f"edit:{number}").update(note=note)
        record("conversation.edited", by=place.persona, about=f"post:{post.pk}", at=at)
        show(f"topic:{post.topic_id}", "changed", post.number, at)
    if post.note:
        end_note_wishes(post, place.code)
    return post


def _name_anew(post: Post, place: Place, at: datetime) -> None:
    if post.topic.line_id is None and post.state == "":
        named = find_named(post.group_id, post.words, post=post.pk)
        who = "" if post.nameless else place.persona_name
        about = f"{place.code}:{post.topic.number}:{post.number}"
        keep_named(post.pk, named, told={place.persona}, about=about, who=who, at=at)


def lock_own(place: Mine, number: int) -> Post:
    """
    Return one's own post with its topic, locked, and hold its group: somebody may be quoting or answering it. Inside the caller's transaction.

    :raises NotFound: for everybody but the author
    """
    hold_group(place.key)
    found = Post.objects.select_for_update(of=("self",)).filter(group=place.key, number=number)
    post = found.select_related("topic", "author").first()
    if post is None or post.author_id != place.persona:
        raise NotFound
    return post


def keep_form(post: Post, at: datetime) -> None:
    """Keep how a post reads now, for its author alone."""
    title, wish = (post.topic.title, post.topic.wish) if post.place == 1 else ("", "")
    Revision.objects.create(post=post, words=post.words, note=post.note, title=title, wish=wish, later=post.later, until=at)


def _change_topic(topic: Topic, title: str | None, wish: str | None) -> None:
    if title is not None:
        topic.title = title
    if wish is not None:
        topic.wish = wish if wish in limits.WISHES else ""
    topic.save(update_fields=["title", "wish"])
