"""What could give somebody away is pointed out: judged on sentences written before the rule, and never slow."""

import json
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.conversation.identifying import find_identifying

SENTENCES = json.loads((Path(__file__).parent / "identifying.json").read_text())
KINDS = ("email", "phone", "address", "name", "profile")


def figure(items):
    """Count for each kind: found, missed, wrongly marked; and how many sentences are right in every mark."""
    counts, right = {kind: [0, 0, 0] for kind in KINDS}, 0
    for item in items:
        wanted, spots = _places(item), find_identifying(item["text"], (item["own_name"],) if item.get("own_name") else ())
        met = [any(s.kind == kind and s.start < end and start < s.end for s in spots) for kind, start, end in wanted]
        false = [s for s in spots if not any(s.kind == kind and s.start < end and start < s.end for kind, start, end in wanted)]
        for (kind, _start, _end), hit in zip(wanted, met, strict=True):
            counts[kind][0 if hit else 1] += 1
        for spot in false:
            counts[spot.kind][2] += 1
        right += all(met) and not false
    return counts, right


def _places(item):
    at, places = 0, []
    for kind, words in item["found"]:
        start = item["text"].index(words, at)
        places.append((kind, start, start + len(words)))
        at = start + 1
    return places


def shares(counts):
    found, missed, wrong = (sum(count[i] for count in counts.values()) for i in range(3))
    return found / (found + missed), found / (found + wrong)


class TestTheFigure:
    """Floors below what was reached (docs/decisions/0011): the sentences were written before the rule."""

    def test_of_what_should_be_pointed_out_most_is_and_little_else(self):
        counts, right = figure(SENTENCES["judge"])
        recall, precision = shares(counts)
        print(f"identifying: {counts} recall {recall:.3f} precision {precision:.3f} right {right}")
        assert recall >= 0.94
        assert precision >= 0.98
        assert right >= 192

    def test_the_sentences_it_was_tuned_on(self):
        counts, right = figure(SENTENCES["tuning"])
        assert shares(counts) == (1.0, 1.0)
        assert right == 200


class TestWhatItSays:
    def test_names_each_thing_in_its_words(self):
        found = find_identifying("I'm Sunita, call +91-90000-01234 or mail sunita.r@example.in.", ("Sunita Rao",))
        assert [(spot.kind, spot.words) for spot in found] == [
            ("name", "Sunita"), ("phone", "+91-90000-01234"), ("email", "sunita.r@example.in"),
        ]  # fmt: skip

    def test_what_stands_before_the_at_sign_of_my_address_is_found_whole_only(self):
        assert [spot.words for spot in find_identifying("Write to Tired Mum, I am mum of two.", (), ("tired.mum",))] == [
            "Tired Mum"
        ]

    def test_without_a_name_of_mine_no_name_is_found(self):
        assert find_identifying("Sunita Rao was kind to me.") == []

    def test_a_link_that_opens_a_chat_is_a_number(self):
        assert [spot.kind for spot in find_identifying("https://wa.me/447700900123")] == ["phone"]


PIECES = st.sampled_from(
    ["1 ", "12 34 ", "0", "07700 900 ", "a@", "a@b.", "@a ", "12 a b ", "one two ", "x at y dot ", "Am A 1 ", "12 St ", "1 rue de ", "calle a b ",
     "www.a", "http://a.b/", "Grace ", "'", "(0", "+", "u/a reddit ", "insta @a ", "flat 1, ", "\n", "A-", "ul. a ", "mail a at b ", "1.2.", "é", "LS6 2QB 1 ",
     "number 1 ", "lindenstr ", "hof 1 ", "zero 1 ", "a dot b dot ", "instagram.com/a/", "Sok. ", "\u202e", "🙂", "\x00", "٣٤٥"]
)  # fmt: skip


class TestWhateverIsTyped:
    @given(pieces=st.lists(PIECES | st.text(max_size=6), min_size=1, max_size=6), end=st.text(max_size=20))
    @settings(max_examples=25, deadline=None)
    def test_forty_thousand_letters_are_read_in_time_and_every_spot_is_where_it_says(self, pieces, end):
        text = ("".join(pieces) * 40_000)[: 40_000 - len(end)] + end
        began = time.process_time()
        found = find_identifying(text, ("Grace Hope", "Ann-Marie O'Neill"), ("anna.k82",))
        assert time.process_time() - began < 5
        for spot in found:
            assert text[spot.start : spot.end] == spot.words
            assert spot.words.strip()

    @given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
    @settings(max_examples=200, deadline=None)
    def test_no_text_no_name_and_no_handle_breaks_it(self, text, name, handle):
        find_identifying(text, (name,), (handle,))

    def test_an_ordinary_post_takes_no_time(self):
        post = (
            "I have been thinking about what you said last week. We waited 3 hours at the clinic, and the nurse was kind. " * 20
        )[:2000]
        find_identifying(post, ("Grace Hope",))
        fastest = min(_took(post) for _try in range(5))
        assert fastest < 0.03


def _took(post):
    began = time.process_time()
    find_identifying(post, ("Grace Hope",))
    return time.process_time() - began
