"""In a restored copy, words that were taken back since are taken back once more."""

from collections.abc import Mapping
from datetime import datetime

from kith.conversation.actions.dropping import drop
from kith.conversation.actions.erasing import tag_of
from kith.conversation.actions.withdrawing import restore, withdraw
from kith.conversation.models import Post

_COLUMNS = ("id", "author", "made_at", "state", "gone_at")


def take_back_again(entries: Mapping[bytes, str], at: datetime) -> int:
    """Take back, drop or bring back what was since a copy was made; return how many posts were otherwise in it."""
    posts = Post.objects.order_by("pk").only(*_COLUMNS)
    wanted = [(post.pk, kind) for post in posts.iterator() if (kind := entries.get(tag_of(post)))]
    return sum(_again(key, kind, at) for key, kind in wanted)


def _again(key: int, kind: str, at: datetime) -> bool:
    post = Post.objects.select_for_update(of=("self",)).select_related("topic", "author", "group").get(pk=key)
    back = post.state == "withdrawn"
    if kind == "restored":
        if not back or post.gone_at is None:
            return False
        restore(post, at=at)
    elif back and kind == "dropped" and post.gone_at is not None:
        drop([post], at=at)
    elif not back:
        hers = post.author.left_on is None and post.group.closed_on is None
        withdraw(post, code=post.group.code, at=at, history=hers and kind == "withdrawn")
    else:
        return False
    return True
