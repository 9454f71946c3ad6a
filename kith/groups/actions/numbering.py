"""Numbers of what is said in a group: each group counts its own. Whoever takes one holds the group's row until her transaction ends."""

from kith.core.sql import one
from kith.groups.models import Group

# By hand, each one statement that counts, locks and answers: they stand in the hottest writes.
_POST = "UPDATE groups_group SET last_post = last_post + 1 WHERE id = %s AND closed_on IS NULL RETURNING last_post, language"
_TOPIC = "UPDATE groups_group SET last_topic = last_topic + 1 WHERE id = %s AND closed_on IS NULL RETURNING last_topic"
_BOTH = """UPDATE groups_group SET last_topic = last_topic + 1, last_post = last_post + 1
 WHERE id = %s AND closed_on IS NULL RETURNING last_topic, last_post, language"""
_TAGS = """UPDATE groups_group SET last_tag = CASE WHEN last_tag > %s THEN last_tag ELSE %s END + %s
 WHERE id = %s AND closed_on IS NULL RETURNING last_tag"""


def hold_group(group: int) -> None:
    """
    Hold a group until the caller's transaction ends: nobody says anything in it meanwhile.

    Whoever decides by what others have said, or changes what they may be quoting or calling, takes it first: before the rows of its posts
    and topics, as everybody does, so that no two wait for one another.
    """
    Group.objects.select_for_update().only("id").get(pk=group)


def next_post(group: int) -> tuple[int, str] | None:
    """Return the next post's number and the group's language; None once the group has closed. Inside the caller's transaction."""
    row = one(_POST, group)
    return (row[0], row[1]) if row else None


def next_topic(group: int) -> int | None:
    """Return the next topic's number; None once the group has closed. Inside the caller's transaction."""
    row = one(_TOPIC, group)
    return int(row[0]) if row else None


def next_topic_and_post(group: int) -> tuple[int, int, str] | None:
    """Return the next topic's number, its first post's, and the group's language; None once the group has closed. Inside the caller's transaction."""
    row = one(_BOTH, group)
    return (row[0], row[1], row[2]) if row else None


def next_tags(group: int, count: int, *, after: int) -> range | None:
    """
    Return numbers for so many tags that none had before; a group older than its count has tags up to `after`.

    None once the group has closed. Inside the caller's transaction.
    """
    row = one(_TAGS, after, after, count, group)
    return range(int(row[0]) - count + 1, int(row[0]) + 1) if row else None
