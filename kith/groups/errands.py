"""Work for one group that must not happen at the same moment as in another: sealed, and due at a random time."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from kith.core.ids import random_key
from kith.groups.models import Errand
from kith.people.sealing import Unreadable, seal, unseal

SPREAD_HOURS = 72
Task = dict[str, str | int]
Run = Callable[[Task, datetime], bool]
_runs: dict[str, Run] = {}


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
    Errand.objects.create(id=key, due_at=at + delay, task_sealed=sealed)
    return key


def read_errand(errand: Errand) -> Task:
    """Open what an errand is about."""
    task: Task = json.loads(unseal(errand.task_sealed, place=f"errand.task:{errand.pk}"))
    return task


def find_errands(which: Callable[[Task], bool]) -> list[int]:
    """Return the keys of the open errands of which `which` says yes: all are opened, since only the seal tells whose they are."""
    return [errand.pk for errand in Errand.objects.all() if _is(errand, which)]


def drop_errands(which: Callable[[Task], bool]) -> None:
    """Drop such errands, inside the caller's transaction; one that runs at this moment is waited for, and what it left goes too."""
    while keys := find_errands(which):
        Errand.objects.filter(pk__in=keys).delete()


def _is(errand: Errand, which: Callable[[Task], bool]) -> bool:
    try:
        return which(read_errand(errand))
    except Unreadable:
        return False
