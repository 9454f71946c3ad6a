"""What somebody's words are about: each concern has a voice, made from the many ways in which people say it."""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kith.concerns.naming import WORD
from kith.core.likeness import embed
from kith.finding import limits

# Simple measures that err on different texts. The nearest centre of embedded examples: Snell et al. 2017 (arXiv 1703.05175). Words,
# and words with the one that follows, weighted by how few concerns share them: Salton & Buckley 1988, term frequency on a log scale,
# smoothed inverse document frequency, cosine. All were chosen and weighed on tests/tuning.json alone (docs/decisions/0008).
FILE = Path(__file__).parent / "data" / "voices.npz"
Floats = NDArray[np.float32]
_ARRAYS = ("rarity", "begin", "concern", "share")  # of `Terms`, as they stand in the file
_ENDING = re.compile(r"(?:ings?|ed|es|s|'s|ly)$")


@dataclass(frozen=True, slots=True)
class Terms:
    """Which of n concerns use each of t terms, and how much."""

    place: Mapping[str, int]
    rarity: Floats  # inverse document frequency of each term (t)
    begin: NDArray[np.int32]  # where each term's concerns begin (t + 1)
    concern: NDArray[np.uint16]
    share: NDArray[np.float16]

    def likeness(self, used: Iterable[str], concerns: int) -> Floats:
        """Return the cosine of the terms used with those of each concern: (n), 0 to 1."""
        counts = Counter(self.place[term] for term in used if term in self.place)
        points, length = np.zeros(concerns, np.float32), 0.0
        for term, count in counts.items():
            weight = (1 + math.log(count)) * float(self.rarity[term])
            length += weight * weight
            here = slice(self.begin[term], self.begin[term + 1])
            points[self.concern[here]] += weight * self.share[here].astype(np.float32)
        return points / max(math.sqrt(length), 1e-9)


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of n concerns: centres (n × 384) around the mean of all examples (384), their words and their pairs of words."""

    slugs: tuple[str, ...]
    middle: Floats
    centres: Floats
    words: Terms
    pairs: Terms
    stamp: str

    def evidence(self, text: str, vector: Floats) -> Floats:
        """Say how much a text and its embedding (384) speak of each concern: (n), about -0.2 to 2."""
        beside = vector - self.middle
        near = self.centres @ (beside / max(float(np.linalg.norm(beside)), 1e-9))
        words = self.words.likeness(stems(text), len(self.slugs))
        pairs = self.pairs.likeness(stems_and_pairs(text), len(self.slugs))
        return np.asarray(near + limits.WORDS * words + limits.PAIRS * pairs, np.float32)


def stems(text: str) -> list[str]:
    """Cut a text into words in lower case, without the commonest English endings."""
    return [_ENDING.sub("", word) if len(word) > 4 else word for word in WORD.findall(text.lower())]


def stems_and_pairs(text: str) -> list[str]:
    """Return the same words, and each with the one that follows."""
    words = stems(text)
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def make_voices(texts: Mapping[str, Sequence[str]], stamp: str) -> Voices:
    """Make the voices of concerns from their texts; minutes of work, done when the texts change (`make voices`)."""
    vectors = [embed(own) for own in texts.values()]
    middle = np.concatenate(vectors).mean(axis=0)
    centres = np.stack([_unit(_unit(own - middle).mean(axis=0)) for own in vectors])
    joined = [". ".join(own) for own in texts.values()]
    words, pairs = _terms([stems(text) for text in joined], least=1), _terms([stems_and_pairs(text) for text in joined], least=2)
    return Voices(tuple(texts), middle, centres, words, pairs, stamp)


def _terms(used: Sequence[list[str]], *, least: int) -> Terms:
    """Weigh the terms that each concern uses, leaving out those of fewer than `least` concerns."""
    counts = [Counter(own) for own in used]
    holding = Counter(term for count in counts for term in count)
    place = {term: at for at, term in enumerate(sorted(term for term, n in holding.items() if n >= least))}
    rarity = np.array([math.log((1 + len(counts)) / (1 + holding[term])) + 1 for term in place], np.float32)
    entries = []
    for at, count in enumerate(counts):
        weights = {place[term]: (1 + math.log(n)) * float(rarity[place[term]]) for term, n in count.items() if term in place}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        entries += [(term, at, weight / length) for term, weight in weights.items()]
    entries.sort()
    begin = np.searchsorted([term for term, _at, _share in entries], np.arange(len(place) + 1)).astype(np.int32)
    concern, share = np.array([at for _t, at, _s in entries], np.uint16), np.array([s for _t, _at, s in entries], np.float16)
    return Terms(place, rarity, begin, concern, share)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), np.float32)


def save(voices: Voices, path: Path = FILE) -> None:
    """Write voices to a file."""
    arrays: dict[str, Any] = {
        "slugs": np.array(voices.slugs), "middle": voices.middle, "centres": voices.centres.astype(np.float16),
        "stamp": np.array(voices.stamp),
    }  # fmt: skip
    for name, terms in (("words", voices.words), ("pairs", voices.pairs)):
        arrays |= {f"{name}.{part}": getattr(terms, part) for part in _ARRAYS} | {f"{name}.place": np.array(list(terms.place))}
    np.savez_compressed(path, **arrays)


@functools.cache
def load(path: Path = FILE) -> Voices:
    """Read voices from a file, once."""
    with np.load(path, allow_pickle=False) as file:
        words, pairs = (
            Terms(
                {term: at for at, term in enumerate(file[f"{name}.place"].tolist())},
                *(file[f"{name}.{part}"] for part in _ARRAYS),
            )
            for name in ("words", "pairs")
        )
        return Voices(
            tuple(file["slugs"].tolist()), file["middle"], file["centres"].astype(np.float32), words, pairs, str(file["stamp"])
        )
