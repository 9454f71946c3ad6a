"""My words, narrowed: by group and by what stands in them; no private word in an address; excerpts that are plain and short."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions as talk
from kith.conversation import limits
from kith.core import clock
from kith.groups import actions
from kith.groups.queries import get_place
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
GIST = re.compile(r'word-row__text">(.*?)</p>')


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["ben"], title="One", words="First words.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    for words in ("The *Café* was full.", "I\u2019m at work.", "Nothing else."):
        talk.reply(cast.places["ben"], 1, words=words, at=AT, intent="")
    talk.reply(cast.places["fay"], 1, words="The cafe of somebody else.", at=AT, intent="")
    return client_of(cast.viewer("ben"))


def group_of(place):
    return f"{place.code}/{place.handle}"


def find(client, words, group="", **more):
    """Send the form and return where it leads."""
    answer = client.post("/me/words/", {"find": words, "group": group} | more)
    assert answer.status_code == 302
    return answer.headers["Location"]


def gists(client, path):
    return GIST.findall(client.get(path).content.decode())


def second_place(cast):
    """Let ben into another group under another name, with words of his there; return his place."""
    code = open_group(cast, first="cleo", second="dov", name="After a loss")
    made = actions.invite(get_place(cast.viewer("cleo"), code), role="member", at=AT)
    actions.use_invitation(made.code, by=cast.viewer("ben"), name="Harbour", at=AT)
    place = get_place(cast.viewer("ben"), code)
    talk.start_topic(place, title="Two", words="A café elsewhere.", at=AT, intent="")
    return place


def test_excerpts_are_short_and_without_marks(cast):
    words = "## A head\n\n> *Quoted* words.\n\n- **one** [a page](https://example.org/)\n- two\n\n" + "And on and on. " * 90
    talk.reply(cast.places["ben"], 1, words=words, at=AT, intent="")
    talk.save_draft(cast.places["ben"], "reply:1", words="- *Half* a thought.")
    page = client_of(cast.viewer("ben")).get("/me/words/").content.decode()
    gist = GIST.findall(page)[0]
    assert gist.startswith("A head Quoted words. one a page two And on and on.")
    assert gist.endswith("\u2026")
    assert len(gist) <= limits.GIST + 1
    assert "<p>Half a thought.</p>" in page


class TestWhatIsFound:
    @pytest.mark.parametrize("words", ["cafe", "CAFÉ full", "full caf", "  café\x00 "])
    def test_whatever_the_capitals_accents_and_order(self, ben, words):
        assert gists(ben, find(ben, words)) == ["The Café was full."]

    def test_by_the_title_of_its_topic(self, ben):
        assert len(gists(ben, find(ben, "one"))) == 4

    def test_with_either_apostrophe(self, ben):
        assert len(gists(ben, find(ben, "I'm"))) == len(gists(ben, find(ben, "I\u2019m"))) == 1

    def test_is_shown_where_it_stands(self, cast, ben):
        words = "On and on. " * 200 + "Then the zebra came. " + "And on. " * 200
        talk.reply(cast.places["ben"], 1, words=words, at=AT, intent="")
        (gist,) = gists(ben, find(ben, "zebra"))
        assert "the zebra came" in gist
        assert gist.startswith("\u2026")

    def test_in_one_group_or_in_all(self, cast, ben):
        there = second_place(cast)
        assert len(gists(ben, find(ben, "café"))) == 2
        assert gists(ben, find(ben, "café", group_of(there))) == ["A café elsewhere."]

    def test_in_no_words_taken_back(self, cast, ben):
        talk.withdraw_post(cast.places["ben"], 2, at=AT)
        assert gists(ben, find(ben, "café")) == []

    def test_in_a_group_that_is_past(self, cast, ben):
        actions.leave_group(cast.place("ben"), words="keep", at=AT)
        assert len(gists(ben, find(ben, "café"))) == 1

    def test_page_by_page(self, cast, ben):
        for n in range(45):
            talk.reply(cast.places["ben"], 1, words=f"A zebra. NUMBER{n}.", at=AT, intent="")
        path, seen = find(ben, "zebra"), []
        while path:
            html = ben.get(path).content.decode()
            seen += re.findall(r"NUMBER\d+\.", html)
            older = re.search(r'href="([^"]*\?before=\d+)"', html)
            path = older[1] if older else ""
        assert len(seen) == len(set(seen)) == 45

    def test_at_the_same_cost_in_many_groups(self, cast, ben):
        path = find(ben, "café")
        with CaptureQueriesContext(connection) as one:
            ben.get(path)
        second_place(cast)
        with CaptureQueriesContext(connection) as two:
            assert b"elsewhere" in ben.get(path).content
        assert len(one) == len(two) == 8


class TestTheAddress:
    def test_holds_no_word_and_is_always_as_long(self, ben):
        path = find(ben, "café")
        assert re.fullmatch(r"/me/words/found/[0-9a-f]+/", path)
        assert b"caf" not in bytes.fromhex(path.split("/")[4])
        asked = ("a", "long words " * 20, "\U0001f600" * 300, '"' * 300)
        assert len({len(find(ben, words)) for words in asked}) == 1

    def test_of_a_group_alone_is_the_groups_own(self, cast, ben):
        here = group_of(cast.places["ben"])
        assert find(ben, " ", here) == f"/me/words/{here}/"
        assert f'<option value="{here}" selected>' in ben.get(f"/me/words/{here}/").content.decode()

    def test_of_nothing_is_all_my_words(self, cast, ben):
        assert find(ben, "") == find(ben, "\u200b") == find(ben, "", "no/such") == "/me/words/"
        assert find(ben, "", group_of(cast.places["fay"])) == "/me/words/"

    def test_leads_back_to_what_was_typed(self, ben):
        page = ben.get(find(ben, 'a "zebra"')).content.decode()
        assert 'value="a &#34;zebra&#34;"' in page
        assert "It stands in none of your words." in page

    def test_opens_for_nobody_else_and_for_half_an_hour(self, cast, ben):
        path = find(ben, "café")
        answer = client_of(cast.viewer("fay")).get(path)
        assert answer.status_code == 410
        assert "afé" not in answer.content.decode()
        assert ben.get("/me/words/found/00/").status_code == 410
        assert client_of(cast.viewer("guest")).get(path).status_code == 401
        with time_machine.travel(clock.now() + timedelta(minutes=31)):
            assert ben.get(path).status_code == 410


class TestWhichOfThem:
    @pytest.fixture
    def many(self, cast):
        """Ben's posts: a topic (1), an answer (2), one folded by him (3), by a host (4), with a later note (5), given back (6), taken back (7)."""
        place = cast.places["ben"]
        for words in ("Two.", "Three.", "Four.", "Five.", "Six.", "Seven."):
            talk.reply(place, 1, words=words, at=AT, intent="")
        talk.fold_own(place, 3, folded=True, at=AT)
        talk.fold_post(cast.places["ada"], 4, reason="Hm.", at=AT)
        talk.note_later(place, 5, words="Otherwise now.", at=AT)
        talk.return_post(cast.places["ada"], 6, reason="Hm.", at=AT)
        talk.withdraw_post(place, 7, at=clock.now())
        return client_of(cast.viewer("ben"))

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"state": "shown"}, ["Five.", "Two.", "First words."]), ({"state": "folded"}, ["Four.", "Three."]),
            ({"state": "later"}, ["Five."]), ({"state": "returned"}, ["Six."]), ({"state": "back"}, ["Seven."]),
            ({"kind": "topics"}, ["First words."]), ({"kind": "answers", "state": "shown"}, ["Five.", "Two."]),
            ({"words": "otherwise"}, ["Five."]), ({"words": "seven", "state": "back"}, ["Seven."]), ({"words": "seven"}, []),
        ],
        ids=str,
    )  # fmt: skip
    def test_each_choice(self, many, asked, found):
        words = asked.get("words", "")
        assert gists(many, find(many, words, **{k: v for k, v in asked.items() if k != "words"})) == found

    def test_what_was_taken_back_is_brought_back_from_there(self, cast, many):
        html = many.get(find(many, "", state="back")).content.decode()
        assert "Bring back all that I took back in Living with it" in html
        assert f"/g/{cast.group}/posts/7/mine/" in html
        assert "restoration" not in many.get(find(many, "", state="shown")).content.decode()

    def test_what_nobody_offers_is_no_choice(self, many):
        assert find(many, "", state="x", kind="y") == "/me/words/"

    def test_says_so_where_nothing_is_like_that(self, ben):
        assert "None of your words are like that." in ben.get(find(ben, "", state="later")).content.decode()
