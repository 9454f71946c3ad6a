"""What changed, word by word: right for any two texts, and quick for the longest post."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.differences import Piece, differences

LONGEST = 40_000


def side(pieces, kind):
    return "".join(piece.words for piece in pieces if piece.kind in ("", kind))


@given(before=st.text("ab \n.\u4e2d", max_size=60), after=st.text("ab \n.\u4e2d", max_size=60))
def test_both_texts_can_be_read_from_it(before, after):
    pieces = differences(before, after)
    assert side(pieces, "gone") == before
    assert side(pieces, "new") == after
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


def test_words_are_compared_and_not_letters():
    assert differences("I am not well today.", "I am well today, thanks.") == [
        Piece("", "I am "), Piece("gone", "not "), Piece("", "well today"), Piece("new", ", thanks"), Piece("", "."),
    ]  # fmt: skip


def test_a_script_without_spaces_is_compared_by_its_letters():
    assert differences("\u6211\u5f88\u597d", "\u6211\u4e0d\u597d") == [
        Piece("", "\u6211"), Piece("gone", "\u5f88"), Piece("new", "\u4e0d"), Piece("", "\u597d"),
    ]  # fmt: skip


def _noise(seed, words):
    rng = random.Random(seed)
    return " ".join(rng.choice(words) for _n in range(LONGEST))[:LONGEST]


@pytest.mark.parametrize("words", [["a", "b"], [f"w{n}" for n in range(100)], ["\n", "x\n", "y"], ["\u4e2d", "\u6587"]], ids=repr)
def test_the_longest_posts_take_no_time(words):
    began = time.process_time()
    pieces = differences(_noise(1, words), _noise(2, words))
    assert time.process_time() - began < 2
    assert side(pieces, "gone") == _noise(1, words)
    assert side(pieces, "new") == _noise(2, words)


def test_one_changed_word_in_the_longest_post_is_found():
    text = _noise(1, [f"w{n}" for n in range(100)])
    pieces = differences(text, text[:20_000] + " CHANGED " + text[20_000:])
    assert len(pieces) <= 4
    assert "CHANGED" in next(piece.words for piece in pieces if piece.kind == "new")
