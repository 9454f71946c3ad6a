"""Starting a topic and answering in one."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from kith.conversation import limits, rules
from kith.conversation.models import Draft, Post, Topic
from kith.conversation.rendering import render_post
from kith.conversation.rows import Posted
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound
from kith.core.events import show
from kith.core.intents import earlier_answer, keep_answer
from kith.groups.models import Group, Persona
from kith.groups.rows import Place
from kith.notify.actions import tell


@transaction.atomic
def start_topic(place: Place, *, title: str, words: str, wish: str = "", note: str = "", at: datetime, intent: str) -> Posted:
    """
    Start a conversation with its first post.

    :raises Invalid: naming every field that needs another look
    """
    title, words, note = _checked(title, words, note)
    group = _lock_group(place)
    if (before := earlier_answer(place.persona, intent)) is not None:
        return _posted(before)
    group.last_topic += 1
    group.last_post += 1
    group.save(update_fields=["last_topic", "last_post"])
    topic = Topic.objects.create(
        group=group, number=group.last_topic, title=title, wish=wish if wish in limits.WISHES else "",
        author_id=place.persona, made_at=at, last_at=at, last_place=1, waiting_since=at,
    )  # fmt: skip
    Post.objects.create(
        group=group, number=group.last_post, topic=topic, place=1, author_id=place.persona, words=words,
        html=render_post(words, "", "", 0), note=note, made_at=at,
    )  # fmt: skip
    Draft.objects.filter(persona=place.persona, place="topic").delete()
    keep_answer(place.persona, intent, f"{topic.number}:{group.last_post}", at)
    record("conversation.started", by=place.persona, about=f"topic:{topic.pk}", at=at)
    return Posted(topic.number, group.last_post)


def _checked(title: str, words: str, note: str) -> tuple[str, str, str]:
    problems: dict[str, str] = {}
    for check, value in ((rules.check_title, title), (rules.check_words, words), (rules.check_note, note)):
        try:
            check(value)
        except Invalid as problem:
            problems |= problem.problems
    if problems:
        raise Invalid(**problems)
    return rules.check_title(title), rules.check_words(words), rules.check_note(note)


def _lock_group(place: Place) -> Group:
    group = Group.objects.select_for_update().only("id", "last_topic", "last_post", "closed_on").get(pk=place.key)
    if group.closed_on is not None or not place.persona:
        raise NotFound
    return group


def _posted(before: str) -> Posted:
    topic, number = before.split(":")
    return Posted(int(topic), int(number))


@transaction.atomic
def reply(
    place: Place, topic_number: int, *, words: str, note: str = "", quote: int = 0, quoted: str = "", at: datetime, intent: str
) -> Posted:
    """
    Answer in a topic, quoting a post in it if asked to.

    :raises NotFound: if the topic is gone
    :raises Invalid: naming every field that needs another look
    """
    _title, words, note = _checked("-", words, note)
    group = _lock_group(place)
    topic = Topic.objects.filter(group=group, number=topic_number, gone_on=None).first()
    if topic is None:
        raise NotFound
    if (before := earlier_answer(place.persona, intent)) is not None:
        return _posted(before)
    source = _source(topic, quote)
    quoted = _quoted(source, quoted)
    name = source.author.name if source and not source.nameless else ""
    group.last_post += 1
    group.save(update_fields=["last_post"])
    post = Post.objects.create(
        group=group, number=group.last_post, topic=topic, place=topic.last_place + 1, author_id=place.persona, words=words,
        html=render_post(words, quoted, name, quote), note=note, made_at=at, quotes=source, quoted=quoted,
    )  # fmt: skip
    _count(topic, place, at)
    Draft.objects.filter(persona=place.persona, place=f"reply:{topic.number}").delete()
    keep_answer(place.persona, intent, f"{topic.number}:{post.number}", at)
    record("conversation.replied", by=place.persona, about=f"post:{post.pk}", at=at)
    show(f"topic:{topic.pk}", "post", post.number, at)
    _tell(place, topic, post, source, at)
    return Posted(topic.number, post.number)


def _source(topic: Topic, number: int) -> Post | None:
    if not number:
        return None
    return Post.objects.filter(topic=topic, number=number, state="").select_related("author").first()


def _quoted(source: Post | None, quoted: str) -> str:
    """Keep only words that really stand in the source: nobody can be quoted with what they did not say."""
    if source is None:
        return ""
    wanted = "\n".join(line.strip() for line in quoted.replace("\r\n", "\n").split("\n")).strip()
    flat = "\n".join(line.strip() for line in source.words.split("\n"))
    return wanted[: limits.MAX_QUOTED] if wanted and wanted in flat else source.words[: limits.MAX_QUOTED]


def _count(topic: Topic, place: Place, at: datetime) -> None:
    changes: dict[str, object] = {"last_place": F("last_place") + 1, "last_at": at}
    if topic.waiting_since is not None and topic.author_id != place.persona:
        changes["waiting_since"] = None
        changes["answered_after"] = max(0, int((at - topic.made_at).total_seconds() // 60))
    Topic.objects.filter(pk=topic.pk).update(**changes)


def _tell(place: Place, topic: Topic, post: Post, source: Post | None, at: datetime) -> None:
    about = f"{place.code}:{topic.number}:{post.number}"
    told = {place.persona}
    if source is not None and source.author_id not in told and source.author.mailbox_id:
        told.add(source.author_id)
        tell(source.author.mailbox_id, "conversation.quoted", about=about, who=place.persona_name, at=at)
    if topic.author_id not in told:
        mailbox = Persona.objects.filter(pk=topic.author_id, left_on=None).values_list("mailbox", flat=True).first()
        if mailbox:
            tell(mailbox, "conversation.answered", about=about, who=place.persona_name, at=at)
