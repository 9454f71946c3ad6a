"""What is mine: posts, their past forms, drafts; and what a host is shown of a reported post."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet
from markupsafe import Markup

from kith.conversation import limits
from kith.conversation.mentions import find_named, mark_named
from kith.conversation.models import Draft, NoteWish, Post, Revision
from kith.conversation.rendering import drawn_elsewhere, drawn_from_outside, name_of
from kith.conversation.rows import DraftRow, OwnPost, Sieve
from kith.conversation.sight import in_sight, of_all, title_of
from kith.core import text
from kith.core.errors import NotFound
from kith.core.markup import trusted
from kith.core.text import excerpt, fold
from kith.groups.rows import Mine, Place
from kith.safety.reportable import Reported


def get_own_post(place: Mine, number: int) -> OwnPost:
    """
    Return one of my posts, to change it or take it back; also where I was before.

    :raises NotFound: for everybody but the author
    """
    post = _posts().filter(group=place.key, number=number, author=place.persona).first()
    if post is None or not place.persona:
        raise NotFound
    return replace(_own(post), html=trusted(drawn_from_outside(post) if place.past else drawn_elsewhere(post, place.code)))


def list_note_wishes(place: Place, number: int) -> list[str] | None:
    """Return what readers wish a note on my post said, without who or how many; None where nobody wishes for one."""
    wishes = NoteWish.objects.filter(post__group=place.key, post__number=number, post__author=place.persona)
    notes = sorted(set(wishes.values_list("note", flat=True)))
    return [note for note in notes if note][: limits.WISHED_SHOWN] if notes else None


def get_quotable(place: Place, number: int) -> OwnPost:
    """
    Return a post that this member may quote or answer.

    :raises NotFound: if it is not on the page
    """
    post = _posts().filter(in_sight(place), group=place.key, number=number, state="", own_fold=False).first()
    if post is None:
        raise NotFound
    return _own(post)


def get_hostable(place: Place, number: int) -> OwnPost:
    """
    Return a post that a host is about to deal with.

    :raises NotFound: for everybody but hosts, and for posts that are gone
    """
    post = _posts().filter(of_all(), group=place.key, number=number).exclude(state__in=["withdrawn", "returned"]).first()
    if post is None or not place.leads:
        raise NotFound
    return replace(_own(post), html=trusted(drawn_elsewhere(post, place.code)))


def _posts() -> QuerySet[Post]:
    return Post.objects.select_related("topic", "author")


def _own(post: Post) -> OwnPost:
    return OwnPost(
        post.number, post.topic.number, title_of(post.topic.title, post.topic.line_id), post.words, post.note, post.state, post.made_at,
        post.edited_on is not None, name_of(post), post.place == 1, post.topic.wish, post.host_note, post.nameless,
        later=post.later, own_fold=post.own_fold, gone_at=post.gone_at, line=post.topic.line_id is not None, there=post.topic.gone_on is None,
    )  # fmt: skip


def list_own_posts(persona: int, *, before: int = 0, limit: int = limits.PAGE) -> tuple[list[OwnPost], int]:
    """List what a persona wrote, newest first (older than post `before`), and where the next page begins (0 at the end)."""
    return _page([_listed(post) for post in _written([persona], before).exclude(state="withdrawn")[: limit + 1]], limit)


def find_own_posts(
    personas: Sequence[int], sieve: Sieve, *, before: int = 0, limit: int = limits.PAGE
) -> dict[int, tuple[list[OwnPost], int]]:
    """
    List what personas of mine wrote that goes through this sieve, as `list_own_posts` does, in one statement.

    The words are compared here: the two databases differ in what they take for a capital, and neither knows accents.
    """
    wanted, found = fold(sieve.words).split(), {persona: list[OwnPost]() for persona in personas}
    posts, full = _written(personas, before).filter(_KINDS[sieve.kind], _STATES[sieve.state]), 0
    kept = _kept_forms(personas) if sieve.state == "back" else {}
    for post in posts.iterator(chunk_size=200):
        if form := kept.get(post.pk):
            post.words, post.note, post.later, post.topic.title = (
                form.words,
                form.note,
                form.later,
                form.title or post.topic.title,
            )
        rows = found[post.author_id]
        if len(rows) <= limit and _has(post, wanted):
            rows.append(_listed(post, near=wanted[0] if wanted else ""))
            full += len(rows) > limit
        if full == len(found):
            break
    return {persona: _page(rows, limit) for persona, rows in found.items()}


_KINDS = {"": Q(), "topics": Q(place=1), "answers": Q(place__gt=1)}
_STATES = {
    "": ~Q(state="withdrawn"),
    "shown": Q(state="", own_fold=False),
    "folded": Q(state="folded") | Q(state="", own_fold=True),
    "returned": Q(state="returned"),
    "back": Q(state="withdrawn", gone_at__isnull=False),
    "later": ~Q(state="withdrawn") & ~Q(later=""),
}


def _written(personas: Sequence[int], before: int) -> QuerySet[Post]:
    posts = _posts().filter(author__in=personas).defer("html", "quoted").order_by("-number", "-pk")
    return posts.filter(number__lt=before) if before else posts


def _kept_forms(personas: Sequence[int]) -> dict[int, Revision]:
    """Return how each post that was taken back read last: for thirty days it can be brought back so."""
    rows = Revision.objects.filter(post__author__in=personas, post__state="withdrawn").order_by("pk")
    return {row.post_id: row for row in rows}


def _has(post: Post, wanted: list[str]) -> bool:
    said = fold(f"{post.topic.title} {post.note} {post.words} {post.later}")
    return all(word in said for word in wanted)


def _listed(post: Post, *, near: str = "") -> OwnPost:
    return replace(_own(post), gist=excerpt(post.words, limits.GIST, near=near))


def _page(rows: list[OwnPost], limit: int) -> tuple[list[OwnPost], int]:
    return rows[:limit], rows[limit - 1].number if len(rows) > limit else 0


def preview(place: Place, words: str) -> Markup:
    """Draw words as they would stand on the page, with the names that they call; nothing is kept."""
    words = text.clean(words[: limits.MAX_WORDS])
    return trusted(mark_named(text.render(words), [one.name for one in find_named(place.key, words)]))


def get_draft(place: Place, where: str) -> DraftRow:
    """Return my unsent writing for one place; empty if there is none."""
    row = Draft.objects.filter(persona=place.persona, place=where).first()
    return _draft(row, place.code) if row else DraftRow(where, "", "", "", "", 0)


def list_drafts(personas: Sequence[tuple[int, str]]) -> list[DraftRow]:
    """List my unsent writing group by group (pairs of persona and group code; empty where nobody writes any more)."""
    codes = dict(personas)
    order = {persona: at for at, persona in enumerate(codes)}
    rows = sorted(Draft.objects.filter(persona__in=codes), key=lambda row: (order[row.persona_id], row.place))
    return [_draft(row, codes[row.persona_id]) for row in rows]


def _draft(row: Draft, code: str) -> DraftRow:
    kind, _colon, number = row.place.partition(":")
    path = {
        "topic": f"/g/{code}/topics/new/",
        "line": f"/g/{code}/line/",
        "reply": f"/g/{code}/topics/{number}/#write",
        "edit": f"/g/{code}/posts/{number}/edit/",
    }[kind]
    path = path if code else ""
    gist = excerpt(f"{row.title} {row.words}")
    return DraftRow(row.place, row.title, row.words, row.wish, row.note, row.version, path, row.nameless, gist)


def find_reported(place: Place, number: int) -> Reported:
    """
    Return a post that is being reported.

    :raises NotFound: if this member cannot see it
    """
    post = _posts().filter(in_sight(place), group=place.key, number=number).exclude(state__in=["withdrawn", "returned"]).first()
    if post is None:
        raise NotFound
    path = f"/g/{place.code}/topics/{post.topic.number}/?post={number}#p{number}"
    return Reported(
        post.author_id,
        f"{post.words}\n\n{post.later}".strip(),
        title_of(post.topic.title, post.topic.line_id),
        path,
        masked=post.nameless,
    )
