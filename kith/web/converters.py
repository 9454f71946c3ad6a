"""Numbers in addresses: as many digits as a column holds, and no more."""

from django.urls import register_converter


class Number:
    """A whole number from 1 to 999,999,999."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write it."""
        return str(value)


class Key(Number):
    """The key of a row that counts over the whole site."""

    regex = "[1-9][0-9]{0,17}"


register_converter(Number, "n")
register_converter(Key, "key")
