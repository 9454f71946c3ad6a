"""The inventory of what is kept (data_inventory.toml): what every column is for, until when, and whose a row is."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

_FILE = Path(__file__).resolve().parent.parent / "data_inventory.toml"
CLASSES = ("technical", "site", "public", "person", "persona", "content", "sealed", "secret")
PERSONAL = ("person", "persona", "content", "sealed", "secret")
OWNERS = ("person", "persona", "mailbox")  # what a row can be found by


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
    """One table; `by` says by which look-up a row is somebody's: by person, persona or mailbox."""

    name: str
    what: str
    kept: str
    goes: str
    on: str
    by: Mapping[str, str]
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
    return Table(name, row["what"], row["kept"], row["goes"], row.get("on", ""), by, columns)


def rows_of(table: Table, keys: Mapping[str, Collection[int]]) -> QuerySet[Model] | None:
    """Find the rows of a table that belong to these persons, personas and mailboxes; None where no row belongs to anybody."""
    model = models_by_table().get(table.name)
    if model is None or not table.by:
        return None
    (owner, lookup), *_more = table.by.items()
    return model._default_manager.filter(**{f"{lookup}__in": list(keys.get(owner, ()))}).order_by("pk")


@cache
def models_by_table() -> dict[str, type[Model]]:
    """Return every model by the name of its table."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
