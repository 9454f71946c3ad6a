"""Who may say what, and who may change it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kith.conversation import limits
from kith.conversation.models import Picture, Post
from kith.conversation.sight import sees
from kith.core import text
from kith.core.errors import Invalid, NotFound, Refused
from kith.groups.rows import Mine, Place


def check_words(words: str, *, problem: str = "words") -> str:
    """
    Return the words as they are stored.

    :raises Invalid: if there are none, or too many
    """
    words = text.clean(words)
    if text.is_blank(words):
        raise Invalid(**{problem: _("There are no words yet. One word is enough.")})
    if len(words) > limits.MAX_WORDS:
        more = len(words) - limits.MAX_WORDS
        raise Invalid(
            **{
                problem: _(
                    "This is %(more)s letters too long for one post. Your words are below: take some out, or send them as two posts."
                )
                % {"more": more}
            }
        )
    return words


def check_title(title: str) -> str:
    """
    Return the title as it is stored.

    :raises Invalid: if it is empty or too long
    """
    title = text.clean(title, one_line=True)
    if text.is_blank(title):
        raise Invalid(title=_("Give it a title. A few words are enough."))
    if len(title) > limits.MAX_TITLE:
        raise Invalid(
            title=_("This title has %(has)s letters. Please use %(n)s or fewer.") % {"has": len(title), "n": limits.MAX_TITLE}
        )
    return title


def check_note(note: str) -> str:
    """
    Return a content note as it is stored.

    :raises Invalid: if it is too long
    """
    note = text.clean(note, one_line=True)
    if len(note) > limits.MAX_NOTE:
        raise Invalid(note=_("A content note is short: please use %(n)s letters or fewer.") % {"n": limits.MAX_NOTE})
    return note


def check_not_closed(closed: object) -> None:
    """
    Refuse an answer where a host has closed the topic.

    :raises Invalid: with what to do instead
    """
    if closed:
        raise Invalid(words=_("A host has closed this topic. Your words are below: you can start a topic of your own with them."))


def check_alt(alt: str) -> str:
    """
    Return what a picture shows, as it is stored.

    :raises Invalid: if it is too long
    """
    alt = text.clean(alt, one_line=True)
    text.check_length(alt, limits.MAX_ALT, field="picture")
    return alt


def too_many_pictures() -> str:
    """Say how many pictures a post can hold."""
    return _("A post can hold %(n)s pictures. Take one out, or send another post.") % {"n": limits.MAX_PICTURES}


def check_picture(place: Place, picture: Picture | None) -> Picture:
    """
    Return a picture: let everybody who can read a post see its pictures, and their own picture whoever sent it.

    :raises NotFound: for all others, and where there is none
    """
    if picture is None:
        raise NotFound
    post, mine = picture.post, place.persona != 0 and picture.persona_id == place.persona
    if not mine and (post is None or not _reads(place, post)):
        raise NotFound
    return picture


def _reads(place: Place, post: Post) -> bool:
    return post.state not in ("withdrawn", "returned") and post.topic.gone_on is None and sees(place, post.topic.line_id)


def check_still_there(post: Post) -> None:
    """
    Let a post of one's own be changed only while it stands.

    :raises Refused: once it was taken back
    """
    if post.state == "withdrawn":
        raise Refused(_("You took this post back. Bring it back first, then change it."))


def check_restorable(post: Post, place: Mine, at: datetime) -> None:
    """
    Let a post of one's own be brought back for thirty days, by a member; one that stands is left as it is.

    :raises NotFound: where nothing is kept of it
    """
    if post.state != "withdrawn":
        return
    if post.gone_at is None or place.past or at - post.gone_at >= timedelta(days=limits.KEEP_DAYS):
        raise NotFound


def check_open_to_answers(post: Post, place: Place) -> None:
    """
    Refuse an answer without words to oneself or to something that is gone.

    :raises NotFound: if the post cannot be seen
    :raises Refused: if it is one's own
    """
    if post.state in ("withdrawn", "returned"):
        raise NotFound
    if post.author_id == place.persona:
        raise Refused(_("This is your own post."))
