"""One detail by which somebody could be recognised, where it stands in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding: what kind it is (email, phone, address, name, profile), from where to where, and its words."""

    kind: str
    start: int
    end: int
    words: str


def blank_out(text: str, spots: list[Spot]) -> str:
    """Put spaces where these spots stand, so that nothing in them is found twice; places in the text stay."""
    parts, at = [], 0
    for spot in sorted(spots, key=lambda spot: spot.start):
        parts += [text[at : spot.start], " " * (spot.end - max(at, spot.start))]
        at = max(at, spot.end)
    return "".join(parts) + text[at:]
