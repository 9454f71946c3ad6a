"""Changing words that a host has folded, and paging that tells no time."""

import re
from datetime import timedelta

import pytest

from kith.conversation import actions, queries
from kith.conversation.models import Post
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


class TestAFoldedPost:
    def test_can_be_changed_and_shows_the_change(self, cast):
        actions.start_topic(cast.places["ben"], title="One", words="First words.", at=AT, intent="")
        actions.fold_post(cast.places["ada"], 1, reason="Hard detail.", at=AT)
        actions.edit_post(cast.places["ben"], 1, words="Changed words.", at=AT)
        assert "Changed words." in Post.objects.get().html
        page = client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/1/").content
        assert b"Changed words." in page

    def test_keeps_its_words_when_what_it_quotes_is_taken_back(self, cast):
        actions.start_topic(cast.places["ben"], title="One", words="First words.", at=AT, intent="")
        actions.reply(cast.places["fay"], 1, words="An answer.", quote=1, quoted="First words.", at=AT, intent="a")
        actions.fold_post(cast.places["ada"], 2, reason="Hard detail.", at=AT)
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        html = Post.objects.get(number=2).html
        assert "An answer." in html
        assert "First words." not in html


class TestAQuote:
    WORDS = "What helps:\n\n- tea\n  - with honey\n    - a lot\n- sleep"

    @pytest.mark.parametrize("quoted", ["- tea\r\n  - with honey\r\n    - a lot", "- tea\n- with honey", "nothing of it", WORDS])
    def test_stays_while_its_lines_stand_in_the_source(self, cast, quoted):
        actions.start_topic(cast.places["ben"], title="One", words=self.WORDS, at=AT, intent="")
        actions.reply(cast.places["fay"], 1, words="Yes.", quote=1, quoted=quoted, at=AT, intent="a")
        before = Post.objects.get(number=2).html
        assert "- with honey" in before
        actions.edit_post(cast.places["ben"], 1, words=f"{self.WORDS}\n- a walk", at=AT)
        assert Post.objects.get(number=2).html == before
        actions.edit_post(cast.places["ben"], 1, words="- tea\n- sleep", at=AT)
        assert (Post.objects.get(number=2).quoted, "honey" in Post.objects.get(number=2).html) == ("", False)


class TestPagesOfTopics:
    def _many(self, cast, count=45):
        for n in range(count):
            at = AT + timedelta(minutes=n // 2, microseconds=123456)
            actions.start_topic(cast.places["ben"], title=f"T{n}", words="x", at=at, intent="")

    def test_each_topic_stands_on_one_page(self, cast):
        self._many(cast)
        seen, before = [], 0
        while True:
            rows, before = queries.list_topics(cast.places["fay"], before=before)
            seen += [row.number for row in rows]
            if not before:
                break
        assert seen == list(range(45, 0, -1))

    def test_an_address_tells_no_time(self, cast):
        self._many(cast, 25)
        page = client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/").content.decode()
        assert re.findall(r"\?before=([^\"]+)", page) == ["6"]

    @pytest.mark.parametrize("before", ["99999", "-1", "1741116600123456-6", "x"])
    def test_whatever_is_asked_for_is_answered(self, cast, before):
        self._many(cast, 2)
        assert client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/", {"before": before}).status_code == 200
