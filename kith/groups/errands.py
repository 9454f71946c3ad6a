"""Work for one group that must not happen at the same moment as in another: sealed, and due at a random time."""

import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.core.ids import random_key
from kith.groups.models import Errand
from kith.people.sealing import Unreadable, errand_tag, seal, unseal

SPREAD_HOURS = 72
_AT_ONCE = 500  # rows in one statement
Task = dict[str, str | int]
Run = Callable[[Task, datetime], bool]
_runs: dict[str, Run] = {}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An errand that waits, opened."""

    key: int
    task: Task
    due_at: datetime


def register(do: str, run: Run) -> None:
    """Register from an app's `ready` how an errand is done; it says whether it is done, and is tried again until it is."""
    _runs[do] = run


def run_of(do: str) -> Run | None:
    """Return how an errand of a room above is done."""
    return _runs.get(do)


def leave_errand(task: Task, *, at: datetime, now: bool, round_of: int = 0) -> int:
    """Leave an errand for a random moment within 72 hours (or within those after `round_of` times as many), or for now; return its key."""
    key = random_key()
    delay = timedelta(0) if now else timedelta(hours=round_of * SPREAD_HOURS, seconds=secrets.randbelow(SPREAD_HOURS * 3600))
    sealed = seal(json.dumps(task).encode().ljust(256), place=f"errand.task:{key}")
    whose = errand_tag(int(task.get("persona") or task.get("person") or 0))
    Errand.objects.create(id=key, due_at=at + delay, whose_tag=whose, task_sealed=sealed)
    return key


def read_errand(errand: Errand) -> Task:
    """Open what an errand is about."""
    task: Task = json.loads(unseal(errand.task_sealed, place=f"errand.task:{errand.pk}"))
    return task


def find_errands(personas: Collection[int], *kinds: str) -> list[Waiting]:
    """Find the errands of these kinds that wait for these personas; those of nobody else are opened."""
    tags = [errand_tag(persona) for persona in personas]
    found = (_open(errand) for errand in Errand.objects.filter(whose_tag__in=tags).order_by("due_at", "pk"))
    return [waiting for waiting in found if waiting and waiting.task["do"] in kinds]


def drop_errands(personas: Collection[int], *kinds: str) -> None:
    """Drop such errands, inside the caller's transaction; one that runs at this moment is waited for, and what it left goes too."""
    while found := find_errands(personas, *kinds):
        Errand.objects.filter(pk__in=[waiting.key for waiting in found]).delete()


def drop_all_errands(*kinds: str) -> None:
    """Drop everybody's errands of these kinds, and whatever does not open."""
    opened = ((errand.pk, _open(errand)) for errand in Errand.objects.iterator())
    gone = [key for key, waiting in opened if waiting is None or waiting.task["do"] in kinds]
    for begin in range(0, len(gone), _AT_ONCE):
        Errand.objects.filter(pk__in=gone[begin : begin + _AT_ONCE]).delete()


def _open(errand: Errand) -> Waiting | None:
    try:
        return Waiting(errand.pk, read_errand(errand), errand.due_at)
    except Unreadable:
        return None
