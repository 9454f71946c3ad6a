"""Restore a backup: everything is opened, proven and settled in a folder aside, and only then takes its place."""

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader

from kith.cli.backup import postgres, sqlite
from kith.cli.backup.archive import Head, Manifest, unpack
from kith.cli.backup.making import scratch, sync
from kith.cli.backup.sealing import recipient_path
from kith.cli.backup.settling import PLAN, Settled
from kith.cli.backup.words import Unusable
from kith.cli.preparing import UNDER_WAY
from kith.core import erasing
from kith.people.sealing import marks_of_keys


@dataclass(frozen=True)
class Restored:
    """What was restored, and where that is which was there before."""

    head: Head
    settled: Settled
    before: str


def restore(archive: Path, identity: str, *, over: bool, at: datetime) -> Restored:
    """
    Put a backup in place: into an empty folder, or over what is there, which is kept aside.

    :raises Unusable: naming why not; then nothing was changed
    """
    if not over and not _is_empty():
        raise Unusable(
            f"{settings.ENV.data} is not empty. With --over the backup takes the place of what is there, which is kept aside."
        )
    with prepared(archive, identity, at=at) as ready:
        before = _swap(ready, at)
        return Restored(ready.head, ready.settled, before)


@dataclass(frozen=True)
class Ready:
    """A backup that is a site already, in a folder aside."""

    folder: Path
    database: str  # its name, on PostgreSQL
    head: Head
    settled: Settled


@contextmanager
def prepared(archive: Path, identity: str, *, at: datetime, what: str = "restoring") -> Iterator[Ready]:
    """
    Open, prove and settle a backup in a folder aside, which is gone afterwards.

    :raises Unusable: naming what is wrong with it
    """
    with ExitStack() as stack:
        folder = stack.enter_context(scratch(what))
        head, manifest = unpack(archive, identity, folder, check_head)
        url, database = "", ""
        if head.database == "postgresql":
            database = f"kith_{what}_{secrets.token_hex(4)}"
            url = stack.enter_context(postgres.new_database(database))
        settled = _settle(archive, folder, head, manifest, url, at)
        yield Ready(folder, database, head, settled)


def check_head(head: Head) -> None:
    """
    Refuse a backup that this Kith, this database or these keys cannot use, before anything of it is opened.

    :raises Unusable: saying which, and what to do
    """
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}  # type: ignore[union-attr] # None only before it has read the disk
    if unknown := sorted(set(head.migrations) - known):
        raise Unusable(f"This backup is of a newer Kith ({head.kith}; it knows {unknown[0]}). Install that one, then restore.")
    if head.database != connection.vendor:
        wanted = "DATABASE_URL of a PostgreSQL" if head.database == "postgresql" else "no DATABASE_URL"
        raise Unusable(f"This backup is of {head.database}. Restore it with {wanted}.")
    marks = marks_of_keys()
    if missing := sorted(name for name, mark in head.keys.items() if marks.get(name) != mark):
        raise Unusable(
            f"The keys here are not those of this backup: {', '.join(missing)} is another one or missing. "
            f"Put the keys.json of that site into {settings.ENV.data} (or set KITH_KEYS), then restore."
        )


def _settle(archive: Path, folder: Path, head: Head, manifest: Manifest, url: str, at: datetime) -> Settled:
    plan = {"manifest": asdict(manifest) | {"files": {}}, "migrations": head.migrations}
    (folder / PLAN).write_text(json.dumps(plan))
    erasing.write_entries(folder / erasing.LOG, erased_since(archive))
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "kith.cli.main", "manage", "settle", at.isoformat()], env=_environment(folder, url), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    (folder / PLAN).unlink()
    (folder / erasing.LOG).unlink()
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Unusable(lines[-1].removeprefix("CommandError: ") if lines else "The backup could not be made a site.")
    return Settled(**json.loads(done.stdout))


def erased_since(archive: Path) -> erasing.Entries:
    """
    Gather what was erased: by the lines beside the backups and beside this one, and by the rows of what is here now, where it can be read.

    What the copy itself says of it is in its rows already.
    """
    entries = erasing.read_log(archive.parent / erasing.LOG) | erasing.read_log(erasing.log_path())
    if not _is_empty():
        with suppress(DatabaseError):
            entries |= erasing.read_rows()
    return entries


def _environment(folder: Path, url: str) -> dict[str, str]:
    """Let the process work in the folder aside, with the keys of the real one and without its database."""
    if not settings.ENV.keys:
        shutil.copy(settings.ENV.data / "keys.json", folder / "keys.json")
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "KITH_DATA")}
    return kept | {"KITH_DATA": str(folder)} | ({"DATABASE_URL": url} if url else {})


def _is_empty() -> bool:
    files = settings.ENV.data / "files"
    if files.exists() and any(files.iterdir()):
        return False
    if connection.vendor == "sqlite":
        return not Path(str(connection.settings_dict["NAME"])).exists()
    return postgres.is_empty()


def _swap(ready: Ready, at: datetime) -> str:
    """Move what is there aside, and what is ready to its place; `prepare` starts nothing in between."""
    data = Path(settings.ENV.data)
    aside, mark = data / f"before-{at:%Y-%m-%d-%H%M%S}", data / UNDER_WAY
    mark.touch()
    sync(data)  # nothing starts here from now on
    try:
        kept = _swap_databases(ready, aside, at)
    except Unusable:
        mark.unlink()
        raise
    _put(data / "files", ready.folder / "files", aside)
    _write_recipient(ready.head)
    sync(data)
    mark.unlink()
    sync(data)
    return " and ".join([*([f"the database {kept}"] if kept else []), *([str(aside)] if aside.exists() else [])])


def _swap_databases(ready: Ready, aside: Path, at: datetime) -> str:
    """Return how the database of before is called now, on PostgreSQL."""
    if ready.database:
        kept = "" if postgres.is_empty() else f"kith_before_{at:%Y%m%d_%H%M%S}"
        postgres.swap(ready.database, kept)
        return kept
    _check_unused()
    database = Path(str(connection.settings_dict["NAME"]))
    for ending in ("-wal", "-shm", ""):
        place = database.with_name(database.name + ending)
        _put(place, ready.folder / (sqlite.NAME + ending), aside)
    return ""


def _check_unused() -> None:
    """
    Make sure that no server has the database open; on PostgreSQL the renaming finds out by itself.

    :raises Unusable: if one has
    """
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.exists():
        return
    connections.close_all()
    try:
        with closing(sqlite3.connect(path, timeout=1)) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # only who has it alone may; and no journal is left beside it
    except sqlite3.OperationalError:
        raise Unusable("The database is in use. Stop Kith first.") from None
    except sqlite3.DatabaseError:
        return  # it is damaged: all the more reason


def _put(place: Path, new: Path, aside: Path) -> None:
    """Move what is in a place aside, and something else there."""
    if place.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        shutil.move(place, aside / place.name)
    if new.exists():
        shutil.move(new, place)


def _write_recipient(head: Head) -> None:
    if not recipient_path().exists():
        recipient_path().write_text(f"{head.recipient}\n", encoding="ascii")
