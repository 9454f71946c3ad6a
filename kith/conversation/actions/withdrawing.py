"""Taking words back at any time, and bringing them back within thirty days."""

from datetime import datetime

from django.db import transaction

from kith.conversation import rules, search
from kith.conversation.actions.changing import keep_form, lock_own
from kith.conversation.actions.dropping import drop
from kith.conversation.actions.erasing import note_restored, note_withdrawn
from kith.conversation.actions.picturing import hide_pictures_of, show_pictures_of
from kith.conversation.actions.relaying import stop_waiting
from kith.conversation.actions.waiting import leave_if_empty, other_voices, settle_wait
from kith.conversation.limits import TAKING
from kith.conversation.models import NoteWish, Post, Response, Revision, Topic
from kith.conversation.rendering import SHOWN, draw_post, drop_quotes_of
from kith.core.audit import record
from kith.core.events import announce, show
from kith.groups.errands import find_errands
from kith.groups.rows import Mine
from kith.notify.actions import untell_all


@transaction.atomic
def withdraw_post(place: Mine, number: int, *, unseen: bool = False, at: datetime) -> Post:
    """
    Take a post back: its words leave the page, every quote and every waiting notice at once; `unseen` without a line in its place.

    A member can bring it back for thirty days; she who has left, or whose group has closed, keeps none.

    :raises NotFound: for everybody but the author
    """
    post = lock_own(place, number)
    if post.state != "withdrawn":
        withdraw(post, code=place.code, at=at, history=not place.past, unseen=unseen)
        record("conversation.withdrawn", by=place.persona, about=f"post:{post.pk}", at=at)
    return post


def withdraw(post: Post, *, code: str, at: datetime, history: bool, unseen: bool = False) -> None:
    """Take one post back, inside the caller's transaction; with `history` its author can bring it back, without it nobody can."""
    if history:
        keep_form(post, at)
        hide_pictures_of(post, at)
    post.was, post.gone_at, post.unseen, post.stays = post.state, at, unseen, None
    post.state, post.words, post.html, post.note, post.later = "withdrawn", "", "", "", ""
    post.save(update_fields=["was", "gone_at", "unseen", "stays", "state", "words", "html", "note", "later"])
    note_withdrawn(post, at)
    drop_quotes_of(post)
    search.drop(post.pk)
    for kind in (Response, NoteWish):
        kind.objects.filter(post=post).delete()
    stop_waiting(post=post.pk)
    untell_all("conversation", f"{code}:{post.topic.number}:{post.number}")
    if post.place == 1:
        _withdraw_opening(post, at)
    else:
        leave_if_empty(post.topic_id, at)
    if not history:
        drop([post], at=at)
    announce("conversation.withdrawn", group=post.group_id, post=post.pk)
    show(f"topic:{post.topic_id}", "gone", post.number, at)


def _withdraw_opening(post: Post, at: datetime) -> None:
    changes: dict[str, object] = {"title": "", "wish": ""}
    if not other_voices(post).exists():
        changes["gone_on"] = at.date()
    Topic.objects.filter(pk=post.topic_id).update(**changes)
    settle_wait(post.topic_id)


@transaction.atomic
def restore_post(place: Mine, number: int, *, at: datetime) -> Post:
    """
    Bring a post back that was taken back: as it was, where it was, under the name it stood under.

    It stays, whatever is still under way from when she wanted everything taken back.

    :raises NotFound: for everybody but the author, and where nothing is kept: outside, and after thirty days
    """
    post = lock_own(place, number)
    rules.check_restorable(post, place, at)
    if post.state == "withdrawn":
        restore(post, at=at, stays=_is_under_way(post.author_id) or None)
        record("conversation.restored", by=place.persona, about=f"post:{post.pk}", at=at)
    return post


def _is_under_way(persona: int) -> bool:
    """Say whether more of what she said is still to be taken back: only then a post needs a mark that it stays."""
    return bool(find_errands([persona], *TAKING))


def restore(post: Post, *, at: datetime, stays: bool | None = None) -> None:
    """Bring one post back, inside the caller's transaction; what it quotes only where its source still says so."""
    form = post.revisions.order_by("-pk").first()
    if form is None:
        return
    post.words, post.note, post.later = form.words, form.note, form.later
    post.state, post.was, post.gone_at, post.unseen, post.stays = post.was, "", None, False, stays
    show_pictures_of(post)
    post.html = draw_post(post) if post.state in SHOWN else ""
    post.save(update_fields=["words", "note", "later", "state", "was", "gone_at", "unseen", "stays", "html"])
    if post.place == 1:
        _restore_opening(post, form, at)
    else:
        Topic.objects.filter(pk=post.topic_id).exclude(gone_on=None).update(gone_on=None)
    form.delete()
    note_restored(post, at)
    _shown_again(post, at)


def _restore_opening(post: Post, form: Revision, at: datetime) -> None:
    """Give a topic its title back; where nobody has answered so far, it waits for an answer from now on."""
    title = form.title or post.topic.title
    Topic.objects.filter(pk=post.topic_id).update(title=title, wish=form.wish, gone_on=None)
    settle_wait(post.topic_id, since=at)


def _shown_again(post: Post, at: datetime) -> None:
    """Tell everything that keeps a form of what is shown that this post stands again."""
    search.renew(post.pk)
    announce("conversation.restored", group=post.group_id, post=post.pk)
    show(f"topic:{post.topic_id}", "changed", post.number, at)
