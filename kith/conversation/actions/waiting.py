"""Whether a topic waits for an answer, and since when: decided here for all but starting and answering, the hot ones, which say it by hand."""

from datetime import datetime

from django.db.models import QuerySet

from kith.conversation.actions.relaying import stop_waiting, wait_for_answer
from kith.conversation.masks import NAMED
from kith.conversation.models import Post, Topic


def settle_wait(topic: int, *, since: datetime | None = None) -> None:
    """
    Decide anew whether a topic waits for an answer, on its row and in the relay; inside the caller's transaction.

    Its first post waits from `since` on, or as if it had never stopped. An answer that was taken back was one all the same.
    """
    row = Topic.objects.get(pk=topic)
    opening = Post.objects.filter(topic=topic).select_related("author").order_by("place")[:1].get()
    answered = other_voices(opening).order_by("place").values_list("made_at", flat=True).first()
    row.answered_after = max(0, int((answered - opening.made_at).total_seconds() // 60)) if answered else None
    row.waiting_since = _since(row, opening, answered, since)
    row.save(update_fields=["waiting_since", "answered_after"])
    if row.waiting_since is not None and _is_passed_on(row, opening):
        wait_for_answer(row, opening.pk, since=row.waiting_since)
    elif row.closed_on or row.gone_on:
        stop_waiting(topic=topic)
    else:
        stop_waiting(post=opening.pk)


def leave_if_empty(topic: int, at: datetime) -> None:
    """Take a topic from the lists once everything in it was taken back: nothing is left to read. Who brings a post back brings it back too."""
    if not Post.objects.filter(topic=topic).exclude(state="withdrawn").exists():
        Topic.objects.filter(pk=topic, gone_on=None).update(gone_on=at.date())
        settle_wait(topic)


def other_voices(post: Post) -> QuerySet[Post]:
    """Return what other voices said in a post's topic: her own under another name counts, since leaving it out would tell that it is hers."""
    return Post.objects.filter(topic=post.topic_id).exclude(author=post.author_id, mask=post.mask)


def _since(topic: Topic, opening: Post, answered: datetime | None, since: datetime | None) -> datetime | None:
    if topic.gone_on or topic.closed_on:
        return None
    if topic.line_id is not None:
        return _line_since(opening, since)
    return None if answered or opening.state else since or topic.waiting_since or opening.made_at


def _line_since(opening: Post, since: datetime | None) -> datetime | None:
    """Say since when a line waits: from the first word of its member after the last one of a host."""
    host = other_voices(opening).order_by("-place").values_list("place", flat=True).first()
    word = Post.objects.filter(topic=opening.topic_id, place__gt=host or 0, state="").order_by("place").first()
    if word is None:
        return None
    return since or word.made_at if word == opening else word.made_at


def _is_passed_on(topic: Topic, opening: Post) -> bool:
    """Say whether others are told: never of a line, nor of what bears the name of somebody who has left; without a name it stays."""
    return topic.line_id is None and (opening.mask != NAMED or opening.author.left_on is None)
