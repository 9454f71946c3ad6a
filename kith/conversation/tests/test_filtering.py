"""A reader's own filter folds what she means: judged on sentences written before the rule, which its writer saw only as a figure."""

import json
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.conversation.filtering import find_filter, plain_of

JUDGE = json.loads((Path(__file__).parent / "filters.json").read_text())["judge"]


def figure():
    """Count what is right, what was missed, what was folded wrongly."""
    answers = [(item["fold"], find_filter((item["filter"],), item["text"]) != "") for item in JUDGE]
    return sum(a == b for a, b in answers), sum(a and not b for a, b in answers), sum(b and not a for a, b in answers)


class TestTheFigure:
    def test_every_judge_sentence_is_right(self):
        assert figure() == (80, 0, 0)


class TestWhatAFilterMeans:
    CASES = (
        ("baby", "the babies cried", True), ("cut", "cutting again", True), ("cut", "that is so cute", False), ("hop", "I was hoping", False),
        ("ban", "banana", False), ("therapist", "the rapist", False), ("selfharm", "self-harm", True), ("self harm", "Self-harmed today", True),
        ("panic attack", "panic. Attack", False), ("Alptraum", "wieder Alptraeume", True), ("alcool", "l'alcool", True), ("kg", "52kg", True),
        ("Übelkeit", "wieder uebelkeit", True), ("\u81ea\u6b98", "\u304b\u306e\u5973\u306f\u81ea\u6b98\u3092", True), ("-", "a - b", False),
    )  # fmt: skip

    def test_case_by_case(self):
        wrong = [(word, text) for word, text, folds in self.CASES if (find_filter((word,), text) != "") is not folds]
        assert wrong == []

    def test_the_name_above_a_quote_is_not_read(self):
        html = (
            '<blockquote class="quote"><cite><a href="?post=1#p1">Wren wrote</a></cite>Hello.</blockquote><p>Fish &amp; chips</p>'
        )
        assert find_filter(("wren",), plain_of(html)) == ""
        assert find_filter(("fish & chips",), plain_of(html)) == "fish & chips"


class TestWhateverIsTyped:
    @given(st.text(max_size=30), st.text(max_size=200))
    @settings(max_examples=200, deadline=None)
    def test_no_filter_and_no_text_breaks_it(self, word, text):
        find_filter((word,), text)

    @given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=8))
    @settings(max_examples=25, deadline=None)
    def test_forty_thousand_letters_are_read_in_time(self, word, piece):
        began = time.process_time()
        find_filter((word, "self harm"), (piece * 40_000)[:40_000])
        assert time.process_time() - began < 2
