"""Make a backup while the site runs: a copy of one moment, every picture that it names, sealed into one file."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kith import __version__
from kith.cli.backup import postgres, sqlite
from kith.cli.backup.archive import Head, Manifest, pack
from kith.cli.backup.copied import Copied
from kith.cli.backup.sealing import read_recipient, seal_into
from kith.cli.backup.words import Unusable
from kith.core import actions, files
from kith.core.restoring import columns_of_files, rebuilt_tables
from kith.people.sealing import marks_of_keys

_ROUNDS = 3  # a picture that is taken away while we copy is looked for again
_DAY = 86400
ENDING = ".kith"


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    path: Path
    rows: int
    pictures: int
    without_files: int


def make_backup(to: Path | None = None, *, at: datetime) -> Made:
    """
    Make a backup in the folder of backups.

    :raises Unusable: if there is no key to seal it to, or the database is not whole
    :raises OSError: if the disk cannot
    """
    recipient, folder = read_recipient(), to or settings.ENV.backups
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch("backing-up") as here:
        copied, linked = _copy(here)
        parts = [*copied.files, *sorted((f"files/{path.parent.name}/{path.name}", path) for path in linked)]
        manifest = Manifest(counts=copied.counts, columns=copied.columns)
        manifest.without_files = len(copied.names - {path.name.partition("-")[0] for path in linked})
        path = _seal(folder, pack(_head(recipient, at), manifest, parts), recipient, at)
    actions.backed_up(at=at)
    return Made(path, sum(copied.counts.values()), len(copied.names), manifest.without_files)


@contextmanager
def scratch(what: str) -> Iterator[Path]:
    """Make a folder in the data folder that is gone afterwards, also where something went wrong; what a kill left goes the next day."""
    for left in Path(settings.ENV.data).glob(f"{what}-*"):
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)
    here = Path(settings.ENV.data) / f"{what}-{secrets.token_hex(4)}"
    here.mkdir(mode=0o700, parents=True)
    try:
        yield here
    finally:
        shutil.rmtree(here, ignore_errors=True)


def tables() -> list[str]:
    """List the tables whose rows are kept and counted."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(ours - rebuilt_tables() | {"django_migrations"})


def applied() -> list[str]:
    """List the migrations that this database has."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _copy(here: Path) -> tuple[Copied, list[Path]]:
    """Copy the database, and link every picture that it names: those of before and those that came meanwhile."""
    engine = sqlite if connection.vendor == "sqlite" else postgres
    for number in range(_ROUNDS):
        there = here / str(number)
        there.mkdir(mode=0o700)
        links: dict[str, list[Path]] = {}
        _link(there, links)
        copied = engine.copy(there, tables(), columns_of_files())
        _link(there, links)
        if copied.names <= links.keys():
            break
    return copied, [path for name in copied.names for path in links.get(name, ())]


def _link(there: Path, links: dict[str, list[Path]]) -> None:
    """Keep every file as it is now under a name of our own: one that is removed meanwhile is still ours."""
    for name, path in files.paths():
        kept = there / "files" / path.parent.name / path.name
        if not name or kept.exists():
            continue
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            try:
                os.link(path, kept)
            except FileNotFoundError:
                raise
            except OSError:  # a file system without such links
                shutil.copyfile(path, kept)
            links.setdefault(name, []).append(kept)


def _head(recipient: str, at: datetime) -> Head:
    env = settings.ENV
    return Head(
        kith=__version__, made_at=at.replace(microsecond=0).isoformat(), database=connection.vendor, migrations=applied(),
        keys=marks_of_keys(), recipient=recipient,
        settings={
            "KITH_HOSTS": ",".join(env.hosts), "KITH_HTTPS": str(int(env.https)), "KITH_EXIT_URL": env.exit_url,
            "KITH_WORKERS": str(env.workers), "KITH_PROXIES": ",".join(env.proxies), "KITH_DEMO": str(int(env.demo)),
        },
    )  # fmt: skip


def _seal(folder: Path, chunks: Iterator[bytes], recipient: str, at: datetime) -> Path:
    """Write it under another name first: whatever has the name of a backup is whole."""
    path = folder / f"kith-{at:%Y-%m-%d-%H%M%S}{ENDING}"
    if path.exists():
        raise Unusable(f"{path} is there already.")
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            seal_into(out, chunks, recipient)
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
        sync(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def sync(folder: Path) -> None:
    """Have the names in a folder down on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
