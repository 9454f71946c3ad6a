"""The ranking in plain numpy: how well each group fits, and which of its lines raised it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.finding import limits

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Index:
    """All listed groups as arrays: vectors of wholes (n × 384), of lines (m × 384), and whose each line is (m)."""

    keys: tuple[int, ...]
    wholes: Floats
    lines: NDArray[np.float16]  # half as wide in memory; read in pieces
    owner: NDArray[np.int32]
    start: tuple[int, ...]  # where each group's lines begin
    concerns: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """One group with its score and the order of its lines, the likest first."""

    key: int
    score: float
    lines: tuple[int, ...]


def score(index: Index, words: Floats, named: frozenset[int], near: frozenset[int]) -> list[Scored]:
    """
    Score every group for the embedding `words` (384) of what somebody typed, best first.

    `named` are concerns recognised in the words, `near` those that lie near them.
    """
    if not index.keys:
        return []
    whole, line = index.wholes @ words, _likeness(index.lines, words)
    extra = np.zeros(len(index.keys), np.float32)
    if named:
        extra[:] = [_extra(about, named, near) for about in index.concerns]
    most = np.full(len(index.keys), -1.0, np.float32)
    np.maximum.at(most, index.owner, line)
    # The best line is at least the mean of the best two, so this order never leaves out what the exact one would keep.
    above = limits.WHOLE * whole + limits.BEST * most + extra
    scored = []
    for at in np.argsort(-above, kind="stable")[: limits.CANDIDATES]:
        begin = index.start[at]
        end = index.start[at + 1] if at + 1 < len(index.start) else len(line)
        own = line[begin:end]
        order = np.argsort(-own, kind="stable")
        best = float(own[order[:2]].mean()) if len(own) else 0.0
        total = limits.WHOLE * float(whole[at]) + limits.BEST * best + float(extra[at])
        scored.append(Scored(index.keys[at], total, tuple(int(i) for i in order[:5])))
    return sorted(scored, key=lambda item: (-item.score, item.key))


def _likeness(lines: NDArray[np.float16], words: Floats, piece: int = 2048) -> Floats:
    """Multiply half-width rows piece by piece, so that no wide copy of all of them is ever made."""
    parts = [lines[at : at + piece].astype(np.float32) @ words for at in range(0, len(lines), piece)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _extra(about: frozenset[int], named: frozenset[int], near: frozenset[int]) -> float:
    return limits.NAMED if about & named else limits.NEAR if about & near else 0.0
