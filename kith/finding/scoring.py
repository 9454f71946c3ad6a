"""The ranking in plain numpy: how well each group fits, whether any does, and which of its lines raised it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.finding import limits

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Index:
    """All listed groups: vectors of their whole cards (n × 384), and which voices are theirs (pairs of group and voice)."""

    keys: tuple[int, ...]
    wholes: Floats
    group: NDArray[np.int32]
    voice: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Scored:
    """One group: how far it lies above the likest concern that no group is for, and the order of its lines, the likest first."""

    key: int
    score: float
    lines: tuple[int, ...]


def shortlist(index: Index, words: Floats, evidence: Floats) -> tuple[list[int], Floats]:
    """
    Choose the groups that are scored to the end, for the embedding `words` (384) and what they say of each concern (n).

    Return their places in the index and what each has so far: its likest concern and its whole card.
    """
    about = np.full(len(index.keys), float(evidence.min(initial=0.0)), np.float32)
    np.maximum.at(about, index.group, evidence[index.voice])
    so_far = about + limits.WHOLE * (index.wholes @ words)
    return np.argsort(-so_far, kind="stable")[: limits.KEPT].tolist(), so_far


def rival(index: Index, evidence: Floats) -> float:
    """
    Return how much the words speak of the likest concern that no group is for.

    Words that speak of no concern at all have a rival that nothing comes near: a question about hoovers and stairs is no illness.
    """
    if evidence.max(initial=0.0) < limits.SPEAKS:
        return limits.OUT_OF_REACH
    alone = np.ones(len(evidence), bool)
    alone[index.voice] = False
    return float(evidence[alone].max(initial=0.0))


def score(index: Index, words: Floats, evidence: Floats, lines: Mapping[int, Halves]) -> list[Scored]:
    """Score groups to the end, best first; `lines` are the embedded lines (m × 384) of each group on the shortlist, by key."""
    places, so_far = shortlist(index, words, evidence)
    against = rival(index, evidence)
    scored = []
    for at in places:
        key = index.keys[at]
        like = lines[key].astype(np.float32) @ words if key in lines else np.zeros(0, np.float32)
        order = np.argsort(-like, kind="stable")
        best = float(like[order[:2]].mean()) if len(like) else 0.0
        scored.append(Scored(key, float(so_far[at]) + limits.BEST * best - against, tuple(order.tolist())))
    return sorted(scored, key=lambda item: (-item.score, item.key))
