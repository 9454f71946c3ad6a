"""How a post of one's own is shown: with a later note, without one's name, folded."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import limits, rules, search
from kith.conversation.actions.changing import keep_form, lock_own
from kith.conversation.masks import NAMED, mask_for
from kith.conversation.models import Post, Topic
from kith.conversation.rendering import SHOWN, draw_post, redraw_quotes_of_post
from kith.core import text
from kith.core.audit import record
from kith.core.errors import Refused
from kith.core.events import show
from kith.groups.rows import Place
from kith.notify.actions import name_otherwise

_BY_HER = ("conversation.answered", "conversation.quoted", "conversation.mentioned")  # notices that name whoever wrote the post


@transaction.atomic
def note_later(place: Place, number: int, *, words: str, at: datetime) -> Post:
    """
    Add "how I see it now" below a post, change it, or take it away with no words; how it read before is kept for its author.

    :raises NotFound: for everybody but the author
    :raises Refused: once the post was taken back
    :raises Invalid: if it is too long
    """
    words = text.clean(words)
    words = "" if text.is_blank(words) else words
    text.check_length(words, limits.MAX_LATER, field="later")
    post = lock_own(place, number)
    rules.check_still_there(post)
    if words != post.later:
        keep_form(post, at)
        post.later, post.later_on = words, at.date() if words else None
        _redraw(post, "later", "later_on")
        _done("later", post, at)
    return post


@transaction.atomic
def show_name(place: Place, number: int, *, nameless: bool, at: datetime) -> Post:
    """
    Show a post without its author's name, or with it again; quotes and notices of it follow.

    :raises NotFound: for everybody but the author
    :raises Refused: once it was taken back, and in a line to the hosts
    """
    post = lock_own(place, number)  # with the group, under which numbers of nameless voices are handed out
    rules.check_still_there(post)
    if post.topic.line_id is not None:
        raise Refused(_("Only you and the hosts see this topic, so leaving your name off would hide nothing."))
    if nameless == post.nameless:
        return post
    post.nameless, post.mask = nameless, mask_for(post.topic_id, place.persona) if nameless else NAMED
    post.save(update_fields=["nameless", "mask"])
    if post.place == 1:
        Topic.objects.filter(pk=post.topic_id).update(mask=post.mask)
    redraw_quotes_of_post(post)
    was, now = (post.author.name, "") if nameless else ("", post.author.name)
    name_otherwise(_BY_HER, f"{place.code}:{post.topic.number}:{number}", was=was, now=now)
    _done("named", post, at)
    return post


@transaction.atomic
def fold_own(place: Place, number: int, *, folded: bool, at: datetime) -> Post:
    """
    Fold a post of one's own, or open it again: whoever wants to read it opens it, and nobody quotes it meanwhile.

    :raises NotFound: for everybody but the author
    :raises Refused: once it was taken back
    """
    post = lock_own(place, number)
    rules.check_still_there(post)
    if folded != post.own_fold:
        post.own_fold = folded
        post.save(update_fields=["own_fold"])
        redraw_quotes_of_post(post)
        _done("folded" if folded else "opened", post, at)
    return post


def _redraw(post: Post, *fields: str) -> None:
    post.html = draw_post(post) if post.state in SHOWN else ""
    post.save(update_fields=["html", *fields])


def _done(what: str, post: Post, at: datetime) -> None:
    search.renew(post.pk)
    record(f"conversation.{what}", by=post.author_id, about=f"post:{post.pk}", at=at)
    show(f"topic:{post.topic_id}", "changed", post.number, at)
