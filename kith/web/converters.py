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
    """The key of a row: at most 63 bits, as a column holds them."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """
        Read it.

        :raises ValueError: past the last key that a column holds; the address then leads nowhere
        """
        key = int(value)
        if key >= 2**63:
            raise ValueError(value)
        return key


register_converter(Number, "n")
register_converter(Key, "key")
