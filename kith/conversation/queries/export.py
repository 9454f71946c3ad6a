"""All that a persona of mine wrote, for my own copy: with exact times, and without the words of anybody else."""

from collections.abc import Iterator

from django.db.models import Prefetch, Sum
from django.db.models.functions import Length

from kith.conversation.masks import shown_name
from kith.conversation.models import Draft, Picture, Post, Response, Revision
from kith.conversation.rows import ExportDraft, ExportForm, ExportPicture, ExportPost, ExportResponse
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
    before = [ExportForm(f.title, f.words, f.note, f.later, f.until) for f in post.revisions.all()]
    now = ExportForm(post.topic.title if post.place == 1 else "", post.words, post.note, post.later)
    if post.state == "withdrawn" and before:
        now = before.pop()
    return ExportPost(
        number=post.number, topic=post.topic.number, topic_title=now.title or title_of(post.topic.title, post.topic.line_id),
        opens_topic=post.place == 1, shown_as=shown_name(post.author.name, nameless=post.nameless, mask=post.mask),
        state=post.state or ("folded_by_me" if post.own_fold else "shown"), written_at=post.made_at, edited_on=post.edited_on,
        words=now.words, note=now.note, later=now.later, later_on=post.later_on if now.later else None, taken_back_at=post.gone_at,
        quotes_somebody=post.quotes_id is not None, before=before,
        pictures=[_picture(picture) for picture in sorted(post.pictures.all(), key=lambda one: one.seat)],
    )  # fmt: skip


def export_pictures(persona: int) -> list[ExportPicture]:
    """Return the pictures in the posts of a persona of mine."""
    pictures = Picture.objects.filter(persona=persona).exclude(post=None).order_by("post__number", "seat")
    return [_picture(picture) for picture in pictures]


def _picture(picture: Picture) -> ExportPicture:
    return ExportPicture(f"{picture.name}.webp", picture.alt, picture.name, picture.width)


def export_drafts(persona: int) -> list[ExportDraft]:
    """Return what a persona of mine has begun to write."""
    rows = Draft.objects.filter(persona=persona).order_by("place")
    return [ExportDraft(row.place, row.title, row.words, row.note) for row in rows]


def export_responses(persona: int) -> list[ExportResponse]:
    """Return which answers without words a persona of mine has given, and to which posts; not what those say."""
    rows = Response.objects.filter(persona=persona).select_related("post__topic").order_by("pk")
    return [ExportResponse(row.post.topic.number, row.post.number, row.kind, row.made_at) for row in rows]
