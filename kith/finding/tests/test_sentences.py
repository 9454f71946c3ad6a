"""Forty sentences by somebody who had not seen the ranking, against the demo community: half have a group there, half have none."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kith.cli.demo.loading import load_community
from kith.cli.demo.reading import read_groups
from kith.concerns.actions import load_core
from kith.finding import queries
from kith.finding.actions import renew_index
from kith.finding.rows import Wishes
from kith.groups.models import Group
from kith.groups.viewer import GUEST
from kith.testing.cast import AT

JUDGES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
ENOUGH = 18  # of twenty


@pytest.fixture
def key_of(db):
    """Load the demo community; return a group's key by its code."""
    load_core()
    load_community()
    renew_index(limit=100)
    keys = {group["name"]: group["key"] for group in read_groups()}
    return {code: keys[name] for code, name in Group.objects.values_list("code", "name")}


def _answer(words):
    return queries.get_findings(GUEST, queries.find(words, at=AT), Wishes(), at=AT)


@pytest.mark.slow
def test_they_are_answered_rightly(key_of, capsys):
    # Right is: the group that fits stands first; or no group is offered as one that may fit, and the page says so.
    counts, wrong = Counter(), []
    for case in JUDGES["fits"]:
        answer = _answer(case["words"])
        right = bool(answer.groups) and key_of[answer.groups[0].card.code] in case["groups"]
        counts[f"found first, {answer.fit}" if right else "not found"] += 1
        wrong += [] if right else [case["words"][:80]]
    for case in JUDGES["nothing"]:
        answer = _answer(case["words"])
        counts[f"no group, {answer.fit}"] += 1
        wrong += [case["words"][:80]] if answer.fit == "plain" else []
    with capsys.disabled():
        print(f"\n{dict(counts)}")
    assert len(JUDGES["fits"]) - counts["not found"] >= ENOUGH, wrong
    assert len(JUDGES["nothing"]) - counts["no group, plain"] >= ENOUGH, wrong
