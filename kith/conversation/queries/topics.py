"""Lists of topics: all of a group, and those that wait for a first answer."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from statistics import median
from typing import Any

from django.db.models import Q

from kith.conversation import limits
from kith.conversation.masks import shown_face, shown_name
from kith.conversation.models import Tag, Topic
from kith.conversation.rows import TagRow, TopicRow
from kith.conversation.sight import LISTED, READ, title_of
from kith.core.sql import as_time, many, time_value
from kith.core.text import excerpt
from kith.groups.rows import Mine, Place

COLUMNS = """t.number, t.title, t.wish, a.name, a.avatar, t.last_at, t.last_place, {read}, t.waiting_since, {gist}, t.mask, t.author_id,
       t.closed_on, t.tags_shown
  FROM conversation_topic t
  JOIN groups_persona a ON a.id = t.author_id
  LEFT JOIN conversation_readmark r ON r.topic_id = t.id AND r.persona_id = %s
  LEFT JOIN conversation_allread k ON k.persona_id = %s
"""
_NO_GIST = COLUMNS.format(read=READ, gist="''")
_WITH_GIST = COLUMNS.format(
    read=READ,
    gist="(SELECT p.words FROM conversation_post p WHERE p.topic_id = t.id AND p.place = 1 AND p.state = '' AND p.note = '' AND NOT p.own_fold)",
)
_LIST = f"SELECT {_NO_GIST} WHERE t.group_id = %s AND t.gone_on IS NULL AND {LISTED}"
# A page begins after a topic, named by its number alone: an address tells no time.
_AFTER = (
    " AND (t.last_at, t.number) < (SELECT b.last_at, b.number FROM conversation_topic b WHERE b.group_id = %s AND b.number = %s)"
)
# How soon one group's topics were answered: by its index of days, newest first. What a host has dealt with neither waits nor was answered.
_SPEED = """SELECT * FROM (SELECT group_id, made_at, answered_after FROM conversation_topic
 WHERE group_id = %s AND made_at >= %s AND line_id IS NULL AND title <> '' AND (answered_after IS NOT NULL OR waiting_since IS NOT NULL)
 ORDER BY made_at DESC LIMIT %s) AS latest"""
_WAITING = f"SELECT {_WITH_GIST} WHERE t.group_id = %s AND t.waiting_since IS NOT NULL AND t.gone_on IS NULL AND {LISTED} ORDER BY t.waiting_since, t.id LIMIT %s"

_PINNED = _LIST + " AND t.pinned_on IS NOT NULL ORDER BY t.pinned_on DESC, t.number DESC"
_TAGGED = """ AND t.id IN (SELECT x.topic_id FROM conversation_topictag x JOIN conversation_tag y ON y.id = x.tag_id
 WHERE y.group_id = %s AND y.number = %s)"""
_LINES = f"""SELECT {_WITH_GIST} WHERE t.group_id = %s AND t.line_id IS NOT NULL AND t.gone_on IS NULL AND (%s OR t.line_id = %s)
 ORDER BY t.waiting_since IS NULL, t.waiting_since, t.last_at DESC LIMIT %s"""


def list_topics(place: Place, *, before: int = 0, tag: int = 0, limit: int = limits.PAGE) -> tuple[list[TopicRow], int]:
    """
    List a group's topics, the latest words first (after topic `before`), and where the next page begins (0 at the end).

    Those of one `tag`, or all but the pinned ones, which stand on top of the list.
    """
    sql = _LIST + (_TAGGED if tag else " AND t.pinned_on IS NULL")
    values: list[Any] = [place.persona, place.key, *((place.key, tag) if tag else ())]
    if before:
        sql += _AFTER
        values += [place.key, before]
    sql += " ORDER BY t.last_at DESC, t.number DESC LIMIT %s"
    rows = fetch(sql, [*values, limit + 1])
    more = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], more.number if more else 0


def list_pinned(place: Place) -> list[TopicRow]:
    """List the topics that hosts have pinned to the top, the latest pin first."""
    return fetch(_PINNED, [place.persona, place.key])


def list_tags(place: Place) -> list[TagRow]:
    """List a group's tags by name."""
    return [TagRow(*row) for row in Tag.objects.filter(group=place.key).order_by("name", "number").values_list("number", "name")]


def list_lines(place: Place, *, limit: int = 50) -> list[TopicRow]:
    """List the lines to the hosts that this member may see, those that wait for a host first, the longest wait on top."""
    return fetch(_LINES, [place.persona, place.key, place.leads, place.persona, limit])


def list_waiting(place: Place, *, limit: int = 20) -> list[TopicRow]:
    """List topics that nobody else has answered yet, the longest wait first."""
    return fetch(_WAITING, [place.persona, place.key, limit])


def list_titles(wanted: Collection[tuple[Mine, int]]) -> dict[tuple[int, int], str]:
    """
    Name topics by their number in groups of mine, in one statement; by the group's key and the number.

    A topic whose first post was taken back has no name; one that is gone is left out.
    """
    numbers: dict[int, set[int]] = {}
    for mine, number in wanted:
        numbers.setdefault(mine.key, set()).add(number)
    if not numbers:
        return {}
    which = reduce(or_, (Q(group=group, number__in=sorted(asked)) for group, asked in sorted(numbers.items())))
    rows = Topic.objects.filter(which, gone_on=None).values_list("group", "number", "title", "line")
    return {(group, number): title_of(title, line) for group, number, title, line in rows}


def fetch(sql: str, values: list[Any]) -> list[TopicRow]:
    """Run a list of topics; the first of `values` is the persona who reads."""
    return [topic_row(row, values[0]) for row in many(sql, values[0], *values)]  # whose marks: twice


def topic_row(row: tuple[Any, ...], persona: int) -> TopicRow:
    """Make a row of the columns above, for one reader."""
    number, title, wish, name, avatar, last_at, last, upto, waiting, gist, mask, author, closed, tags = row
    return TopicRow(
        number, title, wish, shown_name(name, nameless=mask > 0, mask=mask) if mask else name, shown_face(avatar, name, nameless=mask > 0), as_time(last_at), last, max(0, last - upto), upto + 1,
        as_time(waiting) if waiting else None, excerpt(gist or ""),
        author == persona, closed is not None, tuple(filter(None, tags.split("\n"))),
    )  # fmt: skip


def first_answer_hours(groups: Sequence[int], *, at: datetime) -> dict[int, float | None]:
    """
    Return for each group the median hours to a first answer over its topics of 90 days; None below ten ("too new to say").

    Topics still waiting count as waiting until now, so that silence is not left out. One statement for all groups.
    """
    waits: dict[int, list[float]] = {group: [] for group in groups}
    since = time_value(at - timedelta(days=limits.SPEED_DAYS))
    if waits:
        halves = " UNION ALL ".join([_SPEED] * len(waits))
        for group, made, minutes in many(halves, *(value for each in waits for value in (each, since, limits.SPEED_MOST))):
            waits[group].append((minutes if minutes is not None else (at - as_time(made)).total_seconds() / 60) / 60)
    return {group: median(hours) if len(hours) >= limits.SPEED_LEAST else None for group, hours in waits.items()}
