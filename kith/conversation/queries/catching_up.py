"""Coming back: what concerns me first, then who still waits, then the rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kith.conversation.masks import shown_face, shown_name
from kith.conversation.queries.topics import _LIST, fetch, list_waiting
from kith.conversation.rows import CatchUp, ReplyRow
from kith.conversation.sight import LISTED, READ, UNREAD, title_of
from kith.core.sql import as_time, many, marks, one
from kith.core.text import excerpt
from kith.groups.rows import Place

REST = 12
_UNREAD = f"{_LIST} AND {UNREAD} ORDER BY t.last_at DESC, t.number DESC LIMIT %s"
_COLUMNS = "SELECT a.name, a.avatar, t.title, t.number, p.number, CASE WHEN p.note = '' AND NOT p.own_fold THEN p.words ELSE '' END, p.made_at, p.nameless, p.mask, t.line_id, {me}"
_NEW = "p.place > COALESCE(r.upto, 0) AND (k.upto IS NULL OR p.number > k.upto OR t.line_id IS NOT NULL)"
# Three parts, each by an index: answers in topics that I began, posts that quote mine, posts that call me by my name.
_REPLIES = f"""
{_COLUMNS.format(me="t.author_id")}
  FROM conversation_topic t
  LEFT JOIN conversation_readmark r ON r.topic_id = t.id AND r.persona_id = t.author_id
  LEFT JOIN conversation_allread k ON k.persona_id = t.author_id
  JOIN conversation_post p ON p.topic_id = t.id AND p.place > {READ} AND p.author_id <> t.author_id AND p.state = ''
  JOIN groups_persona a ON a.id = p.author_id
 WHERE t.author_id IN ({{marks}}) AND t.gone_on IS NULL
UNION
{_COLUMNS.format(me="m.author_id")}
  FROM conversation_post m
  JOIN conversation_post p ON p.quotes_id = m.id AND p.author_id <> m.author_id AND p.state = ''
  JOIN conversation_topic t ON t.id = p.topic_id
  LEFT JOIN conversation_readmark r ON r.topic_id = t.id AND r.persona_id = m.author_id
  LEFT JOIN conversation_allread k ON k.persona_id = m.author_id
  JOIN groups_persona a ON a.id = p.author_id
 WHERE m.author_id IN ({{marks}}) AND {_NEW}
UNION
{_COLUMNS.format(me="n.persona_id")}
  FROM conversation_mention n
  JOIN conversation_post p ON p.id = n.post_id AND p.author_id <> n.persona_id AND p.state = ''
  JOIN conversation_topic t ON t.id = p.topic_id
  LEFT JOIN conversation_readmark r ON r.topic_id = t.id AND r.persona_id = n.persona_id
  LEFT JOIN conversation_allread k ON k.persona_id = n.persona_id
  JOIN groups_persona a ON a.id = p.author_id
 WHERE n.persona_id IN ({{marks}}) AND {_NEW}
 ORDER BY 7 DESC, 5 DESC, 4 DESC LIMIT 20
"""
_COUNTS = """
SELECT p.id,
       (SELECT COUNT(*) FROM conversation_topic t
          LEFT JOIN conversation_readmark r ON r.topic_id = t.id AND r.persona_id = p.id
          LEFT JOIN conversation_allread k ON k.persona_id = p.id
         WHERE t.group_id = p.group_id AND t.gone_on IS NULL AND {listed} AND {unread}),
       (SELECT MIN(t.waiting_since) FROM conversation_topic t
         WHERE t.group_id = p.group_id AND t.waiting_since IS NOT NULL AND t.gone_on IS NULL AND {listed} AND t.author_id <> p.id)
  FROM groups_persona p WHERE p.id IN ({marks})
"""


def catch_up(place: Place) -> CatchUp:
    """Return what happened in a group since this persona was last here, in three statements."""
    replies = tuple(row for _me, row in _replies([place.persona]))
    waiting = tuple(row for row in list_waiting(place) if not row.mine)
    unread = fetch(_UNREAD, [place.persona, place.key, REST + 41])
    shown = {row.topic for row in replies} | {row.number for row in waiting}
    rest = [row for row in unread if row.number not in shown]
    return CatchUp(replies, waiting, tuple(rest[:REST]), max(0, len(rest) - REST))


_LAST = """
SELECT MAX(at) FROM (
  SELECT MAX(p.made_at) AS at FROM conversation_readmark r
    JOIN conversation_post p ON p.topic_id = r.topic_id AND p.place = r.upto WHERE r.persona_id = %s
  UNION ALL SELECT p.made_at FROM conversation_allread k JOIN groups_persona a ON a.id = k.persona_id
    JOIN conversation_post p ON p.group_id = a.group_id AND p.number = k.upto WHERE k.persona_id = %s
  UNION ALL SELECT made_at FROM (SELECT made_at FROM conversation_post WHERE author_id = %s ORDER BY id DESC LIMIT 1) AS own
) AS both_of_them
"""


def last_here(place: Place) -> datetime | None:
    """
    Return about when this persona was last here: the time of the newest post that she has read or written; None if she has none.

    No time of a visit is stored anywhere.
    """
    row = one(_LAST, place.persona, place.persona, place.persona)
    return as_time(row[0]) if row and row[0] else None


def _replies(personas: Sequence[int]) -> list[tuple[int, ReplyRow]]:
    if not personas:
        return []
    return [_reply(row) for row in many(_REPLIES.replace("{marks}", marks(len(personas))), *personas, *personas, *personas)]


def _reply(row: tuple[Any, ...]) -> tuple[int, ReplyRow]:
    name, avatar, title, topic, number, words, made_at, nameless, mask, line, me = row
    shown, face = shown_name(name, nameless=nameless, mask=mask), shown_face(avatar, name, nameless=nameless)
    return me, ReplyRow(shown, face, title_of(title, line), topic, number, excerpt(words), as_time(made_at))


def list_news(personas: Sequence[int]) -> dict[int, tuple[list[ReplyRow], int, Any]]:
    """Return for each of my personas: replies to me, how many topics have something new, and since when somebody waits."""
    if not personas:
        return {}
    news: dict[int, tuple[list[ReplyRow], int, Any]] = {}
    for persona, unread, waiting in many(_COUNTS.format(marks=marks(len(personas)), listed=LISTED, unread=UNREAD), *personas):
        news[persona] = ([], unread, as_time(waiting) if waiting else None)
    for me, row in _replies(personas):
        news[me][0].append(row)
    return news
