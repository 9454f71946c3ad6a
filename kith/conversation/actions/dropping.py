"""Thirty days after a post was taken back: its last words go."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from kith.conversation import limits
from kith.conversation.actions.erasing import note_dropped
from kith.conversation.actions.picturing import drop_pictures_of
from kith.conversation.models import Draft, Mention, Post, Revision
from kith.core.events import announce
from kith.safety.actions import forget_words


def drop_gone(*, at: datetime) -> int:
    """
    Drop what is still kept of posts that were taken back thirty days ago; return how many there were.

    Some in each transaction: whenever it is killed, those before are done, and those after are found again the next time.
    """
    done = 0
    while count := _drop_some(at):
        done += count
    return done


@transaction.atomic
def _drop_some(at: datetime) -> int:
    gone = Post.objects.select_for_update().filter(state="withdrawn", gone_at__lte=at - timedelta(days=limits.KEEP_DAYS))
    posts = list(gone.only("id", "number", "author", "group", "made_at").order_by("gone_at", "pk")[: limits.DROPPED_AT_ONCE])
    drop(posts, at=at)
    return len(posts)


def drop(posts: Sequence[Post], *, at: datetime) -> None:
    """Drop every byte that is kept of posts that were taken back, inside the caller's transaction."""
    if not posts:
        return
    keys = [post.pk for post in posts]
    Revision.objects.filter(post__in=keys).delete()
    Mention.objects.filter(post__in=keys).delete()
    drop_pictures_of(*posts)
    Draft.objects.filter(reduce(or_, (Q(persona=post.author_id, place=f"edit:{post.number}") for post in posts))).delete()
    Post.objects.filter(pk__in=keys).update(
        gone_at=None, was="", host_note="", quoted="", quotes=None, later="", later_on=None, edited_on=None
    )
    for post in posts:
        note_dropped(post, at)
        forget_words(post.group_id, about="post", number=post.number)
        announce("conversation.dropped", group=post.group_id, post=post.pk)
