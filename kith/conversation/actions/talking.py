"""Starting a topic and answering in one."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import limits, rules, search
from kith.conversation.actions import relaying
from kith.conversation.actions.picturing import Wanted, gather, put_into
from kith.conversation.actions.tending import put_tags
from kith.conversation.masks import NAMED, mask_for
from kith.conversation.mentions import Named, find_named, keep_named
from kith.conversation.models import Draft, Post, Topic
from kith.conversation.rendering import lines_of, name_of, pictures_html, render_post
from kith.conversation.rows import Posted
from kith.core import text
from kith.core.audit import record
from kith.core.errors import Invalid, NotFound
from kith.core.events import show
from kith.core.intents import answer_once, earlier_answer, keep_answer
from kith.core.sql import as_time, one, run, time_value
from kith.groups.actions import next_post, next_topic_and_post
from kith.groups.queries import leaders_mailboxes
from kith.groups.rows import Place
from kith.notify.actions import tell


@transaction.atomic
def start_topic(
    place: Place, *, title: str, words: str, wish: str = "", note: str = "", nameless: bool = False,
    tags: Collection[int] = (), pictures: Wanted = (), at: datetime, intent: str,
) -> Posted:  # fmt: skip
    """
    Start a conversation with its first post; `nameless` without one's name; `tags` are numbers of the group's.

    :raises Invalid: naming every field that needs another look
    """
    title, words, note = _checked(title, words, note)
    posted = _begin(
        place,
        title=title,
        words=words,
        at=at,
        intent=intent,
        wish=wish if wish in limits.WISHES else "",
        note=note,
        nameless=nameless,
        tags=tags,
        pictures=pictures,
    )
    Draft.objects.filter(persona=place.persona, place="topic").delete()
    return posted


def _begin(
    place: Place, *, title: str, words: str, at: datetime, intent: str, wish: str = "", note: str = "", nameless: bool = False,
    tags: Collection[int] = (), pictures: Wanted = (), line_id: int | None = None,
) -> Posted:  # fmt: skip
    number, first, language = _take_numbers(place)
    if (before := earlier_answer(place.persona, intent)) is not None:
        return _posted(before)
    shown = gather(place, "topic", pictures)
    topic = Topic.objects.create(
        group_id=place.key, number=number, title=title, wish=wish, author_id=place.persona, mask=int(nameless), line_id=line_id,
        made_at=at, last_at=at, last_place=1, waiting_since=at,
    )  # fmt: skip
    named = find_named(place.key, words) if line_id is None else []
    post = Post.objects.create(
        group_id=place.key, number=first, topic=topic, place=1, author_id=place.persona, words=words,
        html=render_post(words, "", "", 0, [one.name for one in named], pictures_html(place.code, shown)), note=note,
        nameless=nameless, mask=int(nameless), made_at=at,
    )  # fmt: skip
    put_into(post.pk, shown)
    if tags:
        put_tags(topic, tags)
    search.add(post.pk, code=place.code, language=language, words=words, title=title)
    keep_answer(place.persona, intent, f"{number}:{first}", at)
    record("conversation.started", by=place.persona, about=f"topic:{topic.pk}", at=at)
    about = f"{place.code}:{number}:{first}"
    if line_id is None:
        relaying.wait_for_answer(topic, post.pk, since=at)
    else:
        tell_hosts(place, about, at)
    if named:
        keep_named(post.pk, named, told={place.persona}, about=about, who="" if nameless else place.persona_name, at=at)
    return Posted(number, first)


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


def _take_numbers(place: Place) -> tuple[int, int, str]:
    taken = next_topic_and_post(place.key) if place.persona else None
    if taken is None:
        raise NotFound
    return taken


def _posted(before: str) -> Posted:
    topic, number = before.split(":")
    return Posted(int(topic), int(number))


# By hand, since answering is the hottest write: the group's row is the lock, and its numbers are handed out under it.
_TOPIC = """
SELECT t.id, t.author_id, t.mask, t.made_at, t.waiting_since, t.last_place, a.mailbox_id, t.line_id, t.closed_on,
       w.author_id, w.mask
  FROM conversation_topic t
  LEFT JOIN groups_persona a ON a.id = t.author_id AND a.left_on IS NULL
  LEFT JOIN conversation_relay y ON y.topic_id = t.id
  LEFT JOIN conversation_post w ON w.id = y.post_id
 WHERE t.group_id = %s AND t.number = %s AND t.gone_on IS NULL AND (t.line_id IS NULL OR t.line_id = %s OR %s)
"""


class _Asked(NamedTuple):
    """The topic that is answered in, as `_TOPIC` reads it; the last two are whose post of it waits in the relay."""

    key: int
    author: int
    mask: int
    made_at: Any
    waiting_since: Any
    last_place: int
    mailbox: int | None
    line: int | None
    closed_on: date | None
    waits: int | None
    waits_mask: int | None


_POST = """
INSERT INTO conversation_post
       (group_id, number, topic_id, place, author_id, words, html, note, made_at, nameless, mask, state, host_note, quotes_id, quoted)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', %s, %s) RETURNING id
"""
_COUNT = "UPDATE conversation_topic SET last_place = %s, last_at = %s, waiting_since = %s, answered_after = COALESCE(answered_after, %s) WHERE id = %s"
_DRAFT = "DELETE FROM conversation_draft WHERE persona_id = %s AND place = %s"


@transaction.atomic
def reply(
    place: Place, topic_number: int, *, words: str, note: str = "", quote: int = 0, quoted: str = "", nameless: bool = False,
    pictures: Wanted = (), at: datetime, intent: str,
) -> Posted:  # fmt: skip
    """
    Answer in a topic, quoting a post in it if asked to; `nameless` without one's name.

    :raises NotFound: if the topic is gone
    :raises Invalid: naming every field that needs another look
    """
    _title, words, note = _checked("-", words, note)
    number, row = next_post(place.key), one(_TOPIC, place.key, topic_number, place.persona, place.leads)
    if number is None or row is None or not place.persona:
        raise NotFound
    mine, topic = f"{topic_number}:{number[0]}", _Asked(*row)
    answer = answer_once(place.persona, intent, mine, at)
    if answer != mine:
        return _posted(answer)
    shown = gather(place, f"reply:{topic_number}", pictures)
    rules.check_not_closed(topic.closed_on)
    nameless = nameless and topic.line is None  # there it would hide nothing
    mask = mask_for(topic.key, place.persona) if nameless else NAMED
    source = _source(topic.key, quote)
    quoted = _quoted(source, quoted)
    named = find_named(place.key, words) if topic.line is None else []
    html = render_post(words, quoted, name_of(source), quote, [one.name for one in named], pictures_html(place.code, shown))
    made = one(
        _POST, place.key, number[0], topic.key, topic.last_place + 1, place.persona, words, html, note, time_value(at), nameless,
        mask, source.pk if source else None, quoted,
    )  # fmt: skip
    post = made[0] if made else 0
    put_into(post, shown)
    search.add(post, code=place.code, language=number[1], words=words)
    _count(place, topic, mask, at)
    run(_DRAFT, place.persona, f"reply:{topic_number}")
    record("conversation.replied", by=place.persona, about=f"post:{post}", at=at)
    show(f"topic:{topic.key}", "post", number[0], at)
    if topic.line is None:
        _relay(place, topic, post, mask, at)
    who, about = "" if nameless else place.persona_name, f"{place.code}:{mine}"
    told = _tell(place, topic, who, source, about, at, named)
    if named:
        keep_named(post, named, told=told, about=about, who=who, at=at)
    return Posted(topic_number, number[0])


def _count(place: Place, topic: _Asked, mask: int, at: datetime) -> None:
    """Count one post more, and note whether it is the first answer: another voice counts as another person, else it would tell that they are one."""
    answered = topic.waiting_since is not None and (topic.author, topic.mask) != (place.persona, mask)
    minutes = max(0, int((at - as_time(topic.made_at)).total_seconds() // 60)) if answered else None
    waiting = None if answered else topic.waiting_since
    if topic.line is not None:  # it waits while the member has the last word
        waiting = None if place.leads else waiting or time_value(at)
    run(_COUNT, topic.last_place + 1, time_value(at), waiting, minutes, topic.key)


def _relay(place: Place, topic: _Asked, post: int, mask: int, at: datetime) -> None:
    """End the wait of another voice in this topic, and begin one if nobody has answered the last two posts of this voice."""
    if (topic.waits, topic.waits_mask) == (place.persona, mask):
        return
    if topic.waits is not None:
        relaying.stop_waiting(topic=topic.key)
    relaying.wait_if_unheard(place.key, topic.key, post, author=place.persona, mask=mask, place=topic.last_place + 1, at=at)


@transaction.atomic
def start_line(place: Place, *, words: str, at: datetime, intent: str) -> Posted:
    """
    Write to the hosts in private: a conversation that only this member and those who lead the group can see.

    Without words it says only that a host may write.

    :raises Invalid: if it is too long
    """
    words = rules.check_words(words) if not text.is_blank(words) else _("Please write to me.")
    posted = _begin(place, title="", words=words, at=at, intent=intent, line_id=place.persona)
    Draft.objects.filter(persona=place.persona, place="line").delete()
    return posted


def tell_hosts(place: Place, about: str, at: datetime) -> None:
    """Tell all who lead a group that one of its members has written to them."""
    for host, mailbox in leaders_mailboxes(place.key):
        if host != place.persona:
            tell(mailbox, "conversation.line", about=about, who=place.persona_name, at=at)


def _source(topic: int, number: int) -> Post | None:
    if not number:
        return None
    return Post.objects.filter(topic=topic, number=number, state="", own_fold=False).select_related("author").first()


def _quoted(source: Post | None, quoted: str) -> str:
    """Keep only words that really stand in the source: nobody can be quoted with what they did not say."""
    if source is None:
        return ""
    wanted, said = lines_of(quoted), lines_of(source.words)
    return (wanted if wanted and wanted in said else said)[: limits.MAX_QUOTED]


def _tell(
    place: Place, topic: _Asked, who: str, source: Post | None, about: str, at: datetime, named: Collection[Named]
) -> set[int]:  # fmt: skip
    """Tell whom this answers; return who knows of it, those too whom it names, for they are told of that."""
    told = {place.persona}
    if topic.line == place.persona:
        tell_hosts(place, about, at)
    if source is not None and source.author_id not in told and source.author.mailbox_id:
        told.add(source.author_id)
        tell(source.author.mailbox_id, "conversation.quoted", about=about, who=who, at=at)
    if topic.author not in told | {one.persona for one in named} and topic.mailbox:
        tell(topic.mailbox, "conversation.answered", about=about, who=who, at=at)
    return told
