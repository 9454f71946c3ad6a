"""What is done to an opened archive before it is a site again; in a process of its own, whose data folder is the scratch of a restore."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from kith.cli.backup import postgres, sqlite
from kith.cli.backup.archive import Manifest
from kith.cli.backup.words import Unusable
from kith.conversation import search
from kith.conversation.limits import TABLES_OF_WORDS
from kith.conversation.queries import check_store, read_newest
from kith.core import erasing
from kith.core.restoring import let_go
from kith.core.scrubbing import scrub_wholly
from kith.people.rotating import check_samples
from kith.people.sealing import Unreadable

PLAN = "restoring.json"  # stands only in the scratch of a restore: nowhere else anything is let go


@dataclass(frozen=True)
class Settled:
    """What was found."""

    rows: int
    opened: int
    erased: int
    read: int
    pictures: int
    without_files: int


def settle(folder: Path, *, at: datetime) -> Settled:
    """
    Make a site of an opened archive: hold it against its manifest, migrate it, let go what was true only then, read a post.

    :raises Unusable: naming what is wrong
    """
    plan = json.loads((folder / PLAN).read_text())
    manifest = Manifest(**plan["manifest"])
    if connection.vendor == "sqlite":
        sqlite.check(folder / sqlite.NAME)
    else:
        postgres.load(folder, manifest, plan["migrations"])
    _check_counts(manifest.counts)
    call_command("migrate", verbosity=0, interactive=False)
    opened = _check_seals()
    let_go(at=at)
    erased = erasing.reapply(erasing.read_log(folder / erasing.LOG), at=at)
    search.fill(anew=True)
    scrub_wholly(TABLES_OF_WORDS)
    store = check_store()
    if store["without files"] > manifest.without_files:
        raise Unusable(f"{store['without files']} pictures have no files.")
    rows = sum(manifest.counts.values())
    return Settled(rows, opened, erased, read_newest(at), store["pictures"], store["without files"])


def _check_counts(counts: Mapping[str, int]) -> None:
    wrong = []
    with connection.cursor() as cursor:
        for table, count in counts.items():
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            if cursor.fetchone()[0] != count:
                wrong.append(table)
    if wrong:
        raise Unusable(f"{len(wrong)} tables have other numbers of rows than the backup says: {', '.join(wrong[:5])}.")


def _check_seals() -> int:
    try:
        return check_samples()
    except Unreadable as error:
        raise Unusable(f"What is sealed in {error} does not open with the keys that are here.") from error


def as_words(settled: Settled) -> dict[str, Any]:
    """Say it to the process that asked."""
    return asdict(settled)
