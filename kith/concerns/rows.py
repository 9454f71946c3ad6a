"""What others are handed of the vocabulary."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One concern."""

    key: int
    slug: str
    kind: str
    name: str
    words: tuple[str, ...]

    @property
    def letter(self) -> str:
        """Return the letter it stands under from A to Z."""
        return self.name[:1].upper()
