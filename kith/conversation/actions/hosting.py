"""What hosts may do to a post: fold it, or give it back to its author with the reason and her text."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import search
from kith.conversation.actions.relaying import stop_waiting
from kith.conversation.actions.waiting import settle_wait
from kith.conversation.models import Draft, Post
from kith.conversation.rendering import draw_post, drop_quotes_of
from kith.conversation.sight import of_all
from kith.core.errors import NotFound, Stale
from kith.core.events import announce, show
from kith.groups.actions import hold_group
from kith.groups.rows import Place
from kith.groups.rules import check_leads
from kith.safety.actions import decide


@transaction.atomic
def fold_post(place: Place, number: int, *, reason: str, at: datetime) -> Post:
    """
    Fold a post behind a note from a host; members can still open it.

    :raises NotFound: for everybody but hosts
    :raises Stale: if it is folded, given back or taken back already
    :raises Invalid: without a reason
    """
    post = _lock(place, number)
    made = decide(place, kind="fold", about="post", number=number, author=post.author, words=post.words, reason=reason, at=at)
    post.state, post.host_note = "folded", made.reason
    post.save(update_fields=["state", "host_note"])
    drop_quotes_of(post)
    _waits_no_more(post)
    _done(post, at)
    return post


@transaction.atomic
def return_post(place: Place, number: int, *, reason: str, at: datetime) -> Post:
    """
    Give a post back: it leaves the page, and its author gets the reason and all her words as a draft.

    :raises NotFound: for everybody but hosts
    :raises Stale: if it is given back or taken back already
    :raises Invalid: without a reason
    """
    post = _lock(place, number, folded=True)
    words = post.words if post.author.owner_tag else ""  # nobody is left who could have them back
    made = decide(place, kind="return", about="post", number=number, author=post.author, words=words, reason=reason, at=at)
    post.state, post.words, post.html, post.host_note = "returned", words, "", made.reason
    post.save(update_fields=["state", "words", "html", "host_note"])
    drop_quotes_of(post)
    _waits_no_more(post)
    if post.author.left_on is None:
        Draft.objects.update_or_create(persona=post.author, place=f"edit:{number}", defaults={"words": words, "note": post.note})
    _done(post, at)
    return post


@transaction.atomic
def unfold_post(place: Place, number: int, *, at: datetime) -> Post:
    """
    Open a folded post again.

    :raises NotFound: for everybody but hosts, and for posts that are not folded
    """
    check_leads(place)
    hold_group(place.key)
    post = Post.objects.select_for_update(of=("self",)).filter(of_all(), group=place.key, number=number, state="folded").first()
    if post is None:
        raise NotFound
    post.state, post.host_note = "", ""
    post.html = draw_post(post)
    post.save(update_fields=["state", "host_note", "html"])
    if post.place == 1:
        settle_wait(post.topic_id)
    _done(post, at)
    return post


def _lock(place: Place, number: int, *, folded: bool = False) -> Post:
    check_leads(place)
    hold_group(place.key)
    found = Post.objects.select_for_update(of=("self",)).filter(of_all(), group=place.key, number=number)
    post = found.select_related("author").first()
    if post is None:
        raise NotFound
    if post.state not in (("", "folded") if folded else ("",)):
        raise Stale(_("Somebody has dealt with this post already. Nothing was changed."))
    return post


def _waits_no_more(post: Post) -> None:
    """Take a post that a host has dealt with from those that wait for an answer."""
    stop_waiting(post=post.pk)
    if post.place == 1:
        settle_wait(post.topic_id)


def _done(post: Post, at: datetime) -> None:
    search.renew(post.pk)
    announce("conversation.hosted", group=post.group_id, post=post.pk)
    show(f"topic:{post.topic_id}", "changed", post.number, at)
