"""Answering without words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import limits, rules
from kith.conversation.models import Post, Response
from kith.conversation.sight import in_sight
from kith.core.errors import Invalid, NotFound
from kith.core.events import show
from kith.groups.rows import Place
from kith.notify.actions import tell, untell


@transaction.atomic
def respond(place: Place, number: int, *, kind: str, at: datetime) -> Post:
    """
    Send a quiet response, or change it to another; with `kind` "none" take it back. Sent twice, it stays as it is.

    :raises NotFound: if the post cannot be seen
    :raises Refused: if it is one's own
    :raises Invalid: if it is none of the answers that there are
    """
    post = Post.objects.filter(in_sight(place), group=place.key, number=number).select_related("topic", "author").first()
    if post is None or not place.persona:
        raise NotFound
    if kind not in (*limits.RESPONSES, "none"):
        raise Invalid(kind=_("Choose one of the four answers."))
    rules.check_open_to_answers(post, place)
    about = f"{place.code}:{post.topic.number}:{post.number}"
    if kind == "none":
        _take_back(post, place.persona, about)
        _show_author(post, at)
        return post
    _show_author(post, at)
    Response.objects.update_or_create(post=post, persona_id=place.persona, defaults={"kind": kind, "made_at": at})
    if post.author.mailbox_id:
        tell(post.author.mailbox_id, "conversation.responded", about=about, who=place.persona_name, at=at)
    return post


def _show_author(post: Post, at: datetime) -> None:
    """Have the author's open page show it, and nobody else's: that there was a quiet answer concerns her alone."""
    show(f"own:{post.topic_id}:{post.author_id}", "changed", post.number, at)


def _take_back(post: Post, persona: int, about: str) -> None:
    Response.objects.filter(post=post, persona=persona).delete()
    if not Response.objects.filter(post=post).exists():
        untell("conversation.responded", about)
