"""Read the demo community: one TOML file a group."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "community"


def read_groups(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Read every group with its personas, topics and posts, by key."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
