"""
A copy of PostgreSQL: each table in the order of its key, all in one moment; `pg_dump` would write rows as they lie, which is how they came.

It is restored into a new database, which takes the name of the old one at the end.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from kith.cli.backup.archive import Manifest
from kith.cli.backup.copied import Copied
from kith.cli.backup.words import Unusable

_CHUNK = 1 << 20


def copy(folder: Path, tables: Iterable[str], columns_of_files: Iterable[tuple[str, str]]) -> Copied:
    """Copy every table into a folder, as they are in one moment."""
    (folder / "tables").mkdir(mode=0o700)
    files, counts, columns = [], {}, {}
    keys = {model._meta.db_table: str(model._meta.pk.column) for model in apps.get_models(include_auto_created=True)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in tables:
            columns[table] = _columns(cursor, table)
            path = folder / "tables" / f"{table}.copy"
            counts[table] = _copy_out(cursor, table, columns[table], keys.get(table, "id"), path)
            files.append((f"tables/{table}.copy", path))
        names = set()
        for table, column in columns_of_files:
            cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table)))
            names |= {row[0] for row in cursor.fetchall()}
    return Copied(files, counts, columns, names)


def _columns(cursor: Any, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _copy_out(cursor: Any, table: str, columns: list[str], key: str, path: Path) -> int:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    rows = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(names, sql.Identifier(table), sql.Identifier(key))
    with path.open("xb") as out, cursor.copy(sql.SQL("COPY ({}) TO STDOUT").format(rows)) as lines:
        for line in lines:
            out.write(line)
    path.chmod(0o600)
    cursor.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier(table)))
    return int(cursor.fetchone()[0])


def load(folder: Path, manifest: Manifest, migrations: Iterable[str]) -> None:
    """
    Fill a new database: first as it was made then, table by table, all or nothing.

    :raises Unusable: if a row does not fit
    """
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, _dot, name in (each.partition(".") for each in migrations)}
    executor.loader.build_graph()
    leaves = [key for key in wanted if not any(child.key in wanted for child in executor.loader.graph.node_map[key].children)]
    executor.migrate(sorted(leaves))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            everything = sql.SQL(", ").join(map(sql.Identifier, sorted(manifest.columns)))
            cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(everything))
            for table, columns in manifest.columns.items():
                _copy_in(cursor, table, columns, folder / "tables" / f"{table}.copy")
    except psycopg.Error as error:
        raise Unusable(f"The rows of the backup do not fit each other: {type(error).__name__}.") from error
    reset_counters()


def _copy_in(cursor: Any, table: str, columns: list[str], path: Path) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with path.open("rb") as rows, cursor.copy(statement) as into:
        while chunk := rows.read(_CHUNK):
            into.write(chunk)


def reset_counters() -> None:
    """Let the next counted keys come after those that were filled in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('django_migrations', 'id'), (SELECT MAX(id) FROM django_migrations))"
        )


def is_empty() -> bool:
    """Say whether the database has no tables of ours."""
    return not connection.introspection.table_names()


def url_of(name: str) -> str:
    """Return the DATABASE_URL of another database of the same server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def new_database(name: str) -> Iterator[str]:
    """
    Make a database beside ours and yield its DATABASE_URL; it is gone afterwards, unless it was called otherwise.

    :raises Unusable: if this user may not
    """
    try:
        _run("CREATE DATABASE {} TEMPLATE template0", name)
    except psycopg.errors.InsufficientPrivilege:
        user = connection.settings_dict["USER"]
        raise Unusable(
            f"PostgreSQL does not let {user} make a database. Run as its superuser: ALTER ROLE {user} CREATEDB"
        ) from None
    try:
        yield url_of(name)
    finally:
        _run("DROP DATABASE IF EXISTS {}", name)


def swap(new: str, kept: str) -> None:
    """
    Give the name of our database to another one; ours is called `kept` from now on, or goes where that is empty.

    :raises Unusable: if somebody still uses ours
    """
    ours = str(connection.settings_dict["NAME"])
    old = kept or f"{new}_old"
    connection.close()
    try:
        with _other() as other, other.transaction():  # both names change in one moment
            for was, name in ((ours, old), (new, ours)):
                other.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(was), sql.Identifier(name)))
    except psycopg.errors.ObjectInUse:
        raise Unusable("The database is in use. Stop Kith first.") from None
    if not kept:
        _run("DROP DATABASE {}", old)


def _run(statement: str, name: str) -> None:
    with _other() as other:
        other.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _other() -> "psycopg.Connection[Any]":
    """Open a database that is neither, to say something about whole databases."""
    wanted = connection.get_connection_params()
    kept = {key: wanted[key] for key in ("user", "password", "host", "port") if wanted.get(key)}
    return psycopg.connect(**kept, dbname="postgres", autocommit=True)
