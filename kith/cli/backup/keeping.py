"""Which backups there are, and which may go: never those since the last one that a drill has proven."""

import re
from datetime import UTC, datetime
from pathlib import Path

from kith.cli.backup.words import Unusable
from kith.core.queries import get_site

_NAME = re.compile(r"kith-(\d{4}-\d{2}-\d{2}-\d{6})\.kith")


def list_backups(folder: Path) -> list[tuple[datetime, Path]]:
    """List the backups of a folder and when each was made, the oldest first."""
    found = [(match, path) for path in folder.glob("*.kith") if (match := _NAME.fullmatch(path.name))]
    return sorted((datetime.strptime(match[1], "%Y-%m-%d-%H%M%S").replace(tzinfo=UTC), path) for match, path in found)


def newest(folder: Path) -> Path:
    """
    Return the newest backup.

    :raises Unusable: if there is none
    """
    if backups := list_backups(folder):
        return backups[-1][1]
    raise Unusable(f"There is no backup in {folder}.")


def thin_out(folder: Path, keep: int) -> int:
    """Remove the oldest until so many are left, but none since the last one that was proven; return how many."""
    proven = get_site().drilled_made_at
    old = list_backups(folder)[: -max(keep, 1)]
    gone = [path for made, path in old if proven is not None and made < proven]
    for path in gone:
        path.unlink()
    return len(gone)
