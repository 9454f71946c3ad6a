"""`kith bench finder`: how often the right group stands first, against BM25 over the same descriptions and the embedding alone."""

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.machine import machine, versions
from kith.concerns.naming import named_in
from kith.concerns.rows import ConcernRow
from kith.core.likeness import Vector, embed
from kith.finding import limits
from kith.finding.actions import lines_of, whole_of
from kith.finding.scoring import Index, score

HERE = Path(__file__).resolve().parent
SETS = {
    "dev-posts": ("dev_posts.json", "dev-posts.csv", "group"),
    "dev-questions": ("dev_questions.json", "dev-questions.csv", "topic"),
}
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class Case:
    """One post and the code of the group that it was written in."""

    text: str
    group: str


def measure(options: dict[str, Any]) -> dict[str, object]:
    """Measure the shipped sets (`--data`), or any other set (`--groups`, `--posts`)."""
    csv.field_size_limit(10**9)
    figures: dict[str, float] = {}
    shape: dict[str, object] = {}
    if options["groups"]:
        groups = json.loads(Path(options["groups"]).read_text(encoding="utf-8"))
        cases = _read(Path(options["posts"]), "group")
        figures |= _all("given", groups, cases)
        shape["given"] = {"groups": len(groups), "posts": len(cases)}
    else:
        folder = Path(options["data"] or "../shared/data/finder")
        for name, (described, posts, column) in SETS.items():
            if not (folder / posts).exists():
                raise SystemExit(f"{folder / posts} is not there: say where the data lies with --data")
            groups = json.loads((HERE / described).read_text(encoding="utf-8"))
            cases = _read(folder / posts, column)
            figures |= _all(name, groups, cases)
            shape[name] = {"groups": len(groups), "posts": len(cases)}
    return {"bench": "finder", "machine": machine(), "versions": versions(), "data": shape, "figures": figures}


def _read(path: Path, column: str) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Case(row["text"], row[column]) for row in csv.DictReader(file)]


def _all(name: str, groups: list[dict[str, Any]], cases: list[Case]) -> dict[str, float]:
    vectors = embed([case.text[: limits.MAX_WORDS] for case in cases])
    return {
        **_figures(f"{name}.newborn", cases, _newborn(groups, cases, vectors)),
        **_figures(f"{name}.embedding", cases, _embedding(groups, vectors)),
        **_figures(f"{name}.bm25", cases, _bm25(groups, cases)),
    }


def _newborn(groups: list[dict[str, Any]], cases: list[Case], vectors: Vector) -> list[list[str]]:
    """Rank by the finder's own score, over charter and concerns alone; a set's concerns are phrases of its own, without voices."""
    phrases: list[ConcernRow] = []
    wholes, pairs, lines = [], [], {}
    for at, group in enumerate(groups):
        pairs += [(at, len(phrases) + i) for i in range(len(group["concerns"]))]
        phrases += [ConcernRow(len(phrases) + i, "", "", phrase, ()) for i, phrase in enumerate(group["concerns"])]
        rows = lines_of("", "", group["charter"], [(phrase, []) for phrase in group["concerns"]])
        found = embed([whole_of(group["name"], "", "", group["charter"]), *[text for _kind, _label, text in rows]])
        wholes.append(found[0])
        lines[at] = found[1:].astype(np.float16)
    owned = np.array(pairs, np.int32).reshape(-1, 2)
    index = Index(tuple(range(len(groups))), np.stack(wholes), owned[:, 0], owned[:, 1])
    codes = [group["code"] for group in groups]
    rankings = []
    for case, vector in zip(cases, vectors, strict=True):
        evidence = np.zeros(len(phrases), np.float32)
        evidence[list(named_in(case.text[: limits.MAX_WORDS], phrases))] = limits.NAMED
        rankings.append([codes[item.key] for item in score(index, vector, evidence, lines)])
    return rankings


def _embedding(groups: list[dict[str, Any]], vectors: Vector) -> list[list[str]]:
    """Rank by the embedding of name and charter alone."""
    wholes = embed([f"{group['name']}. {group['charter']}" for group in groups])
    order = np.argsort(-(vectors @ wholes.T), axis=1, kind="stable")
    return [[groups[at]["code"] for at in row] for row in order]


def _bm25(groups: list[dict[str, Any]], cases: list[Case], *, k1: float = 1.2, b: float = 0.75) -> list[list[str]]:
    """Rank by Okapi BM25 (Robertson & Zaragoza 2009) over name, charter and concerns."""
    texts = [Counter(_WORD.findall(" ".join([g["name"], g["charter"], *g["concerns"]]).lower())) for g in groups]
    lengths = [sum(text.values()) for text in texts]
    mean = sum(lengths) / len(lengths)
    holding = Counter(word for text in texts for word in text)
    weight = {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in holding.items()}

    def points(words: Sequence[str], at: int) -> float:
        text, norm = texts[at], k1 * (1 - b + b * lengths[at] / mean)
        return sum(weight[w] * text[w] * (k1 + 1) / (text[w] + norm) for w in words if w in text)

    return _ranked(groups, cases, lambda case, at: points(_WORD.findall(case.text.lower()), at))


def _ranked(groups: list[dict[str, Any]], cases: list[Case], points: Callable[[Case, int], float]) -> list[list[str]]:
    return [[groups[at]["code"] for at in sorted(range(len(groups)), key=lambda at: (-points(case, at), at))] for case in cases]


def _figures(name: str, cases: list[Case], rankings: list[list[str]]) -> dict[str, float]:
    """Share of cases whose group stands first, among the first three, and the mean reciprocal rank; with 95 % Wilson half-widths."""
    ranks = [ranking.index(case.group) + 1 for case, ranking in zip(cases, rankings, strict=True)]
    n = len(ranks)
    shares = {"top1": sum(rank == 1 for rank in ranks) / n, "top3": sum(rank <= 3 for rank in ranks) / n}
    half = {f"{key}_pm": 1.96 * math.sqrt(p * (1 - p) / n + 0.96 / n**2) / (1 + 3.84 / n) for key, p in shares.items()}
    figures = shares | half | {"mrr": sum(1 / rank for rank in ranks) / n}
    return {f"{name}.{key}": round(value, 4) for key, value in figures.items()}
