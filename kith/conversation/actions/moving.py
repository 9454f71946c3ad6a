"""Hosts move what grew into something else to a topic of its own."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.conversation import rules, search
from kith.conversation.actions.waiting import leave_if_empty, settle_wait
from kith.conversation.models import Post, ReadMark, Relay, Topic
from kith.conversation.rows import Posted
from kith.core.audit import record
from kith.core.errors import NotFound
from kith.core.events import show
from kith.core.ids import random_key
from kith.groups.actions import next_topic
from kith.groups.rows import Place
from kith.groups.rules import check_leads
from kith.notify.actions import tell_elsewhere

_ASIDE = 1_000_000  # places that no topic has: posts pass through them while they are numbered anew


@transaction.atomic
def move_posts(place: Place, number: int, *, title: str, following: bool, at: datetime) -> Posted:
    """
    Move a post, with `following` also all that come after it, into a topic of its own. Nobody has to read anything twice.

    :raises NotFound: for everybody but hosts, for the first post of a topic and for lines to the hosts
    :raises Invalid: if the title will not do
    """
    title = rules.check_title(title)
    check_leads(place)
    count = next_topic(place.key)
    first = _find(place.key, number) if count else None
    if count is None or first is None:
        raise NotFound
    moved, stay = _divide(first, following=following)
    old, new = first.topic, _begin(count, first.topic, moved, title)
    _move_marks(old, new, [post.place for post in moved], [post.place for post in stay])
    _seat(old, stay, new, moved)
    search.renew(first.pk)  # it is found by its new title
    _shorten(old, stay, new)
    was, now = f"{place.code}:{old.number}", f"{place.code}:{new.number}"
    tell_elsewhere("conversation", {f"{was}:{post.number}": f"{now}:{post.number}" for post in moved})
    _let_wait(old, new)
    leave_if_empty(old.pk, at)
    record("conversation.moved", by=place.persona, about=f"topic:{old.pk}", at=at)
    show(f"topic:{old.pk}", "moved", number, at)
    return Posted(new.number, number)


def _find(group: int, number: int) -> Post | None:
    movable = Post.objects.filter(group=group, number=number, topic__line=None, place__gt=1)
    return movable.exclude(state__in=("withdrawn", "returned")).select_related("topic").first()


def _divide(first: Post, *, following: bool) -> tuple[list[Post], list[Post]]:
    """Return what goes and what stays, in order."""
    posts = list(
        Post.objects.filter(topic=first.topic_id).order_by("place").only("id", "number", "place", "author_id", "mask", "made_at")
    )
    moved = [post for post in posts if post.place == first.place or (following and post.place > first.place)]
    gone = {post.pk for post in moved}
    return moved, [post for post in posts if post.pk not in gone]


def _begin(number: int, old: Topic, moved: Sequence[Post], title: str) -> Topic:
    first = moved[0]
    return Topic.objects.create(
        group_id=old.group_id, number=number, title=title, author_id=first.author_id, mask=first.mask, made_at=first.made_at,
        last_at=moved[-1].made_at, last_place=len(moved), came_from=old.number,
    )  # fmt: skip


def _move_marks(old: Topic, new: Topic, moved: Sequence[int], stay: Sequence[int]) -> None:
    """Keep for every reader what she has read, in both topics; `moved` and `stay` are places in order."""
    marks = list(ReadMark.objects.filter(topic=old))
    ReadMark.objects.bulk_create(
        [
            ReadMark(id=random_key(), persona_id=mark.persona_id, topic=new, upto=upto)
            for mark in marks
            if (upto := bisect_right(moved, mark.upto))
        ]
    )
    for mark in marks:
        mark.upto = bisect_right(stay, mark.upto)
    ReadMark.objects.bulk_update(marks, ["upto"], batch_size=100)


def _seat(old: Topic, stay: Sequence[Post], new: Topic, moved: Sequence[Post]) -> None:
    """Number the posts of both topics anew, without gaps."""
    Post.objects.filter(topic=old).update(place=F("place") + _ASIDE)
    for topic, posts in ((new, moved), (old, stay)):
        for place, post in enumerate(posts, 1):
            post.topic, post.place = topic, place
        Post.objects.bulk_update(posts, ["topic", "place"], batch_size=100)


def _shorten(old: Topic, stay: Sequence[Post], new: Topic) -> None:
    old.last_at, old.last_place = stay[-1].made_at, len(stay)
    old.went_to = ",".join(filter(None, [*old.went_to.split(",")[-6:], str(new.number)]))
    old.save(update_fields=["last_at", "last_place", "went_to"])


def _let_wait(old: Topic, new: Topic) -> None:
    """Let what was divided wait in its two topics: whoever was passed on goes on with her clock, in the topic where she is now."""
    Relay.objects.filter(topic=old, post__topic=new).update(topic=new)
    for topic in (old, new):
        settle_wait(topic.pk)
