"""A copy of SQLite: `VACUUM INTO` reads one moment of it while others write, in the order of the keys and without a journal."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from django.db import connection

from kith.cli.backup.copied import Copied
from kith.cli.backup.words import Unusable

NAME = "kith.sqlite3"


def copy(folder: Path, tables: Iterable[str], columns_of_files: Iterable[tuple[str, str]]) -> Copied:
    """
    Copy the database into a folder, and make sure that the copy is whole.

    :raises Unusable: if it is not
    """
    path = folder / NAME
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    path.chmod(0o600)
    check(path)
    with closing(sqlite3.connect(path)) as copied:
        counts = {table: int(copied.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]) for table in tables}
        names = {row[0] for table, column in columns_of_files for row in copied.execute(f'SELECT "{column}" FROM "{table}"')}
    return Copied([(NAME, path)], counts, {}, names)


def check(path: Path) -> None:
    """
    Make sure that a database is whole and its rows point to rows.

    :raises Unusable: if it is not
    """
    with closing(sqlite3.connect(path)) as database:
        try:
            said = database.execute("PRAGMA integrity_check").fetchone()[0]
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            said, loose = str(error), None
    if said != "ok" or loose is not None:
        raise Unusable(f"The database is not whole: {said if said != 'ok' else f'rows of {loose[0]} point to nothing'}.")
