"""What was deleted leaves the files of the database too; beside full-text search the one place that knows which database it is."""

from collections.abc import Sequence

from django.db import OperationalError, connection

_PATIENCE = 2000  # milliseconds that writers may have to wait for it
_BUSY = 20_000  # as in settings/env.py


def scrub(tables: Sequence[str]) -> bool:
    """
    Let nothing of deleted rows lie about; say whether it was done. Outside any transaction, and again whenever it was not.

    SQLite overwrites what is deleted (`secure_delete`); its journal, which holds pages as they were before, is written back and
    emptied here. PostgreSQL marks the space of deleted rows for use again: docs/decisions/0012 says what stays there and how long.
    """
    if connection.in_atomic_block:
        return False
    return _empty_journal() if connection.vendor == "sqlite" else _vacuum(tables, "VACUUM")


def scrub_wholly(tables: Sequence[str]) -> None:
    """Write these tables anew, so that not a byte of deleted rows is left in their files; on PostgreSQL they are locked meanwhile."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
        _empty_journal()
    else:
        _vacuum(tables, "VACUUM (FULL)")
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")


def _empty_journal() -> bool:
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_pages = cursor.fetchone()
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_BUSY}")
    return not busy


def _vacuum(tables: Sequence[str], how: str) -> bool:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'{how} "{table}"')
    return True
