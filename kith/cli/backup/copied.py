"""What a copy of a database is made of."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Copied:
    """Files by their names in the archive, rows and columns of each table, and which stored files the rows name."""

    files: list[tuple[str, Path]]
    counts: dict[str, int]
    columns: dict[str, list[str]]
    names: set[str]
