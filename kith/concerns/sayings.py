"""How people say what they live with: for each concern, texts written by hand as different people would type them."""

import csv
import hashlib
from pathlib import Path

CORE = Path(__file__).parent / "data" / "core.csv"
SAID = Path(__file__).parent / "data" / "said.csv"


def read_core() -> list[dict[str, str]]:
    """Read the hand-made concerns as they stand in their file."""
    with CORE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_sayings() -> dict[str, list[str]]:
    """Return for each concern of the core what stands for it: its name, its name with its lay words, and every saying."""
    texts = {row["slug"]: [row["name"], ", ".join([row["name"], *row["words"].split("|")])] for row in read_core()}
    with SAID.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            texts[row["slug"]].append(row["said"])
    return texts


def stamp() -> str:
    """Return a digest of both files, by which what was made from them is known to be in step."""
    return hashlib.sha256(CORE.read_bytes() + SAID.read_bytes()).hexdigest()
