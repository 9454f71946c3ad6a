"""A reader's quiet word to an author: I wish this had a note. The author learns that, never who; nobody counts, no host sees it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import rules
from kith.conversation.models import NoteWish, Post
from kith.conversation.sight import in_sight
from kith.core.errors import NotFound, Refused
from kith.groups.rows import Place
from kith.notify.actions import tell, untell

_KIND = "conversation.note_wished"


@transaction.atomic
def wish_note(place: Place, number: int, *, note: str, at: datetime) -> Post:
    """
    Tell an author that one wishes a post of hers had a content note; once for each reader and post, sent twice it stays as it was.

    :raises NotFound: if the post cannot be seen
    :raises Refused: if it is one's own, or has a note by now
    :raises Invalid: if what the note could say is too long
    """
    note = rules.check_note(note)
    post = Post.objects.filter(in_sight(place), group=place.key, number=number).select_related("topic", "author").first()
    if post is None or not place.persona:
        raise NotFound
    rules.check_open_to_answers(post, place)
    if post.note:
        raise Refused(_("It has a content note by now. Thank you."))
    if post.author.mailbox_id:  # somebody who is not here any more cannot be told
        NoteWish.objects.get_or_create(post=post, persona_id=place.persona, defaults={"note": note})
        tell(post.author.mailbox_id, _KIND, about=_about(place.code, post), at=at)
    return post


def end_note_wishes(post: Post, code: str) -> None:
    """Forget who wished for a note: there is one now, or the post has gone."""
    NoteWish.objects.filter(post=post).delete()
    untell(_KIND, _about(code, post))


def _about(code: str, post: Post) -> str:
    return f"{code}:{post.topic.number}:{post.number}"
