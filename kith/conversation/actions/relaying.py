"""
The relay: a post that waits for an answer is passed on, to willing members first, then to the hosts.

An answer is a later post in the topic by another *voice*, and so are the last two posts of somebody: a name, or a nameless voice of
one topic. Somebody who answers herself without her name counts as answered, and her nameless posts never count for her name: were it
otherwise, the list of those who wait would tell hosts whose a nameless post is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from kith.conversation import limits, queries
from kith.conversation.masks import NAMED
from kith.conversation.models import Post, Relay, Told, Topic
from kith.core.sql import one, run, time_value
from kith.groups.actions import note_new_notices
from kith.groups.models import Group
from kith.groups.queries import leaders_mailboxes
from kith.notify.actions import tell, untell
from kith.notify.queries import owner_of

KINDS = {"members": "conversation.waits", "hosts": "conversation.waits_still"}
PATIENCE = timedelta(minutes=limits.PATIENCE_MINUTES)
_ENTER = "INSERT INTO conversation_relay (topic_id, post_id, group_id, since, due_at, turn) SELECT %s, %s, %s, %s, %s, 'members'"
_FIRST = f"{_ENTER} WHERE true ON CONFLICT DO NOTHING"
# By hand, since it stands in the hottest write: her last two posts by their index, and for each whether a later one is another voice's.
_UNHEARD = f"""{_ENTER}
 WHERE 2 = (
   SELECT COUNT(*) FROM (
     SELECT m.topic_id, m.place FROM conversation_post m JOIN conversation_topic t ON t.id = m.topic_id
      WHERE m.author_id = %s AND m.id < %s AND m.mask = 0 AND m.state = '' AND t.line_id IS NULL AND t.gone_on IS NULL
      ORDER BY m.id DESC LIMIT 2
   ) AS mine
    WHERE NOT EXISTS (
      SELECT 1 FROM conversation_post o WHERE o.topic_id = mine.topic_id AND o.place > mine.place AND (o.author_id <> %s OR o.mask <> 0)
    )
 )
ON CONFLICT DO NOTHING
"""
# A nameless voice lives in one topic: nobody has answered its last two if they are the last two there.
_UNHEARD_NAMELESS = f"""{_ENTER}
 WHERE 2 = (
   SELECT COUNT(*) FROM conversation_post m
    WHERE m.topic_id = %s AND m.place BETWEEN %s AND %s AND m.author_id = %s AND m.mask = %s AND m.state = ''
 )
ON CONFLICT DO NOTHING
"""
_LEAVE = "DELETE FROM conversation_relay WHERE {} = %s RETURNING post_id, told_members_at, told_hosts_at"
_LEAVE_BY_TOPIC, _LEAVE_BY_POST = _LEAVE.format("topic_id"), _LEAVE.format("post_id")


def wait_for_answer(topic: Topic, post: int, *, since: datetime) -> None:
    """Put the first post of a topic into the relay, unless another of it waits there; inside the caller's transaction."""
    run(_FIRST, topic.pk, post, topic.group_id, time_value(since), time_value(since + PATIENCE))


def wait_if_unheard(group: int, topic: int, post: int, *, author: int, mask: int, place: int, at: datetime) -> None:
    """Put an answer into the relay if nobody has answered the last two posts of its voice; one statement, in the caller's transaction."""
    entry = (topic, post, group, time_value(at), time_value(at + PATIENCE))
    if mask == NAMED:
        run(_UNHEARD, *entry, author, post, author)
    else:
        run(_UNHEARD_NAMELESS, *entry, topic, place - 2, place - 1, author, mask)


def stop_waiting(*, topic: int = 0, post: int = 0) -> None:
    """Take a topic's post out of the relay, and back what was told of it; inside the caller's transaction."""
    gone = one(_LEAVE_BY_TOPIC, topic) if topic else one(_LEAVE_BY_POST, post)
    if gone is not None and (gone[1] or gone[2]):
        _take_notices_back(gone[0])


def _take_notices_back(key: int) -> None:
    told = Told.objects.filter(post=key).exclude(persona__mailbox=None)
    boxes = [box for box in told.values_list("persona__mailbox", flat=True) if box]
    if boxes:
        post = Post.objects.select_related("group", "topic").only("number", "group__code", "topic__number").get(pk=key)
        for kind in KINDS.values():
            untell(kind, _about(post), mailboxes=boxes)
        for box in boxes:  # the sign that something is new is a counter, and can be made again
            transaction.on_commit(partial(note_new_notices, owner_of(box)), robust=True)


def _about(post: Post) -> str:
    return f"{post.group.code}:{post.topic.number}:{post.number}"


def pass_on(key: int, *, at: datetime) -> bool:
    """Pass a waiting post on if its time has come, first to willing members, later to the hosts; say whether it was done."""
    likely = queries.list_likely(key, at=at)  # before the lock: others who write would wait while words are compared
    with transaction.atomic():
        found = Relay.objects.select_for_update(of=("self",)).filter(pk=key, due_at__lte=at)
        relay = found.select_related("post__group", "post__topic").first()
        if relay is None:
            return False
        if not _still_waits(relay):
            stop_waiting(post=relay.post_id)
            return False
        if relay.turn == "members":
            _pass_to_members(relay, likely, at)
        else:
            _pass_to_hosts(relay, at)
        relay.save(update_fields=["turn", "due_at", "told_members_at", "told_hosts_at"])
    return True


def _still_waits(relay: Relay) -> bool:
    post, topic = relay.post, relay.post.topic
    return not (post.state or topic.gone_on or topic.closed_on or post.group.closed_on)


def _pass_to_members(relay: Relay, likely: list[tuple[int, int]], at: datetime) -> None:
    _tell(relay, likely, at)
    relay.told_members_at = at if likely else None
    relay.turn, relay.due_at = "hosts", relay.since + timedelta(hours=relay.post.group.relay_hours)


def _pass_to_hosts(relay: Relay, at: datetime) -> None:
    hosts = [(host, box) for host, box in leaders_mailboxes(relay.group_id) if host != relay.post.author_id]
    _tell(relay, hosts, at)
    relay.told_hosts_at = at
    relay.turn, relay.due_at = "", None


def _tell(relay: Relay, who: Iterable[tuple[int, int]], at: datetime) -> None:
    for persona, mailbox in who:
        tell(mailbox, KINDS[relay.turn], about=_about(relay.post), at=at)
        Told.objects.get_or_create(post=relay.post, persona_id=persona, defaults={"told_on": at.date()})


def forget_turns(*, at: datetime) -> None:
    """Forget who was told of what does not wait any more, once it counts for nobody's turn."""
    Told.objects.filter(told_on__lt=at.date() - timedelta(days=limits.TURN_DAYS), post__relay=None).delete()


def waits_of_one_who_left(persona: int) -> None:
    """Take what somebody wrote under her name out of the relay; what she wrote without it stays, or her leaving would tell whose it is."""
    for post in list(Relay.objects.filter(post__author=persona, post__mask=NAMED).values_list("post", flat=True)):
        stop_waiting(post=post)
    Told.objects.filter(persona=persona).delete()


def waits_of_a_closed_group(group: int, at: datetime) -> None:
    """Empty the relay of a group that has closed."""
    for post in list(Relay.objects.filter(group=group).values_list("post", flat=True)):
        stop_waiting(post=post)


def waits_of_a_changed_group(group: int) -> None:
    """Set the hosts' turn anew: the hours of the group may have changed."""
    hours = Group.objects.values_list("relay_hours", flat=True).get(pk=group)
    relays = list(Relay.objects.filter(group=group, turn="hosts"))
    for relay in relays:
        relay.due_at = relay.since + timedelta(hours=hours)
    Relay.objects.bulk_update(relays, ["due_at"], batch_size=100)
