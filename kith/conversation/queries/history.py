"""How a post of mine became what it is: each change word by word, for its author alone."""

from kith.conversation.models import Revision
from kith.conversation.queries.own import get_own_post
from kith.conversation.rows import ChangeRow, OwnPost, RevisionRow
from kith.core.differences import Piece, differences
from kith.groups.rows import Mine

MOST = 50  # changes that are drawn; what is older is in the download


def list_revisions(place: Mine, number: int) -> list[RevisionRow]:
    """
    List how my post read before, newest first.

    :raises NotFound: for everybody but the author
    """
    get_own_post(place, number)
    rows = Revision.objects.filter(post__group=place.key, post__number=number).order_by("-pk")
    return [RevisionRow(row.words, row.note, row.until, row.title, row.later) for row in rows]


def list_changes(place: Mine, number: int) -> list[ChangeRow]:
    """
    List each change of my post, newest first; the form in which it was taken back is none.

    :raises NotFound: for everybody but the author
    """
    post, forms = get_own_post(place, number), list_revisions(place, number)
    now = forms.pop(0) if post.state == "withdrawn" and forms else _form(post)
    after, changes = now, list[ChangeRow]()
    for before in forms[:MOST]:
        changes.append(_change(before, after))
        after = before
    return changes


def _form(post: OwnPost) -> RevisionRow:
    return RevisionRow(post.words, post.note, post.made_at, post.topic_title if post.opening else "", post.later)


def _change(before: RevisionRow, after: RevisionRow) -> ChangeRow:
    parts = (("title", before.title, after.title), ("note", before.note, after.note), ("later", before.later, after.later))
    small = {name: differences(old, new) for name, old, new in parts if old != new and (old or name != "title")}
    words: list[Piece] = differences(before.words, after.words) if before.words != after.words else []
    return ChangeRow(before.until, words, small, before.words)
