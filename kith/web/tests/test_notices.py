"""Notices: named by their topic, one block for each topic of each group, what is new first, and nothing that was taken back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions as talk
from kith.groups import actions
from kith.groups.queries import get_place
from kith.notify.actions import see
from kith.people.actions import set_email
from kith.testing.cast import AT, PHRASE, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
HEADING = re.compile(r'<h2 class="topic-row__title">(.*?)</h2>', re.DOTALL)


@pytest.fixture
def cast(db):
    made = make_cast()
    for title in ("The box at three", "A wet week"):
        talk.start_topic(made.places["ben"], title=title, words="Hm.", at=AT, intent="")
    return made


def answer(cast, topic, hours=0, words="Same here."):
    return talk.reply(cast.places["fay"], topic, words=words, at=AT + timedelta(hours=hours), intent="").number


def page_of(cast, name="ben"):
    return client_of(cast.viewer(name)).get("/me/notices/").content.decode()


def plain(html):
    return re.sub(r"<[^>]+>", "", html).strip()


def headings(html):
    return [plain(found) for found in HEADING.findall(html)]


def second_group(cast, name="ben", face="Harbour", **plan):
    """Let somebody into another group under another name; return her place there."""
    code = open_group(cast, first="cleo", second="dov", name="After a loss", **plan)
    made = actions.invite(get_place(cast.viewer("cleo"), code), role="member", at=AT)
    actions.use_invitation(made.code, by=cast.viewer(name), name=face, at=AT)
    return get_place(cast.viewer(name), code)


class TestBlocks:
    def test_one_for_each_topic_with_what_came_last_first(self, cast):
        for hours, topic in enumerate((1, 2, 1)):
            answer(cast, topic, hours)
        html = page_of(cast)
        assert headings(html) == ["The box at three", "A wet week"]
        assert html.count("Fig answered you.") == 3
        assert html.count(">New<") == 3

    def test_every_line_is_read_out_with_its_topic_and_leads_to_its_post(self, cast):
        number = answer(cast, 2)
        line = re.search(rf'<a href="/g/{cast.group}/topics/2/\?post={number}#p{number}">(.*?)</a>', page_of(cast), re.DOTALL)
        assert plain(line[1]) == "Fig answered you. – A wet week"

    def test_name_the_group_and_who_i_am_there(self, cast):
        answer(cast, 1)
        assert "Living with it, as Wren" in plain(page_of(cast))

    def test_what_was_seen_is_folded(self, cast):
        for topic in (1, 2):
            answer(cast, topic)
        see(cast.places["ben"].mailbox)
        answer(cast, 1, 1)
        html = page_of(cast)
        fresh, folded = html[: html.index("What you have seen before")], html[html.index("What you have seen before") :]
        assert headings(fresh) == ["The box at three"]
        assert fresh.index(">New<") < fresh.index("Seen before")
        assert headings(folded) == ["A wet week"]
        assert ">New<" not in folded
        assert html.count('<details class="fold">') == 2
        assert "<details open" not in html

    def test_say_so_where_nothing_is_new(self, cast):
        assert "No notices." in page_of(cast)
        answer(cast, 1)
        assert client_of(cast.viewer("ben")).post("/me/notices/").status_code == 302
        html = page_of(cast)
        assert "Nothing new." in html
        assert "I have seen these" not in html
        assert headings(html) == ["The box at three"]

    def test_of_the_group_itself_stand_under_its_name(self, cast):
        actions.close_group(cast.place("ada"), at=AT)
        html = page_of(cast)
        assert headings(html) == ["Living with it"]
        assert "You were Wren there. The group has closed." in html

    def test_of_the_account_stand_by_themselves(self, cast):
        code = open_group(cast, first="cleo", second="dov", name="After a loss", door="request")
        actions.join_group(code, by=cast.viewer("ben"), name="Harbour", words="May I?", at=AT)
        asking = cast.viewer("ben").persona_in(code)
        actions.decline(get_place(cast.viewer("cleo"), code), asking.handle, at=AT)
        assert headings(page_of(cast)) == ["About your account"]


class TestWordsTakenBack:
    def test_the_title_goes_with_the_first_post(self, cast):
        answer(cast, 1)
        talk.withdraw_post(cast.places["ben"], 1, at=AT)
        html = page_of(cast)
        assert "The box at three" not in html
        assert headings(html) == ["A topic whose first post was taken back"]

    def test_an_answer_that_was_taken_back_is_told_no_more(self, cast):
        talk.withdraw_post(cast.places["fay"], answer(cast, 1), at=AT)
        assert "Fig" not in page_of(cast)

    def test_a_topic_that_has_gone_is_named_by_nothing_and_leads_nowhere(self, cast):
        talk.respond(cast.places["fay"], 1, kind="heard", at=AT)
        talk.withdraw_post(cast.places["ben"], 1, at=AT)
        html = page_of(cast)
        assert headings(html) == []  # what was told of it goes with it
        assert "/topics/1/" not in html

    def test_topics_of_a_closed_group_are_named_no_more(self, cast):
        answer(cast, 1)
        actions.close_group(cast.place("ada"), at=AT)
        html = page_of(cast)
        assert headings(html) == ["Living with it"]
        assert "The box at three" not in html
        assert "/topics/1/" not in html

    def test_nothing_stays_of_a_group_that_i_left(self, cast):
        answer(cast, 1)
        actions.leave_group(cast.place("ben"), words="keep", at=AT)
        assert headings(page_of(cast)) == []


class TestWhoseTheyAre:
    def test_each_block_names_the_persona_of_its_own_group_alone(self, cast):
        there = second_group(cast)
        talk.start_topic(there, title="The first spring", words="Hm.", at=AT, intent="")
        answer(cast, 1)
        talk.reply(get_place(cast.viewer("cleo"), there.code), 1, words="Oh.", at=AT, intent="")
        text = {block[: block.index("</h2>")]: plain(block) for block in page_of(cast).split('<h2 class="topic-row__title">')[1:]}
        assert len(text) == 2
        for block in text.values():
            assert ("Wren" in block) != ("Harbour" in block)
            assert ("Wren" in block) == ("The box at three" in block)

    def test_a_topic_of_the_same_number_elsewhere_is_not_named(self, cast):
        there = second_group(cast, "fay", "Harbour")
        talk.start_topic(there, title="The first spring", words="Hm.", at=AT, intent="")
        answer(cast, 1)
        assert headings(page_of(cast)) == ["The box at three"]

    def test_nobody_else_is_told(self, cast):
        answer(cast, 1)
        for name in ("fay", "ada", "cleo"):
            assert "The box at three" not in page_of(cast, name)


class TestTheCost:
    def _count(self, client):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/me/notices/").status_code == 200
        return len(seen)

    def test_is_the_same_for_many_notices_topics_and_groups(self, cast):
        answer(cast, 1)
        set_email(cast.viewer("ben").person, email="ben@example.org", phrase=PHRASE, at=AT)
        client = client_of(cast.viewer("ben"))
        one = self._count(client)
        there = second_group(cast)
        for n in range(9):
            talk.start_topic(there, title=f"Topic {n}", words="Hm.", at=AT, intent="")
            talk.reply(get_place(cast.viewer("cleo"), there.code), n + 1, words="Oh.", at=AT, intent="")
            answer(cast, 2, n)
        assert self._count(client) == one == 17
