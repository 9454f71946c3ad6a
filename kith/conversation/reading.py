"""How far somebody has read, and what she need not be told of any more: gathered for two seconds in memory, then written together."""

import threading
from collections.abc import Sequence
from contextlib import suppress

from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction

from kith.conversation import limits
from kith.conversation.rows import TopicPage
from kith.core.ids import random_key
from kith.core.sql import run
from kith.groups.actions import see_notices
from kith.groups.rows import Place

_marks: dict[tuple[int, int], int] = {}
_seen: dict[tuple[int, int], set[str]] = {}  # by person and mailbox: what she read that she may have been told of
_lock = threading.Lock()
_timer: threading.Timer | None = None
_WRITE = """
INSERT INTO conversation_readmark (id, persona_id, topic_id, upto) VALUES (%s, %s, %s, %s)
ON CONFLICT (persona_id, topic_id) DO UPDATE
   SET upto = CASE WHEN excluded.upto > conversation_readmark.upto THEN excluded.upto ELSE conversation_readmark.upto END
"""

_WRITE_ALL = """
INSERT INTO conversation_allread (persona_id, upto) VALUES (%s, %s)
ON CONFLICT (persona_id) DO UPDATE
   SET upto = CASE WHEN excluded.upto > conversation_allread.upto THEN excluded.upto ELSE conversation_allread.upto END
"""


def mark_read(place: Place, topic: TopicPage, *, told: int = 0) -> None:
    """Remember that a member has read this page of a topic; `told` is the person behind her if something new waits for her."""
    if place.persona:
        note(place.persona, topic.key, min(topic.page * limits.PAGE, topic.count), already=topic.upto)
    if told and place.mailbox:
        with _lock:
            abouts = _seen.setdefault((told, place.mailbox), set())
            abouts.update(f"{place.code}:{topic.number}:{post.number}" for post in topic.posts)
            _flush_soon()


def note(persona: int, topic: int, upto: int, *, already: int = 0) -> None:
    """Remember that a persona has read a topic up to this place, if that is further than before."""
    if upto <= already:
        return
    with _lock:
        if _marks.get((persona, topic), 0) < upto:
            _marks[persona, topic] = upto
        _flush_soon()


def _flush_soon() -> None:
    """Have a timer run; call it under the lock."""
    global _timer
    if _timer is None:
        _timer = threading.Timer(limits.READ_GATHER, _flush_later)
        _timer.daemon = True
        _timer.start()


def _flush_later() -> None:
    try:
        flush()
    finally:
        close_old_connections()
        connection.close()


def flush() -> int:
    """Write all gathered marks now, in one transaction; return how many. Marks of topics and personas that have gone are dropped."""
    global _timer
    with _lock:
        marks, seen, _timer = dict(_marks), dict(_seen), None
        _marks.clear()
        _seen.clear()
    rows = [(persona, topic, upto) for (persona, topic), upto in sorted(marks.items())]
    if rows and not _write(rows):
        for row in rows:  # one of them has gone: the others are written by themselves
            _write([row])
    for (person, mailbox), abouts in seen.items():
        _see(person, mailbox, abouts)
    return len(rows)


def _see(person: int, mailbox: int, abouts: set[str]) -> None:
    """Mark the notices about what she read as seen. What fails leaves them new, nothing else."""
    with suppress(IntegrityError, OperationalError), transaction.atomic():
        see_notices(person, mailbox, abouts)


def write_all_read(persona: int, upto: int) -> None:
    """Write that a persona is done with all of her group up to this post's number; it never goes back. Inside the caller's transaction."""
    run(_WRITE_ALL, persona, upto)


def _write(rows: Sequence[tuple[int, int, int]]) -> bool:
    """Write marks together; say whether it was done. What fails costs a bold line more, nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_WRITE, [(random_key(), *row) for row in rows])
    except (IntegrityError, OperationalError):
        return False
    return True
