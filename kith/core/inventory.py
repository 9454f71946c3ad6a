"""The inventory of what is kept (data_inventory.toml): what every column is for, until when, and whose a row is."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

_FILE = Path(__file__).resolve().parent.parent / "data_inventory.toml"
CLASSES = ("technical", "site", "public", "person", "persona", "content", "sealed", "secret")
_SHOWN = 6  # values of one column
PERSONAL = ("person", "persona", "content", "sealed", "secret")
OWNERS = ("person", "persona", "mailbox", "errand")  # what a row can be found by


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its class, why it is kept, until when, and where the owner's own copy holds it (or why not)."""

    name: str
    kind: str
    why: str
    kept: str
    goes: str
    export: str = ""
    left_out: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `by` says by which look-up a row is somebody's: by person, persona, mailbox or errand; `also` finds what is about a persona."""

    name: str
    what: str
    kept: str
    goes: str
    on: str
    by: Mapping[str, str]
    also: tuple[str, ...]
    columns: Mapping[str, Column]


@cache
def read_inventory() -> dict[str, Table]:
    """Read the inventory."""
    return {name: _table(name, row) for name, row in tomllib.loads(_FILE.read_text()).items()}


def _table(name: str, row: dict[str, Any]) -> Table:
    kept = {"kept": row["kept"], "goes": row["goes"]}
    columns = {
        key: Column(key, kind=column["class"], **(kept | {k: v for k, v in column.items() if k != "class"}))
        for key, column in row["columns"].items()
    }
    by = {owner: row[owner] for owner in OWNERS if owner in row}
    return Table(name, row["what"], row["kept"], row["goes"], row.get("on", ""), by, tuple(row.get("also", ())), columns)


Keys = Mapping[str, Collection[Any]]  # of persons, personas, mailboxes, errands: by the names of OWNERS


def rows_of(table: Table, keys: Keys, *, about: bool = False) -> QuerySet[Model] | None:
    """Find the rows of a table that belong to these persons and personas, or are `about` them too; None where no row is anybody's."""
    model = models_by_table().get(table.name)
    if model is None or not table.by:
        return None
    (owner, lookup), *_more = table.by.items()
    wanted = Q(**{f"{lookup}__in": list(keys.get(owner, ()))})
    for other in table.also if about else ():
        wanted |= Q(**{f"{other}__in": list(keys.get("persona", ()))})
    return model._default_manager.filter(wanted).order_by("pk")


@dataclass(frozen=True, slots=True)
class Held:
    """What a column holds of somebody: in how many rows, how much (bytes, or letters), and its values where they are few and short."""

    table: str
    column: str
    kind: str
    rows: int
    size: int
    values: tuple[str, ...]


def list_held(table: Table, keys: Keys) -> list[Held]:
    """List what each column of a table holds of somebody, rows that are about her included; empty where there is no such row."""
    rows = list(rows_of(table, keys, about=True) or ())
    if not rows:
        return []
    fields = {field.column: field.attname for field in type(rows[0])._meta.fields}
    links = {field.column for field in type(rows[0])._meta.fields if field.is_relation}
    return [
        _held(table.name, column, [getattr(row, fields[name]) for row in rows], said=name not in links)
        for name, column in table.columns.items()
        if name in fields
    ]


def _held(table: str, column: Column, values: list[Any], *, said: bool) -> Held:
    there = [value for value in values if value not in (None, "", b"")]
    size = sum(len(value) if isinstance(value, str | bytes | memoryview) else 0 for value in there)
    shown = said and column.kind in ("person", "persona") and not column.left_out and column.name != "avatar"
    words = tuple(dict.fromkeys(str(value) for value in there)) if shown else ()
    return Held(table, column.name, column.kind, len(there), size, words if len(words) <= _SHOWN else ())


@cache
def models_by_table() -> dict[str, type[Model]]:
    """Return every model by the name of its table."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
