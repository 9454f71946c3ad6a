"""What one building of the same thing put into the database, to be put there again: rows are faster than actions, and as real."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from kith.core.sql import marks

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    key: str
    columns: tuple[str, ...]
    rows: dict[Any, _Row]  # by key


_kept: dict[Hashable, tuple[Any, list[tuple[str, list[_Row]]]]] = {}


def once(name: Hashable, build: Callable[[], Any]) -> Any:
    """Build into an empty database and return what `build` returns; from the second time on, put the same rows there instead."""
    key = (connection.vendor, name)
    if key not in _kept:
        before = _read()
        made = build()
        _kept[key] = made, [written for was, now in zip(before, _read(), strict=True) for written in _difference(was, now)]
    else:
        with connection.cursor() as cursor:
            for statement, rows in _kept[key][1]:
                cursor.executemany(statement, rows)
    return _kept[key][0]


def _read() -> list[_Table]:
    return [_read_table(model._meta.db_table, str(model._meta.pk.column)) for model in apps.get_models(include_auto_created=True)]


def _read_table(name: str, key: str) -> _Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        columns = tuple(column[0] for column in cursor.description)
        rows = (tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor.fetchall())
        return _Table(name, key, columns, {row[columns.index(key)]: row for row in rows})


def _difference(was: _Table, now: _Table) -> list[tuple[str, list[_Row]]]:
    """Write the statements that make one of the other; a new row never takes the place of one that is there."""
    insert = f"INSERT INTO {now.name} ({', '.join(now.columns)}) VALUES ({marks(len(now.columns))})"
    change = f"{insert} ON CONFLICT ({now.key}) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in now.columns)}"
    new = [row for key, row in now.rows.items() if key not in was.rows]
    changed = [row for key, row in now.rows.items() if key in was.rows and was.rows[key] != row]
    return [(statement, rows) for statement, rows in ((insert, new), (change, changed)) if rows]
