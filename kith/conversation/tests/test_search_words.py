"""Words as the index holds them, and what was typed read as what is looked for."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.conversation.search import postgres, sqlite
from kith.conversation.search.snippets import mark, snippet
from kith.conversation.search.words import _stem, parse, spots, stems, terms

ALIKE = [
    ("en", "My mother's knees were hurting", "mothers knee hurt"),
    ("en", "I don\u2019t know; DON'T ask", "dont know dont ask"),
    ("en-GB", "a naïve café", "a naive cafe"),
    ("de", "Die Häuser und die Straße", "Haus STRASSE"),
    ("fr", "l\u2019angoisse des examens", "angoisses examen"),
    ("es", "Estábamos cansadas de esperar", "esperando cansado"),
    ("nl", "De dokters luisterden niet", "dokter"),
    ("ru", "больницы и врачи", "больница врачами"),
    ("fi", "Lapset talossa", "TALO"),
    ("ar", "كتبتُ رسالةً", "كتبت رسالة"),
    ("el", "Οι γιατροί", "ΓΙΑΤΡΟΊ"),
    ("zh", "我今天很累", "今天"),
    ("ja", "つらい夜", "夜"),
    ("xx", "Words of no language that we know", "WORDS language"),
]


class TestStems:
    @pytest.mark.parametrize(("language", "said", "sought"), ALIKE, ids=[f"{a[0]} {a[2]}" for a in ALIKE])
    def test_words_of_one_stem_are_alike(self, language, said, sought):
        assert set(stems(sought, language)) <= set(stems(said, language))

    def test_each_language_has_its_own(self):
        assert stems("running", "en") == ["run"]
        assert stems("running", "de") != ["run"]

    @given(text=st.text(max_size=80), language=st.sampled_from(["en", "fr", "ar", "hi", "tr", "yi", "ta", "th", "", "zz-ZZ"]))
    def test_hold_nothing_that_an_index_takes_for_syntax(self, text, language):
        for stem in stems(text, language):
            assert stem
            assert len(stem) <= 40
            assert not set(stem) & set("\"'\\ _:*^()-&|!<>\x00\t\n")

    @given(text=st.text(max_size=80))
    def test_are_where_they_were_found(self, text):
        assert [stem for stem, _found in spots(text, "en")] == stems(text, "en")
        for stem, found in spots(text, "en"):
            assert stems(text[found.start() : found.end()], "en") == [stem]


class TestParse:
    def test_reads_words_phrases_and_what_must_not_be_there(self):
        asked = parse('rain "a long night" -coffee -"two words" well-being')
        assert asked.wanted == ("rain", "a long night", "well-being")
        assert asked.unwanted == ("coffee", "two words")
        assert terms(asked, "en").wanted == (("rain",), ("a", "long", "night"), ("well", "be"))

    @pytest.mark.parametrize(
        "typed", ["\u201ca long night\u201d", "\u00aba long night\u00bb", "\u201ea long night\u201c", '"a long night']
    )
    def test_knows_quotation_marks_of_all_kinds(self, typed):
        assert parse(typed).wanted == ("a long night",)

    @pytest.mark.parametrize("typed", ["", " ", "-", '"', '""', "- -", "\x00", "\u202e", "*", "()", "-\u2014-"])
    def test_finds_nothing_to_look_for_where_there_is_nothing(self, typed):
        assert parse(typed).wanted == ()

    @given(typed=st.text(max_size=400), code=st.just("abcdefgh"))
    def test_makes_a_query_of_whatever_was_typed(self, typed, code):
        asked = parse(typed)
        assert len(asked.wanted) <= 12
        lot = terms(asked, "en")
        if lot.wanted:
            assert "\x00" not in sqlite.query([(code, lot)]) + postgres.query([(code, lot)])


class TestSnippets:
    def test_mark_what_was_looked_for_and_nothing_else(self):
        html = snippet("It *rained* <b>all</b> week.\n\n- Raining again", (("rain",),), "en")
        assert html == "It <mark>rained</mark> &lt;b&gt;all&lt;/b&gt; week. <mark>Raining</mark> again"

    def test_mark_a_phrase_where_it_stands(self):
        assert mark("A long day, a long night", (("a", "long", "night"),), "en") == "A long day, <mark>a long night</mark>"

    def test_phrases_that_overlap_are_one(self):
        assert mark("one two three", (("one", "two"), ("two", "three")), "en") == "<mark>one two three</mark>"

    def test_begin_near_the_first_hit(self):
        html = snippet("word " * 500 + "needle" + " word" * 500, (("needl",),), "en")
        assert html.startswith("\u2026word")
        assert html.endswith("word\u2026")
        assert "<mark>needle</mark>" in html
        assert len(html) < 260

    @given(text=st.text(max_size=300), wanted=st.text(max_size=8))
    def test_lose_no_letter_of_a_short_text(self, text, wanted):
        phrase = tuple(stems(wanted, "en"))
        html = mark(text, (phrase,) if phrase else (), "en")
        assert html.replace("<mark>", "").replace("</mark>", "") == mark(text, (), "en")


def test_the_index_folds_every_letter_as_it_was_written():
    """An index that was written by one way of folding is not read by another."""
    accents = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200c\u200d'\u2019]")
    for letter in map(chr, range(0x110000)):
        if not unicodedata.combining(letter) and unicodedata.normalize("NFKD", letter.casefold()) == letter:
            continue
        plain = unicodedata.normalize("NFKC", f"a{letter}").casefold().replace("\u2019", "'")
        folded = unicodedata.normalize("NFC", accents.sub("", unicodedata.normalize("NFD", plain)))
        stem = "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc"))
        assert _stem("", f"a{letter}") == stem
