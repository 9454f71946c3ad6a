"""Work that an answer waits a moment for and no longer: the database may be slow, a person who must go may not wait."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import Error, connection

T = TypeVar("T")
MOMENT = 0.3  # seconds that an answer waits
TRIES, PAUSE = 60, 2.0  # after that the job goes on by itself, two minutes at least
MOST = 32  # jobs at once; anybody may ask to leave, so that a broken database must not fill the machine with threads
_room = threading.BoundedSemaphore(MOST)


def aside(job: Callable[[], T], otherwise: T) -> T:
    """
    Do a job on a thread of its own; return what it found, or `otherwise` if it takes longer than a moment.

    Past `MOST` jobs at once a new one is not begun: what it would have ended then ends when the worker sweeps.
    """
    found: list[T] = []
    if not _room.acquire(blocking=False):
        return otherwise
    thread = threading.Thread(target=_held, args=(job, found), daemon=True, name="aside")
    thread.start()
    thread.join(MOMENT)
    return found[0] if found else otherwise


def _insist(job: Callable[[], T]) -> list[T]:
    for _try in range(TRIES):
        try:
            return [job()]
        except Error:
            time.sleep(PAUSE)
        finally:
            connection.close()
    return []


def _held(job: Callable[[], T], found: list[T]) -> None:
    try:
        found.extend(_insist(job))
    finally:
        _room.release()
