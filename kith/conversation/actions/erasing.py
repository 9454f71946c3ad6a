"""That a post was taken back, dropped or brought back, so that an older copy of the database changes nothing of it."""

from datetime import datetime

from kith.conversation.models import Post
from kith.core import erasing
from kith.people.sealing import erasure_tag


def note_withdrawn(post: Post, at: datetime) -> None:
    """Note that it was taken back; its author may still bring it back."""
    erasing.note("conversation.withdrawn", tag_of(post), at=at)


def note_restored(post: Post, at: datetime) -> None:
    """Note that it was brought back."""
    erasing.note("conversation.restored", tag_of(post), at=at)


def note_dropped(post: Post, at: datetime) -> None:
    """Note that nothing of it is kept."""
    erasing.note("conversation.dropped", tag_of(post), at=at)


def tag_of(post: Post) -> bytes:
    """Tag a post by what no other post will ever have: its key alone is given again after an older copy was restored."""
    return erasure_tag(f"post:{post.pk}:{post.author_id}:{post.made_at.timestamp():.6f}")
