"""How far somebody has read: gathered for two seconds in memory, then written together; a crash costs a bold line."""

import threading
from collections.abc import Sequence

from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction

from kith.conversation import limits
from kith.conversation.rows import TopicPage
from kith.groups.rows import Place

_marks: dict[tuple[int, int], int] = {}
_lock = threading.Lock()
_timer: threading.Timer | None = None
_WRITE = """
INSERT INTO conversation_readmark (persona_id, topic_id, upto) VALUES (%s, %s, %s)
ON CONFLICT (persona_id, topic_id) DO UPDATE
   SET upto = CASE WHEN excluded.upto > conversation_readmark.upto THEN excluded.upto ELSE conversation_readmark.upto END
"""


def mark_read(place: Place, topic: TopicPage) -> None:
    """Remember that a member has read this page of a topic."""
    if place.persona:
        note(place.persona, topic.key, min(topic.page * limits.PAGE, topic.count), already=topic.upto)


def note(persona: int, topic: int, upto: int, *, already: int = 0) -> None:
    """Remember that a persona has read a topic up to this place, if that is further than before."""
    global _timer
    if upto <= already:
        return
    with _lock:
        if _marks.get((persona, topic), 0) < upto:
            _marks[persona, topic] = upto
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
        marks, _timer = dict(_marks), None
        _marks.clear()
    rows = [(persona, topic, upto) for (persona, topic), upto in sorted(marks.items())]
    if rows and not _write(rows):
        for row in rows:  # one of them has gone: the others are written by themselves
            _write([row])
    return len(rows)


def _write(rows: Sequence[tuple[int, int, int]]) -> bool:
    """Write marks together; say whether it was done. What fails costs a bold line more, nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_WRITE, rows)
    except (IntegrityError, OperationalError):
        return False
    return True
