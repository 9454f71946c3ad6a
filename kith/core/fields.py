"""The primary key of rows whose order would tell something."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kith.core.ids import random_key

if TYPE_CHECKING:
    _Whole = models.BigIntegerField[int, int]  # Django's own class takes no types at run time
else:
    _Whole = models.BigIntegerField


class RandomKey(_Whole):
    """
    A random primary key that is also the place of its row: no hidden number keeps the order in which rows were made.

    SQLite takes a key as its rowid only if the type is `integer`; beside any other it counts rows in the order they came.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"primary_key": True, "default": random_key}))

    def deconstruct(self) -> Any:
        """Name in migrations only what is not always so."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["primary_key"], kwargs["default"]
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type that this database gives its own counted keys, without the counting."""
        return str(connection.data_types["BigAutoField"])

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the type of a column that points to such a key."""
        return models.BigIntegerField().db_type(connection)


class KeyOf(models.OneToOneField[Any, Any]):
    """A row's own key that is the key of another: on SQLite the rowid itself, so that the rows keep no order of their own."""

    def __init__(self, to: Any, **options: Any) -> None:
        options |= {"primary_key": True, "on_delete": models.CASCADE, "related_name": "+"}
        super().__init__(to, **options)

    def db_type(self, connection: Any) -> str | None:
        """Return the type of the key that it is, not of a link to it."""
        return self.target_field.db_type(connection)
