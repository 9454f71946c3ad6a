"""What hosts do to topics: pin, close, sort by tags, move what grew into something else to a topic of its own."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.conversation import limits, rules, search
from kith.conversation.actions.relaying import stop_waiting, wait_for_answer
from kith.conversation.models import Post, ReadMark, Relay, Tag, Topic, TopicTag
from kith.conversation.rows import Posted
from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound
from kith.core.events import show
from kith.core.ids import random_key
from kith.groups.models import Group, Persona
from kith.groups.rows import Place
from kith.groups.rules import check_leads
from kith.notify.actions import tell_elsewhere

_ASIDE = 1_000_000  # places that no topic has: posts pass through them while they are numbered anew


@transaction.atomic
def tend_topic(place: Place, number: int, *, pinned: bool | None = None, closed: bool | None = None, at: datetime) -> None:
    """
    Pin a topic to the top of the list or let it go, close it or open it again; None leaves it as it is.

    :raises NotFound: for everybody but hosts, and for lines to the hosts
    """
    topic = _lock(place, number)
    if pinned is not None:
        topic.pinned_on = at.date() if pinned else None
        record("conversation.pinned" if pinned else "conversation.unpinned", by=place.persona, about=f"topic:{topic.pk}", at=at)
    if closed is not None:
        topic.closed_on = at.date() if closed else None
        _let_wait(topic, closed)
        record("conversation.closed" if closed else "conversation.opened", by=place.persona, about=f"topic:{topic.pk}", at=at)
    topic.save(update_fields=["pinned_on", "closed_on", "waiting_since"])


@transaction.atomic
def sort_topic(place: Place, number: int, tags: Collection[int], *, at: datetime) -> None:
    """
    Give a topic its tags, for its author or a host.

    :raises NotFound: for everybody else
    :raises Invalid: if there are too many
    """
    topic = Topic.objects.select_for_update(of=("self",)).filter(group=place.key, number=number, line=None, gone_on=None).first()
    if topic is None or not place.persona or (topic.author_id != place.persona and not place.leads):
        raise NotFound
    put_tags(topic, tags)
    record("conversation.sorted", by=place.persona, about=f"topic:{topic.pk}", at=at)


def put_tags(topic: Topic, tags: Collection[int]) -> None:
    """
    Set a topic's tags by their numbers; inside the caller's transaction.

    :raises Invalid: if there are too many
    """
    if len(set(tags)) > limits.MAX_TAGS:
        raise Invalid(tags=_("Choose %(n)s tags at the most.") % {"n": limits.MAX_TAGS})
    chosen = list(Tag.objects.filter(group=topic.group_id, number__in=tags).order_by("name", "number"))
    TopicTag.objects.filter(topic=topic).exclude(tag__in=chosen).delete()
    TopicTag.objects.bulk_create([TopicTag(topic=topic, tag=tag) for tag in chosen], ignore_conflicts=True)
    topic.tags_shown = "\n".join(tag.name for tag in chosen)
    topic.save(update_fields=["tags_shown"])


@transaction.atomic
def set_tags(place: Place, names: Sequence[tuple[int, str]], *, at: datetime) -> None:
    """
    Name a group's tags: pairs of a tag's number (0 for a new one) and its name; one without a name goes.

    :raises NotFound: for everybody but hosts
    :raises Invalid: if a name is too long, stands there twice, or there are too many
    """
    check_leads(Persona.objects.filter(pk=place.persona).first())
    group = Group.objects.select_for_update().only("id").get(pk=place.key)
    cleaned = [(number, text.clean(name, one_line=True)) for number, name in names]
    wanted = [(number, name) for number, name in cleaned if not text.is_blank(name)]
    _check_names([name for _number, name in wanted])
    rows = {tag.number: tag for tag in Tag.objects.filter(group=group)}
    kept = {number for number, _name in wanted if number in rows}
    touched = set(Topic.objects.filter(group=group).exclude(tags_shown="").values_list("pk", flat=True))
    Tag.objects.filter(group=group).exclude(number__in=kept).delete()
    last = max(rows, default=0)
    for number, name in wanted:
        if number in rows:
            Tag.objects.filter(pk=rows[number].pk).update(name=name)
        else:
            last += 1
            Tag.objects.create(group=group, number=last, name=name)
    for topic in Topic.objects.filter(pk__in=touched):
        put_tags(topic, TopicTag.objects.filter(topic=topic).values_list("tag__number", flat=True))
    record("conversation.tags_set", by=place.persona, about=f"group:{group.pk}", at=at)


def _check_names(names: list[str]) -> None:
    if len(names) > limits.GROUP_TAGS:
        raise Invalid(tags=_("Use %(n)s tags at the most. Fewer are easier to choose from.") % {"n": limits.GROUP_TAGS})
    for name in names:
        text.check_length(name, limits.MAX_TAG, field="tags")
    if len({text.skeleton(name) for name in names}) < len(names):
        raise Invalid(tags=_("Two tags look the same. Please give them different names."))


@transaction.atomic
def move_posts(place: Place, number: int, *, title: str, following: bool, at: datetime) -> Posted:
    """
    Move a post, with `following` also all that come after it, into a topic of its own. Nobody has to read anything twice.

    :raises NotFound: for everybody but hosts, for the first post of a topic and for lines to the hosts
    :raises Invalid: if the title will not do
    """
    title = rules.check_title(title)
    check_leads(Persona.objects.filter(pk=place.persona).first())
    group = Group.objects.select_for_update().only("id", "last_topic").get(pk=place.key)
    first = Post.objects.filter(group=group, number=number, topic__line=None).select_related("topic").first()
    if first is None or first.place == 1 or first.state in ("withdrawn", "returned"):
        raise NotFound
    old = first.topic
    posts = list(Post.objects.filter(topic=old).order_by("place").only("id", "number", "place", "author_id", "mask", "made_at"))
    moved = [post for post in posts if post.place == first.place or (following and post.place > first.place)]
    stay = [post for post in posts if post not in moved]
    group.last_topic += 1
    group.save(update_fields=["last_topic"])
    new = Topic.objects.create(
        group=group, number=group.last_topic, title=title, author_id=first.author_id, mask=first.mask, made_at=first.made_at,
        last_at=moved[-1].made_at, last_place=len(moved), came_from=old.number, **_wait(moved),
    )  # fmt: skip
    _move_marks(old, new, [post.place for post in moved], [post.place for post in stay])
    Post.objects.filter(topic=old).update(place=F("place") + _ASIDE)
    _number(new, moved)
    _number(old, stay)
    search.renew(first.pk)  # it is found by its new title
    old.last_at, old.last_place = stay[-1].made_at, len(stay)
    old.went_to = ",".join(filter(None, [*old.went_to.split(",")[-6:], str(new.number)]))
    waits = _wait(stay)
    old.waiting_since = waits["waiting_since"] if old.closed_on is None else None
    old.answered_after = waits["answered_after"]
    old.save(update_fields=["last_at", "last_place", "went_to", "waiting_since", "answered_after"])
    _move_relay(old, stay[0].pk, new, moved)
    for post in moved:
        tell_elsewhere("conversation", f"{place.code}:{old.number}:{post.number}", f"{place.code}:{new.number}:{post.number}")
    record("conversation.moved", by=place.persona, about=f"topic:{old.pk}", at=at)
    show(f"topic:{old.pk}", "moved", number, at)
    return Posted(new.number, number)


def _let_wait(topic: Topic, closed: bool) -> None:
    """Take a closed topic from those that wait; let one that is open again wait as before, if nobody has answered it."""
    if closed:
        topic.waiting_since = None
        stop_waiting(topic=topic.pk)
    elif topic.waiting_since is None:
        posts = list(
            Post.objects.filter(topic=topic).order_by("place").only("id", "place", "author_id", "mask", "made_at", "state")
        )
        topic.waiting_since = None if posts[0].state else _wait(posts)["waiting_since"]
        if topic.waiting_since:
            wait_for_answer(topic, posts[0].pk, since=topic.waiting_since)


def _move_relay(old: Topic, opening: int, new: Topic, moved: Sequence[Post]) -> None:
    """Let what was divided wait in its two topics: whoever was passed on goes on with her clock, in the topic where she is now."""
    held = Relay.objects.filter(topic=old).first()
    if held is not None and held.post_id in {post.pk for post in moved}:
        stop_waiting(topic=old.pk)
        wait_for_answer(new, held.post_id, since=held.since)
    for topic, post in ((old, opening), (new, moved[0].pk)):
        if topic.waiting_since and not Relay.objects.filter(topic=topic).exists():
            wait_for_answer(topic, post, since=topic.waiting_since)


def _lock(place: Place, number: int) -> Topic:
    check_leads(Persona.objects.filter(pk=place.persona).first())
    topic = Topic.objects.select_for_update(of=("self",)).filter(group=place.key, number=number, line=None, gone_on=None).first()
    if topic is None:
        raise NotFound
    return topic


def _wait(posts: Sequence[Post]) -> dict[str, Any]:
    """Say of a topic that consists of these posts since when it waits, or after how many minutes another voice answered."""
    first = posts[0]
    answer = next((post for post in posts if (post.author_id, post.mask) != (first.author_id, first.mask)), None)
    if answer is None:
        return {"waiting_since": first.made_at, "answered_after": None}
    return {"waiting_since": None, "answered_after": int((answer.made_at - first.made_at).total_seconds() // 60)}


def _number(topic: Topic, posts: Sequence[Post]) -> None:
    for place, post in enumerate(posts, 1):
        post.topic, post.place = topic, place
    Post.objects.bulk_update(posts, ["topic", "place"], batch_size=100)


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
