"""A new key takes over: every sealed column is registered by its room, and sealed anew a few rows at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from kith.people.sealing import Unreadable, check, newest, number_of, reseal

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A sealed column: how the place of a row's seal is written, and which other fields that needs."""

    model: type[Model]
    name: str
    place: Callable[[Any], str]
    needs: tuple[str, ...] = ()


_columns: dict[tuple[str, str], Column] = {}


def sealed(model: type[Model], name: str, place: Callable[[Any], str], *needs: str) -> None:
    """Register a sealed column from an app's `ready`."""
    _columns[(model._meta.label, name)] = Column(model, name, place, needs)


def list_columns() -> list[tuple[str, str]]:
    """List the registered columns: model and name."""
    return sorted(_columns)


def reseal_all() -> Iterator[tuple[int, int]]:
    """
    Seal under the newest key whatever is sealed under another; tell after each handful how many were done and how many do not open.

    It can be killed and begun again: what is done is done. A row that changes meanwhile is left to that change.
    """
    for column in _columns.values():
        last: Any = None
        while keys := _next(column, last):
            last = keys[-1]
            with transaction.atomic():
                yield _reseal(column, keys)


def count_older() -> int:
    """Count the seals that are not under the newest key."""
    older = 0
    for column in _columns.values():
        values = column.model._default_manager.exclude(**{column.name: None}).values_list(column.name, flat=True)
        older += sum(number_of(value) != newest("seal") for value in values.iterator(chunk_size=_AT_ONCE) if value)
    return older


def check_samples(each: int = 20) -> int:
    """
    Open some of what is sealed in every column, unseen; return how many.

    :raises Unreadable: if one does not open with these keys
    """
    opened = 0
    for column in _columns.values():
        rows = column.model._default_manager.exclude(**{column.name: None}).order_by("pk")
        for row in rows.only("pk", column.name, *column.needs)[:each]:
            if held := getattr(row, column.name):
                check(held, place=column.place(row))
                opened += 1
    return opened


def _next(column: Column, last: Any) -> list[Any]:
    rows = column.model._default_manager.exclude(**{column.name: None}).order_by("pk")
    return list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", flat=True)[:_AT_ONCE])


def _reseal(column: Column, keys: list[Any]) -> tuple[int, int]:
    done = shut = 0
    for row in column.model._default_manager.filter(pk__in=keys).only("pk", column.name, *column.needs):
        old = bytes(getattr(row, column.name) or b"")
        if not old or number_of(old) == newest("seal"):
            continue
        try:
            new = reseal(old, place=column.place(row))
        except Unreadable:
            shut += 1
            continue
        done += column.model._default_manager.filter(pk=row.pk, **{column.name: old}).update(**{column.name: new})
    return done, shut
