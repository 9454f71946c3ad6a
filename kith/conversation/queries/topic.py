"""The topic page: the hottest read, so its two statements are written by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kith.conversation import limits, reading
from kith.conversation.models import Post
from kith.conversation.rows import PostRow, TopicPage
from kith.core import drawing
from kith.core.clock import say_when
from kith.core.errors import NotFound, SignInFirst
from kith.core.markup import trusted
from kith.core.sql import as_time, marks
from kith.groups.rows import Place
from kith.groups.viewer import Viewer

# The group, who I am in it, the topic and how far I read: one statement.
_TOPIC = """
SELECT g.id, g.code, g.name, g.tint, g.emblem_seed, g.kind, g.door, g.readable, g.opened_on, g.closed_on,
       p.id, p.handle, p.name, p.avatar, p.role, p.mailbox_id, p.joined_on,
       t.id, t.number, t.title, t.wish, t.author_id, t.made_at, t.last_place, t.waiting_since, a.name, r.upto
  FROM groups_group g
  LEFT JOIN groups_persona p ON p.owner_tag = %s AND p.left_on IS NULL
  LEFT JOIN conversation_topic t ON t.group_id = g.id AND t.number = %s AND t.gone_on IS NULL
  LEFT JOIN groups_persona a ON a.id = t.author_id
  LEFT JOIN conversation_readmark r ON r.persona_id = p.id AND r.topic_id = t.id
 WHERE g.code = %s
"""
_POSTS = """
SELECT p.id, p.number, p.place, p.author_id, a.name, a.avatar, a.role, p.made_at, p.html, p.note, p.edited_on, p.state,
       p.nameless, p.host_note, r.kind
  FROM conversation_post p
  JOIN groups_persona a ON a.id = p.author_id
  LEFT JOIN conversation_response r ON r.post_id = p.id AND r.persona_id = %s
 WHERE p.topic_id = %s AND p.place BETWEEN %s AND %s
 ORDER BY p.place
"""
_HEARD = """
SELECT r.post_id, r.kind, a.name FROM conversation_response r JOIN groups_persona a ON a.id = r.persona_id
 WHERE r.post_id IN ({marks}) ORDER BY r.id
"""


def get_topic(viewer: Viewer, code: str, number: int, *, page: int = 1, today: date) -> tuple[Place, TopicPage]:
    """
    Return a topic with one page of posts, and the place around it, in two statements (three where my own posts are on it).

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: if this viewer may not read it, or there is no such topic or page
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOPIC, [viewer.tag(code), number, code])
        row = cursor.fetchone()
        place = _place(row, viewer)
        if row[17] is None:
            raise NotFound
        last, upto = row[23], row[26] or 0
        pages = max(1, -(-last // limits.PAGE))
        if not 1 <= page <= pages:
            raise NotFound
        start = (page - 1) * limits.PAGE + 1
        cursor.execute(_POSTS, [place.persona, row[17], start, start + limits.PAGE - 1])
        posts = cursor.fetchall()
        heard = _heard(cursor, [post[0] for post in posts if post[3] == place.persona])
    if place.persona:
        reading.note(place.persona, row[17], min(start + limits.PAGE - 1, last), already=upto)
    drawn = _draw(posts, place, upto, heard, today)
    first_new = next((post.number for post in drawn if post.new), 0)
    topic = TopicPage(
        row[17], row[18], row[19], row[20], row[25] or "", row[21] == place.persona, say_when(as_time(row[22]), today),
        tuple(drawn), last, page, pages, first_new, row[24] is not None,
    )  # fmt: skip
    return place, topic


def _place(row: Sequence[Any] | None, viewer: Viewer) -> Place:
    if row is None:
        raise NotFound
    member = row[16] is not None
    is_open = row[8] is not None and row[9] is None
    if not member and not (row[7] and is_open):
        if viewer.is_guest and is_open and row[6] != "invitation":
            raise SignInFirst
        raise NotFound
    mine = (row[10], row[11], row[12], trusted(row[13]), row[14]) if member else (0, "", "", trusted(""), "")
    persona, handle, name, avatar, role = mine
    mailbox = (row[15] or 0) if member else 0
    return Place(
        row[0], row[1], row[2], row[3], row[4], row[5], persona, handle, name, avatar, role, row[6], bool(row[7]), mailbox
    )


def _heard(cursor: Any, mine: list[int]) -> dict[int, str]:
    """Say for my own posts on the page who answered them without words."""
    if not mine:
        return {}
    cursor.execute(_HEARD.format(marks=marks(len(mine))), mine)
    names: dict[tuple[int, str], list[str]] = {}
    for post, kind, name in cursor.fetchall():
        names.setdefault((post, kind), []).append(name or _("A member"))
    words = response_words()
    said: dict[int, list[str]] = {}
    for (post, kind), who in names.items():
        sentence = _("%(names)s: %(response)s.") % {"names": ", ".join(who), "response": words[kind]}
        said.setdefault(post, []).append(sentence)
    return {post: " ".join(sentences) for post, sentences in said.items()}


def response_words() -> dict[str, str]:
    """Name the quiet responses."""
    return {"heard": _("I hear you"), "me_too": _("Me too"), "hope": _("Holding hope"), "thanks": _("Thank you")}


def role_words() -> dict[str, str]:
    """Name the roles as they stand beside a name."""
    return {"host": _("Host"), "facilitator": _("Facilitator"), "greeter": _("Greeter"), "member": ""}


def _draw(posts: list[Any], place: Place, upto: int, heard: dict[int, str], today: date) -> list[PostRow]:
    roles, member, me = role_words(), _("A member"), place.persona
    said: dict[tuple[date, int], str] = {}
    drawn = []
    for key, number, seat, author, name, avatar, role, made, html, note, edited, state, nameless, host_note, response in posts:
        made_at = as_time(made)
        day = (made_at.date(), made_at.hour // 6)
        if day not in said:
            said[day] = say_when(made_at, today)
        mine = author == me and me != 0
        masked = nameless or not name
        drawn.append(
            PostRow(
                number,
                member if masked else name,
                trusted(drawing.avatar("nameless") if masked else avatar),
                "" if masked else roles[role],
                said[day],
                trusted(html),
                note,
                mine,
                edited is not None,
                state or ("nameless" if masked else ""),
                seat > upto and not mine and me != 0,
                response or "",
                heard.get(key, ""),
                host_note,
            )
        )
    return drawn


def page_of_post(code: str, topic: int, number: int) -> int:
    """Return on which page of its topic a post stands; 1 where there is none."""
    found = Post.objects.filter(group__code=code, topic__number=topic, number=number)
    return -(-(found.values_list("place", flat=True).first() or 1) // limits.PAGE)


def get_post_row(viewer: Viewer, code: str, topic: int, number: int, *, today: date) -> tuple[Place, PostRow]:
    """
    Return one post as it stands on its page, for an open page that was told of it.

    :raises NotFound: if this viewer may not read it
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOPIC, [viewer.tag(code), topic, code])
        row = cursor.fetchone()
        place = _place(row, viewer)
        seat = Post.objects.filter(topic=row[17], number=number).values_list("place", flat=True).first()
        if row[17] is None or seat is None:
            raise NotFound
        cursor.execute(_POSTS, [place.persona, row[17], seat, seat])
        posts = cursor.fetchall()
        heard = _heard(cursor, [post[0] for post in posts if post[3] == place.persona])
    if place.persona:
        reading.note(place.persona, row[17], seat, already=row[26] or 0)
    return place, _draw(posts, place, seat - 1, heard, today)[0]


def watch_topic(viewer: Viewer, code: str, number: int) -> int:
    """
    Return the key of a topic that this viewer may watch.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: if this viewer may not read it
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOPIC, [viewer.tag(code), number, code])
        row = cursor.fetchone()
    _place(row, viewer)
    if row is None or row[17] is None:
        raise NotFound
    return int(row[17])
