"""What somebody's words are about: each concern has a voice, made from the many ways in which people say it."""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kith.core.likeness import embed
from kith.finding import limits

# Two simple measures that err on different texts. The nearest centre of embedded examples: Snell et al. 2017 (arXiv 1703.05175).
# Words weighted by how few concerns share them: Salton & Buckley 1988, term frequency on a log scale, smoothed inverse document
# frequency, cosine. Both were chosen and weighed on tests/tuning.json alone (docs/decisions/0008).
FILE = Path(__file__).parent / "data" / "voices.npz"
Floats = NDArray[np.float32]
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_ENDING = re.compile(r"(?:ings?|ed|es|s|'s|ly)$")


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of n concerns: centres (n × 384) and, for each of t terms, which concerns say it and how much."""

    slugs: tuple[str, ...]
    middle: Floats  # the mean of all examples (384)
    centres: Floats
    terms: Mapping[str, int]
    rarity: Floats  # inverse document frequency of each term (t)
    begin: NDArray[np.int32]  # where each term's concerns begin (t + 1)
    concern: NDArray[np.uint16]
    share: NDArray[np.float16]
    stamp: str

    def evidence(self, text: str, vector: Floats) -> Floats:
        """Say how much a text and its embedding (384) speak of each concern: (n), about -0.2 to 2."""
        beside = vector - self.middle
        near = self.centres @ (beside / max(float(np.linalg.norm(beside)), 1e-9))
        return np.asarray(near + limits.SAME_WORDS * self._same_words(text), np.float32)

    def _same_words(self, text: str) -> Floats:
        counts = Counter(self.terms[word] for word in stems(text) if word in self.terms)
        points, length = np.zeros(len(self.slugs), np.float32), 0.0
        for term, count in counts.items():
            weight = (1 + math.log(count)) * float(self.rarity[term])
            length += weight * weight
            here = slice(self.begin[term], self.begin[term + 1])
            points[self.concern[here]] += weight * self.share[here].astype(np.float32)
        return points / max(math.sqrt(length), 1e-9)


def stems(text: str) -> Iterable[str]:
    """Cut a text into words in lower case, without the commonest English endings."""
    for word in _WORD.findall(text.lower()):
        yield _ENDING.sub("", word) if len(word) > 4 else word


def make_voices(texts: Mapping[str, Sequence[str]], stamp: str) -> Voices:
    """Make the voices of concerns from their texts; a minute's work, done when the texts change (`make voices`)."""
    vectors = [embed(own) for own in texts.values()]
    middle = np.concatenate(vectors).mean(axis=0)
    centres = np.stack([_unit(_unit(own - middle).mean(axis=0)) for own in vectors])
    counts = [Counter(stems(". ".join(own))) for own in texts.values()]
    holding = Counter(term for count in counts for term in count)
    terms = {term: at for at, term in enumerate(sorted(holding))}
    rarity = np.array([math.log((1 + len(counts)) / (1 + holding[term])) + 1 for term in terms], np.float32)
    begin, concern, share = _by_term(counts, terms, rarity)
    return Voices(tuple(texts), middle, centres, terms, rarity, begin, concern, share, stamp)


def _by_term(
    counts: Sequence[Counter[str]], terms: Mapping[str, int], rarity: Floats
) -> tuple[NDArray[np.int32], NDArray[np.uint16], NDArray[np.float16]]:
    entries = []
    for at, count in enumerate(counts):
        weights = {terms[term]: (1 + math.log(n)) * float(rarity[terms[term]]) for term, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        entries += [(term, at, weight / length) for term, weight in weights.items()]
    entries.sort()
    begin = np.searchsorted([term for term, _at, _share in entries], np.arange(len(terms) + 1)).astype(np.int32)
    return begin, np.array([at for _t, at, _s in entries], np.uint16), np.array([s for _t, _at, s in entries], np.float16)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), np.float32)


def save(voices: Voices, path: Path = FILE) -> None:
    """Write voices to a file."""
    np.savez_compressed(
        path, slugs=np.array(voices.slugs), middle=voices.middle, centres=voices.centres.astype(np.float16),
        terms=np.array(list(voices.terms)), rarity=voices.rarity, begin=voices.begin, concern=voices.concern, share=voices.share,
        stamp=np.array(voices.stamp),
    )  # fmt: skip


@functools.cache
def load(path: Path = FILE) -> Voices:
    """Read voices from a file, once."""
    with np.load(path, allow_pickle=False) as file:
        return Voices(
            tuple(file["slugs"].tolist()), file["middle"], file["centres"].astype(np.float32),
            {term: at for at, term in enumerate(file["terms"].tolist())}, file["rarity"], file["begin"], file["concern"],
            file["share"], str(file["stamp"]),
        )  # fmt: skip
