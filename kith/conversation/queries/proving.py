"""A copy of the database is read as its members read it."""

from datetime import datetime

from kith.conversation import limits
from kith.conversation.models import Post
from kith.conversation.queries.topic import get_topic
from kith.groups.personas import owner_of
from kith.groups.viewer import Viewer


def read_newest(at: datetime) -> int:
    """Open the page of the newest post that stands, as whoever wrote it; return how many posts it shows (none where nobody wrote any)."""
    standing = Post.objects.filter(state="", topic__gone_on=None, author__left_on=None, group__closed_on=None)
    post = standing.exclude(author__owner_sealed=None).select_related("author", "topic", "group").order_by("-pk").first()
    if post is None:
        return 0
    viewer = Viewer(owner_of(post.author))
    page = -(-post.place // limits.PAGE)
    _place, topic = get_topic(viewer, post.group.code, post.topic.number, page=page, today=at.date())
    if post.number not in {row.number for row in topic.posts}:
        raise LookupError("the newest post is not on its page")
    return len(topic.posts)
