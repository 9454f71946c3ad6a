"""What hosts do to topics: pin, close, sort by tags."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from kith.conversation import limits
from kith.conversation.actions.waiting import settle_wait
from kith.conversation.models import Tag, Topic, TopicTag
from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound
from kith.groups.actions import hold_group, next_tags
from kith.groups.rows import Place
from kith.groups.rules import check_leads


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
        record("conversation.closed" if closed else "conversation.opened", by=place.persona, about=f"topic:{topic.pk}", at=at)
    topic.save(update_fields=["pinned_on", "closed_on"])
    if closed is not None:
        settle_wait(topic.pk)


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
    check_leads(place)
    hold_group(place.key)
    cleaned = [(number, text.clean(name, one_line=True)) for number, name in names]
    wanted = [(number, name) for number, name in cleaned if not text.is_blank(name)]
    _check_names([name for _number, name in wanted])
    rows = {tag.number: tag for tag in Tag.objects.filter(group=place.key)}
    was = {tag.name: tag.number for tag in rows.values()}
    kept = {number: name for number, name in wanted if number in rows}
    _add_tags(place.key, [name for number, name in wanted if number not in rows], after=max(rows, default=0))
    _name_tags(rows, kept)
    if was != {name: number for number, name in kept.items()}:
        _show_anew(place.key, was)
    record("conversation.tags_set", by=place.persona, about=f"group:{place.key}", at=at)


def _check_names(names: list[str]) -> None:
    if len(names) > limits.GROUP_TAGS:
        raise Invalid(tags=_("Use %(n)s tags at the most. Fewer are easier to choose from.") % {"n": limits.GROUP_TAGS})
    for name in names:
        text.check_length(name, limits.MAX_TAG, field="tags")
    if len({text.skeleton(name) for name in names}) < len(names):
        raise Invalid(tags=_("Two tags look the same. Please give them different names."))


def _add_tags(group: int, names: Sequence[str], *, after: int) -> None:
    """Add tags under numbers that none had before, so that an old link never means another one."""
    numbers = next_tags(group, len(names), after=after)
    if numbers is None:
        raise NotFound
    Tag.objects.bulk_create([Tag(group_id=group, number=number, name=name) for number, name in zip(numbers, names, strict=True)])


def _name_tags(rows: Mapping[int, Tag], kept: Mapping[int, str]) -> None:
    """Give those that are kept their names; the others go."""
    changed = [tag for number, tag in rows.items() if number in kept and tag.name != kept[number]]
    for tag in changed:
        tag.name = kept[tag.number]
    Tag.objects.bulk_update(changed, ["name"])
    if gone := [tag.pk for number, tag in rows.items() if number not in kept]:
        Tag.objects.filter(pk__in=gone).delete()


def _show_anew(group: int, was: Mapping[str, int]) -> None:
    """Write what topics show of their tags anew, by what they showed: `was` is the number of every name of before."""
    tags = list(Tag.objects.filter(group=group).order_by("name", "number").values_list("number", "name"))
    tagged = Topic.objects.filter(group=group).exclude(tags_shown="")
    changes = {}
    for shown in tagged.values_list("tags_shown", flat=True).distinct():
        numbers = {was.get(name) for name in shown.split("\n")}
        now = "\n".join(name for number, name in tags if number in numbers)
        if now != shown:
            changes[shown] = now
    if changes:
        cases = [When(tags_shown=shown, then=Value(now)) for shown, now in changes.items()]
        tagged.filter(tags_shown__in=changes).update(tags_shown=Case(*cases))


def _lock(place: Place, number: int) -> Topic:
    check_leads(place)
    hold_group(place.key)
    topic = Topic.objects.select_for_update(of=("self",)).filter(group=place.key, number=number, line=None, gone_on=None).first()
    if topic is None:
        raise NotFound
    return topic
