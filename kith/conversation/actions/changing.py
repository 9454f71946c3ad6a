"""Changing one's words and taking them back, at any time."""

from datetime import datetime

from django.db import transaction

from kith.conversation import limits, rules, search
from kith.conversation.actions.picturing import Wanted, change_pictures, drop_pictures_of, hide_pictures_of
from kith.conversation.actions.relaying import stop_waiting
from kith.conversation.actions.wishing import end_note_wishes
from kith.conversation.mentions import find_named, keep_named
from kith.conversation.models import Draft, Mention, Post, Response, Revision, Topic
from kith.conversation.rendering import SHOWN, draw_post, drop_quotes_of
from kith.core.audit import record
from kith.core.errors import NotFound
from kith.core.events import announce, show
from kith.groups.rows import Mine, Place
from kith.notify.actions import untell


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
    post = _lock(place, number)
    rules.check_own(place, post)
    redrawn = pictures is not None and change_pictures(place, post, pictures)
    if reworded := (words, note) != (post.words, post.note):
        Revision.objects.create(post=post, words=post.words, note=post.note, until=at)
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
    post = _lock(place, number)
    rules.check_own(place, post)
    if note and note != post.note:
        Revision.objects.create(post=post, words=post.words, note=post.note, until=at)
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
        named = find_named(post.group_id, post.words)
        who = "" if post.nameless else place.persona_name
        about = f"{place.code}:{post.topic.number}:{post.number}"
        keep_named(post.pk, named, told={place.persona}, about=about, who=who, at=at)


def _lock(place: Mine, number: int) -> Post:
    post = Post.objects.select_for_update(of=("self",)).filter(group=place.key, number=number).first()
    if post is None:
        raise NotFound
    return post


def _change_topic(topic: Topic, title: str | None, wish: str | None) -> None:
    if title is not None:
        topic.title = rules.check_title(title)
    if wish is not None:
        topic.wish = wish if wish in limits.WISHES else ""
    topic.save(update_fields=["title", "wish"])


@transaction.atomic
def withdraw_post(place: Mine, number: int, *, at: datetime) -> Post:
    """
    Take a post back: its words leave the page, every quote and every waiting notice at once.

    A member can still read it in her own history; she who has left, or whose group has closed, keeps none.

    :raises NotFound: for everybody but the author
    """
    post = _lock(place, number)
    if post.author_id != place.persona:
        raise NotFound
    if post.state != "withdrawn":
        withdraw(post, code=place.code, at=at, history=not place.past)
        record("conversation.withdrawn", by=place.persona, about=f"post:{post.pk}", at=at)
    return post


def withdraw(post: Post, *, code: str, at: datetime, history: bool) -> None:
    """Take one post back, inside the caller's transaction; with `history` its author can still read how it was, without it nobody can."""
    if history:
        Revision.objects.create(post=post, words=post.words, note=post.note, until=at)
        hide_pictures_of(post, at)
    else:
        Revision.objects.filter(post=post).delete()
        drop_pictures_of(post)
    post.state, post.words, post.html, post.note, post.quoted, post.host_note = "withdrawn", "", "", "", "", ""
    post.save(update_fields=["state", "words", "html", "note", "quoted", "host_note"])
    drop_quotes_of(post)
    search.drop(post.pk)
    Response.objects.filter(post=post).delete()
    Mention.objects.filter(post=post).delete()
    end_note_wishes(post, code)
    about = f"{code}:{post.topic.number}:{post.number}"
    for kind in ("conversation.answered", "conversation.quoted", "conversation.mentioned", "conversation.line"):
        untell(kind, about)
    stop_waiting(post=post.pk)
    if post.place == 1:
        _withdraw_opening(post, at)
    announce("conversation.withdrawn", group=post.group_id, post=post.pk)
    show(f"topic:{post.topic_id}", "gone", post.number, at)


def _withdraw_opening(post: Post, at: datetime) -> None:
    # Another voice counts as another person here too: a topic that goes because of her answer would tell whose it was.
    answered = Post.objects.filter(topic=post.topic_id).exclude(author=post.author_id, mask=post.mask).exists()
    changes: dict[str, object] = {"title": "", "wish": "", "waiting_since": None}
    if not answered:
        changes["gone_on"] = at.date()
    Topic.objects.filter(pk=post.topic_id).update(**changes)
