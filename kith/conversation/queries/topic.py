"""The topic page: the hottest read, so its two statements are written by hand."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.conversation import limits
from kith.conversation.masks import shown_name
from kith.conversation.models import Post
from kith.conversation.rows import DraftRow, PostRow, TopicPage
from kith.conversation.sight import IN_SIGHT, title_of
from kith.core import drawing
from kith.core.clock import say_when, saying
from kith.core.errors import NotFound
from kith.core.sql import as_time, many, marks, one
from kith.core.words import per_language
from kith.groups import places
from kith.groups.rows import Place
from kith.groups.viewer import Viewer

# The group, who I am in it, the topic, how far I read and what I began to answer: one statement.
_TOPIC = f"""
SELECT {places.COLUMNS},
       t.id, t.number, t.title, t.wish, t.author_id, t.made_at, t.last_place, t.waiting_since, a.name, r.upto,
       d.title, d.words, d.wish, d.note, d.version, d.nameless, t.mask,
       t.line_id, t.closed_on, t.pinned_on, t.tags_shown, t.came_from, t.went_to,
       EXISTS (SELECT 1 FROM conversation_picture u WHERE u.persona_id = p.id AND u.post_id IS NULL AND u.place = 'reply:' || t.number), k.upto
  FROM {places.JOIN}
  LEFT JOIN conversation_topic t ON t.group_id = g.id AND t.number = %s AND t.gone_on IS NULL AND {IN_SIGHT}
  LEFT JOIN groups_persona a ON a.id = t.author_id
  LEFT JOIN conversation_readmark r ON r.persona_id = p.id AND r.topic_id = t.id
  LEFT JOIN conversation_allread k ON k.persona_id = p.id AND t.line_id IS NULL
  LEFT JOIN conversation_draft d ON d.persona_id = p.id AND d.place = %s
 WHERE g.code = %s
"""
_POSTS = """
SELECT p.id, p.number, p.place, p.author_id, a.name, a.avatar, a.role, p.made_at, p.html, p.note, p.edited_on, p.state,
       p.nameless, p.mask, p.host_note, r.kind, p.own_fold, p.unseen, p.gone_at
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
    row = one(_TOPIC, viewer.tag(code), number, f"reply:{number}", code)
    place = places.place_of(row, viewer, reading=True)
    if row is None or row[17] is None:
        raise NotFound
    last, upto = row[23], row[26] or 0
    pages = max(1, -(-last // limits.PAGE))
    if not 1 <= page <= pages:
        raise NotFound
    start = (page - 1) * limits.PAGE + 1
    posts = many(_POSTS, place.persona, row[17], start, start + limits.PAGE - 1)
    heard = _heard([post[0] for post in posts if post[3] == place.persona])
    upto = max([upto, *(post[2] for post in posts if post[1] <= (row[41] or 0))])
    title, words, wish, note = (value or "" for value in row[27:31])
    draft = DraftRow(f"reply:{number}", title, words, wish, note, row[31] or 0, nameless=bool(row[32]), pictures=bool(row[40]))
    drawn = _draw(posts, place, upto, heard, today, hostable=row[34] is None)
    first_new = next((post.number for post in drawn if post.new), 0)
    topic = TopicPage(
        row[17], row[18], title_of(row[19], row[34]), row[20], _starter(row[25], row[33]), row[21] == place.persona, say_when(as_time(row[22]), today),
        tuple(drawn), last, page, pages, first_new, row[24] is not None, upto, draft, row[34] is not None, row[35] is not None, row[36] is not None,
        tuple(filter(None, row[37].split("\n"))), row[38], tuple(int(n) for n in row[39].split(",") if n),
    )  # fmt: skip
    return place, topic


def _starter(name: str | None, mask: int) -> str:
    return shown_name("", nameless=True, mask=mask) if mask else name or ""


def _heard(mine: list[int]) -> dict[int, str]:
    """Say for my own posts on the page who answered them without words."""
    if not mine:
        return {}
    names: dict[tuple[int, str], list[str]] = {}
    for post, kind, name in many(_HEARD.format(marks=marks(len(mine))), *mine):
        names.setdefault((post, kind), []).append(name or _("A member"))
    words = response_words()
    said: dict[int, list[str]] = {}
    for (post, kind), who in names.items():
        sentence = _("%(names)s: %(response)s.") % {"names": ", ".join(who), "response": words[kind]}
        said.setdefault(post, []).append(sentence)
    return {post: " ".join(sentences) for post, sentences in said.items()}


@per_language
def response_words() -> dict[str, str]:
    """Name the quiet responses."""
    return {"heard": _("I hear you"), "me_too": _("Me too"), "hope": _("Holding hope"), "thanks": _("Thank you")}


@per_language
def role_words() -> dict[str, str]:
    """Name the roles as they stand beside a name."""
    return {"host": _("Host"), "facilitator": _("Facilitator"), "greeter": _("Greeter"), "member": ""}


def _draw(posts: list[Any], place: Place, upto: int, heard: dict[int, str], today: date, *, hostable: bool) -> list[PostRow]:
    roles, member, nobody, me = role_words(), _("A member"), drawing.avatar("nameless"), place.persona
    drawn, say = [], saying(today)
    for (
        key, number, seat, author, name, avatar, role, made, html, note, edited, state, nameless, mask, host_note, response, own_fold,
        unseen, gone_at,
    ) in posts:  # fmt: skip
        mine = author == me and me != 0
        masked = nameless or not name
        shown = (shown_name("", nameless=True, mask=mask) if mask else member) if masked else name
        drawn.append(PostRow(
            number, shown, nobody if masked else avatar, "" if masked else roles[role], say(as_time(made)), html, note,
            mine, edited is not None, state or ("nameless" if masked else ""), seat > upto and not mine and me != 0 and not unseen,
            response or "", heard.get(key, ""), host_note, hostable and place.leads, bool(own_fold), bool(unseen), gone_at is not None,
        ))  # fmt: skip
    return drawn


def where_is_post(place: Place, topic: int, number: int) -> tuple[int, int]:
    """Return the topic in which a post of a topic stands now, for it may have been moved, and on which page; page 1 where it is none."""
    found = Post.objects.filter(Q(topic__number=topic) | Q(topic__line=None), group=place.key, number=number)
    now, seat = found.values_list("topic__number", "place").first() or (topic, 1)
    return now, -(-seat // limits.PAGE)


def get_post_row(viewer: Viewer, code: str, topic: int, number: int, *, today: date) -> tuple[Place, PostRow, bool]:
    """
    Return one post as it stands on its page, for an open page that was told of it, and whether its topic is closed.

    :raises NotFound: if this viewer may not read it
    """
    row = one(_TOPIC, viewer.tag(code), topic, f"reply:{topic}", code)
    place = places.place_of(row, viewer, reading=True)
    seat = Post.objects.filter(topic=row[17], number=number).values_list("place", flat=True).first() if row else None
    if row is None or row[17] is None or seat is None:
        raise NotFound
    posts = many(_POSTS, place.persona, row[17], seat, seat)
    heard = _heard([post[0] for post in posts if post[3] == place.persona])
    return place, _draw(posts, place, seat - 1, heard, today, hostable=row[34] is None)[0], row[35] is not None


def watch_topic(viewer: Viewer, code: str, number: int) -> tuple[str, ...]:
    """
    Return the channels of a topic that this viewer may watch: one for all, and one for what only she is told, such as quiet answers.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: if this viewer may not read it
    """
    row = one(_TOPIC, viewer.tag(code), number, f"reply:{number}", code)
    place = places.place_of(row, viewer, reading=True)
    if row is None or row[17] is None:
        raise NotFound
    return (f"topic:{row[17]}", f"own:{row[17]}:{place.persona}") if place.persona else (f"topic:{row[17]}",)
