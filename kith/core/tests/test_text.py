"""Cleaning and rendering what people type."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core import text

ALLOWED = re.compile(r"</?(p|br|em|strong|ul|ol|li|blockquote|h3|h4|code)>|</?a( href=\"[^\"<>]*\")?( rel=\"[a-z ]+\")?>")


class TestClean:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("a\x00b", "ab"),
            ("a\u202eb", "ab"),
            ("a\u200bb", "ab"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("e\u0301", "\u00e9"),
            ("\ud83d", "\ufffd"),
            ("  kept inside  ", "  kept inside"),
            ("x" + "\u0301" * 50, "x\u0301\u0301\u0301"),
        ],
    )
    def test_takes_out_what_deceives_or_breaks(self, typed, kept):
        assert text.clean(typed) == kept

    def test_keeps_joined_emoji_and_scripts_that_need_joiners(self):
        family, persian = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
        assert text.clean(family) == family
        assert text.clean(persian) == persian

    @given(st.text())
    @settings(max_examples=300, deadline=None)
    def test_is_idempotent(self, typed):
        once = text.clean(typed)
        assert text.clean(once) == once

    @pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "\u200b", "\u2060\u00ad", "\u3164" * 0])
    def test_knows_what_nobody_can_see(self, nothing):
        assert text.is_blank(nothing)


class TestSkeleton:
    @pytest.mark.parametrize(
        "other", ["Wren", "wren", "WREN", "W\u0440en".replace("\u0440", "r"), "W r e n", "Wr\u0435n", "Wr\u00e9n"]
    )
    def test_look_alikes_are_one(self, other):
        assert text.skeleton(other) == text.skeleton("wren")

    def test_others_are_not(self):
        assert len({text.skeleton(name) for name in ("Wren", "Fig", "Old Kettle", "Heron", "Harbour")}) == 5


class TestRender:
    @pytest.mark.parametrize(
        ("words", "html"),
        [
            ("hugs", "<p>hugs</p>\n"),
            ("*so* tired", "<p><em>so</em> tired</p>\n"),
            ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
            ("# big", "<h3>big</h3>\n"),
            ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ],
    )
    def test_the_subset(self, words, html):
        assert text.render(words) == html

    @pytest.mark.parametrize(
        ("words", "href"),
        [
            ("See https://example.org/a_b_c?x=1&y=2.", "https://example.org/a_b_c?x=1&amp;y=2"),
            ("(http://example.org/)", "http://example.org/"),
            ("**https://example.org**", "https://example.org"),
        ],
    )
    def test_an_address_of_the_web_becomes_a_link_as_it_stands(self, words, href):
        assert f'<a href="{href}" rel=' in text.render(words)

    @pytest.mark.parametrize(
        "words", ["www.example.org", "me@example.org", "//example.org", "ftp://example.org", "javascript:alert(1)", "1.2.3.4"]
    )
    def test_nothing_like_one_does(self, words):
        assert "<a" not in text.render(words)

    @pytest.mark.parametrize(
        "words",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](http://e.example/p.png)",
            "<b>x</b>",
        ],
    )
    def test_nothing_else_gets_through(self, words):
        html = text.render(words)
        assert not re.search(r"<(script|img|b)\b|href=\"javascript", html)

    @given(st.text(alphabet=st.sampled_from("<>\"'&/ab*_[]()!#-`\n :;jsx="), max_size=120))
    @settings(max_examples=500, deadline=None)
    def test_only_our_tags_come_out(self, words):
        assert "<" not in ALLOWED.sub("", text.render(words))

    @given(st.text(alphabet=st.sampled_from("<>\"'&/ab*_[]()!#-`\n :;jsx=1.@~|\\"), max_size=200))
    @settings(max_examples=500, deadline=None)
    def test_cleaning_what_came_out_changes_nothing(self, words):
        html = text.render(words)
        assert text.clean_html(html) == html

    @pytest.mark.parametrize(
        "words", ["[a](https://example.org/x) " * 1500, "*" * 40_000, "[" * 40_000, "> " * 20_000, "- " * 20_000]
    )
    def test_takes_the_longest_that_anybody_may_send(self, words):
        assert text.clean_html(html := text.render(words)) == html


class TestExcerpt:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("> *Quoted* words\n\n- one\n- **two**", "Quoted words one two"),
            ("## A head\n\n[a page](https://example.org/a_b) and [] (so)", "A head a page and [] (so)"),
            ("word " * 40, "word word word word…"),
        ],
    )
    def test_is_plain_and_short(self, words, said):
        assert text.excerpt(words, 50 if "word word" not in words else 20) == said

    def test_begins_near_what_was_looked_for(self):
        said = text.excerpt("one two three " * 50 + "the Café is full " + "four five " * 50, 60, near="cafe")
        assert "Café is full" in said
        assert (said[0], said[-1]) == ("…", "…")
        assert len(said) <= 61

    @pytest.mark.parametrize(
        ("words", "near"),
        [
            ("\u96e8\u304c\u964d\u308b" * 50 + "\u732b" + "\u96e8\u304c\u964d\u308b" * 50, "\u732b"),
            ("one two three " * 20 + "x" * 30 + "needle", "needle"),
            ("one two three " * 20 + "x" * 200 + "needle" + "x" * 200, "needle"),
            ("one two three " * 20 + "x" * 30 + "needle" + "x" * 30 + " four five" * 20, "needle"),
            ("\ud55c\uad6d\uc5b4 " * 80 + "\uc0ac\ub78c " + "\ud55c\uad6d\uc5b4 " * 80, "\uc0ac\ub78c"),
            ("stra\u00dfe " * 80 + "needle " + "stra\u00dfe " * 80, "needle"),
        ],
    )
    def test_holds_it_also_where_there_is_no_space_to_cut_at(self, words, near):
        said = text.excerpt(words, 60, near=near)
        assert near in said
        assert said[0] == "\u2026"
        assert len(said) <= 61

    @given(st.text(max_size=300), st.text(max_size=10))
    @settings(max_examples=100)
    def test_takes_anything(self, words, near):
        assert len(text.excerpt(words, 40, near=near)) <= 41


@pytest.mark.parametrize(("one", "other"), [("CAFÉ", "cafe"), ("I’m", "i'm"), ("Straße", "STRASSE"), ("ÅNGSTRÖM", "angstrom")])
def test_what_a_search_takes_for_the_same(one, other):
    assert text.fold(one) == text.fold(other)


class TestAccentsAreFoldedInOnePlace:
    """What is stored (look-alikes of names, stems of the index) folds as it did, every letter that folding could change."""

    LETTERS = tuple(
        c for c in map(chr, range(0x110000)) if unicodedata.combining(c) or unicodedata.normalize("NFKD", c.casefold()) != c
    )

    def plainly(self, words):
        return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))

    def test_the_marks_of_every_script(self):
        assert [c for c in self.LETTERS if text.drop_accents(f"a{c}") != self.plainly(f"a{c}")] == []

    def test_of_what_looks_like_a_name(self):
        def once(name):
            folded = unicodedata.normalize("NFKD", text.clean(name, one_line=True)).casefold()
            letters = "".join(c for c in folded if not unicodedata.combining(c)).translate(text._LOOKS_LIKE)
            return "".join(c for c in letters.replace("l", "i").replace("rn", "m").replace("vv", "w") if c.isalnum())

        assert [c for c in self.LETTERS if text.skeleton(f"a{c}") != once(f"a{c}")] == []

    def test_of_what_a_search_of_ones_own_compares(self):
        marks = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]")
        folds = (
            (c, marks.sub("", unicodedata.normalize("NFKD", f"é{c}".casefold())).replace("\u2019", "'")) for c in self.LETTERS
        )
        assert [c for c, folded in folds if text.fold(f"é{c}") != folded] == []

    def test_letters_that_no_decomposition_takes_apart(self):
        assert text.fold_latin("ŁÓDŹ, Straße, İstanbul, ısı, Þór, Guðrún, Æsa, Đorđe") == (
            "lodz, strasse, istanbul, isi, thor, gudrun, aesa, dorde"
        )
