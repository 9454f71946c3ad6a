"""A drill: the newest backup is restored aside, proven, read, and thrown away; nothing is sent, for no worker runs there."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kith.cli.backup.archive import Head
from kith.cli.backup.restoring import prepared
from kith.cli.backup.settling import Settled
from kith.core import actions


@dataclass(frozen=True)
class Drilled:
    """What a drill has proven, and how long a restore takes."""

    head: Head
    settled: Settled
    seconds: float


def drill(archive: Path, identity: str, *, at: datetime) -> Drilled:
    """
    Prove that a backup can be restored, and note it for the steward.

    :raises Unusable: naming what is wrong with it
    """
    begun = time.monotonic()
    with prepared(archive, identity, at=at, what="drilling") as ready:
        done = Drilled(ready.head, ready.settled, time.monotonic() - begun)
    actions.drilled(made_at=done.head.made, at=at)
    return done
