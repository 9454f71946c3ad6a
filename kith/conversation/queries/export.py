"""All that a persona of mine wrote, for my own copy: with exact times, and without the words of anybody else."""

from collections.abc import Iterator

from django.db.models import Prefetch, Sum
from django.db.models.functions import Length

from kith.conversation.masks import shown_name
from kith.conversation.models import AllRead, Draft, Mention, NoteWish, Picture, Post, ReadMark, Response, Revision, Told
from kith.conversation.rows import (
    ExportCall,
    ExportDraft,
    ExportForm,
    ExportGone,
    ExportPicture,
    ExportPost,
    ExportRead,
    ExportResponse,
    ExportTold,
    ExportWish,
)
from kith.conversation.sight import title_of


def count_letters(personas: list[int]) -> int:
    """Count the letters that personas of mine wrote, how they read before included."""
    posts = Post.objects.filter(author__in=personas).aggregate(n=Sum(Length("words")))["n"] or 0
    forms = Revision.objects.filter(post__author__in=personas).aggregate(n=Sum(Length("words")))["n"] or 0
    return int(posts) + int(forms)


def export_posts(persona: int) -> Iterator[ExportPost]:
    """Return every post of a persona of mine, topic by topic; what was taken back as long as it is kept."""
    forms = Prefetch("revisions", Revision.objects.order_by("pk"))
    posts = Post.objects.filter(author=persona).exclude(state="withdrawn", gone_at=None).select_related("topic", "author")
    for post in (
        posts.defer("html").prefetch_related(forms, "pictures").order_by("topic__number", "place").iterator(chunk_size=200)
    ):
        yield _exported(post)


def _exported(post: Post) -> ExportPost:
    before = [ExportForm(f.title, f.words, f.note, f.later, f.until, f.wish) for f in post.revisions.all()]
    now = ExportForm(post.topic.title if post.place == 1 else "", post.words, post.note, post.later, wish=_wish(post))
    if post.state == "withdrawn" and before:
        now = before.pop()
    return ExportPost(
        number=post.number, topic=post.topic.number, topic_title=now.title or title_of(post.topic.title, post.topic.line_id),
        opens_topic=post.place == 1, shown_as=shown_name(post.author.name, nameless=post.nameless, mask=post.mask),
        state=post.state or ("folded_by_me" if post.own_fold else "shown"), written_at=post.made_at, edited_on=post.edited_on,
        words=now.words, note=now.note, later=now.later, later_on=post.later_on if now.later else None, taken_back_at=post.gone_at,
        quotes_somebody=post.quotes_id is not None, before=before,
        pictures=[_picture(picture) for picture in sorted(post.pictures.all(), key=lambda one: one.seat)], wish=now.wish,
        nameless=post.nameless, line=post.topic.line_id is not None, taken_back_unseen=post.unseen,
    )  # fmt: skip


def _wish(post: Post) -> str:
    return post.topic.wish if post.place == 1 else ""


def export_gone(persona: int) -> list[ExportGone]:
    """Return the posts of a persona of mine that were taken back for good: only their numbers are left."""
    rows = Post.objects.filter(author=persona, state="withdrawn", gone_at=None).select_related("topic").order_by("number")
    return [ExportGone(row.topic.number, row.number, row.made_at) for row in rows]


def export_pictures(persona: int) -> list[ExportPicture]:
    """Return the pictures of a persona of mine, those that wait for their post too."""
    pictures = Picture.objects.filter(persona=persona).order_by("post__number", "place", "seat", "pk")
    return [_picture(picture) for picture in pictures]


def _picture(picture: Picture) -> ExportPicture:
    return ExportPicture(f"{picture.name}.webp", picture.alt, picture.name, picture.width, picture.place)


def export_drafts(persona: int) -> list[ExportDraft]:
    """Return what a persona of mine has begun to write."""
    rows = Draft.objects.filter(persona=persona).order_by("place")
    return [ExportDraft(row.place, row.title, row.words, row.note, row.wish, row.nameless) for row in rows]


def export_responses(persona: int) -> list[ExportResponse]:
    """Return which answers without words a persona of mine has given, and to which posts; not what those say."""
    rows = Response.objects.filter(persona=persona).select_related("post__topic").order_by("pk")
    return [ExportResponse(row.post.topic.number, row.post.number, row.kind, row.made_at) for row in rows]


def export_read(persona: int) -> list[ExportRead]:
    """Return how far a persona of mine has read in each topic."""
    rows = ReadMark.objects.filter(persona=persona).order_by("topic__number").values_list("topic__number", "upto")
    return [ExportRead(*row) for row in rows]


def export_all_read(persona: int) -> int:
    """Return up to which post a persona of mine is done with all of it; 0 if she never said so."""
    return AllRead.objects.filter(persona=persona).values_list("upto", flat=True).first() or 0


def export_calls(persona: int) -> list[ExportCall]:
    """Return which posts call a persona of mine by her name."""
    rows = Mention.objects.filter(persona=persona).order_by("post__number")
    return [ExportCall(*row) for row in rows.values_list("post__topic__number", "post__number", "name")]


def export_wishes(persona: int) -> list[ExportWish]:
    """Return the notes that a persona of mine wished for."""
    rows = NoteWish.objects.filter(persona=persona).order_by("post__number")
    return [ExportWish(*row) for row in rows.values_list("post__topic__number", "post__number", "note")]


def export_told(persona: int) -> list[ExportTold]:
    """Return of which waiting posts a persona of mine was told."""
    rows = Told.objects.filter(persona=persona).order_by("post__number")
    return [ExportTold(*row) for row in rows.values_list("post__topic__number", "post__number", "told_on")]
