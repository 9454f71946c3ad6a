"""A line to the hosts: its member and those who lead the group see it, in every way; nobody else in any."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine

from kith.conversation import actions, queries
from kith.conversation.models import Post, Topic
from kith.core.errors import NotFound
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_line(made.places["ben"], words="My lamp went out.", at=AT, intent="")
    return made


def told(place, kind):
    return Notice.objects.filter(mailbox=place.mailbox, kind=kind).count()


class TestIsSeen:
    @pytest.mark.parametrize("who", ["ben", "ada", "eve"])
    def test_by_its_member_and_by_every_host(self, cast, who):
        client = client_of(cast.viewer(who))
        assert b"My lamp went out." in client.get(f"/g/{cast.group}/topics/1/").content
        assert b"My lamp went out." in client.get(f"/g/{cast.group}/line/").content

    def test_by_nobody_else_on_any_page(self, cast):
        for who, path in (
            ("fay", "/"), ("fay", "/me/notices/"), ("fay", f"/g/{cast.group}/"), ("fay", f"/g/{cast.group}/topics/"),
            ("fay", f"/g/{cast.group}/line/"), ("fay", f"/g/{cast.group}/topics/1/"), ("fay", f"/g/{cast.group}/topics/1/posts/1/"),
            ("fay", f"/g/{cast.group}/posts/1/report/"), ("cleo", f"/g/{cast.group}/topics/1/"), ("guest", f"/g/{cast.group}/topics/1/"),
        ):  # fmt: skip
            answer = client_of(cast.viewer(who)).get(path)
            assert b"My lamp" not in answer.content, (who, path)
            assert path.endswith("/line/") or b"A line to the hosts" not in answer.content, (who, path)

    def test_by_no_other_member_in_any_action(self, cast):
        fay = cast.places["fay"]
        for act in (
            lambda: actions.reply(fay, 1, words="Hm.", at=AT, intent=""),
            lambda: actions.respond(fay, 1, kind="heard", at=AT),
            lambda: queries.get_quotable(fay, 1),
            lambda: queries.watch_topic(cast.viewer("fay"), cast.group, 1),
        ):
            with pytest.raises(NotFound):
                act()

    def test_by_no_stranger_where_strangers_may_read(self):
        cast = make_cast(readable=True, door="open")
        actions.start_line(cast.places["ben"], words="My lamp went out.", at=AT, intent="")
        for who in ("guest", "cleo"):
            client = client_of(cast.viewer(who))
            assert client.get(f"/g/{cast.group}/topics/1/").status_code == 404
            assert b"My lamp" not in client.get(f"/g/{cast.group}/topics/").content

    def test_in_no_list_of_topics_not_even_a_hosts(self, cast):
        ada = cast.places["ada"]
        assert queries.list_topics(ada) == ([], 0)
        assert queries.list_waiting(ada) == []
        news = queries.catch_up(ada)
        assert (news.replies, news.waiting, news.rest) == ((), (), ())
        assert queries.list_news([ada.persona])[ada.persona] == ([], 0, None)


class TestGoesOn:
    def test_tells_every_host_and_then_the_member(self, cast):
        ben, ada, eve = (cast.places[name] for name in ("ben", "ada", "eve"))
        assert (told(ada, "conversation.line"), told(eve, "conversation.line")) == (1, 1)
        actions.reply(ada, 1, words="I will write tonight.", at=AT + timedelta(hours=1), intent="")
        assert told(ben, "conversation.answered") == 1
        assert [row.title for row in queries.catch_up(ben).replies] == ["A line to the hosts"]
        actions.reply(ben, 1, words="Thank you.", at=AT + timedelta(hours=2), intent="")
        assert (told(ada, "conversation.line"), told(eve, "conversation.line")) == (2, 2)

    def test_waits_again_after_each_word_of_the_member_the_longest_wait_first(self, cast):
        hour = timedelta(hours=1)
        actions.start_line(cast.places["fay"], words="Me too.", at=AT + hour, intent="")
        assert [row.number for row in queries.list_lines(cast.places["ada"])] == [1, 2]
        actions.reply(cast.places["eve"], 1, words="Yes?", at=AT + 2 * hour, intent="")
        assert [row.number for row in queries.list_lines(cast.places["ada"])] == [2, 1]
        actions.reply(cast.places["ben"], 1, words="It is out again.", at=AT + 3 * hour, intent="")
        assert Topic.objects.get(number=1).waiting_since == AT + 3 * hour
        assert [row.number for row in queries.list_lines(cast.places["fay"])] == [2]

    def test_has_a_name_in_it_whatever_is_ticked(self, cast):
        actions.reply(cast.places["ben"], 1, words="Again.", nameless=True, at=AT, intent="")
        assert not Post.objects.filter(nameless=True).exists()

    def test_a_host_neither_folds_nor_gives_back_what_was_said_to_her(self, cast):
        with pytest.raises(NotFound):
            actions.fold_post(cast.places["ada"], 1, reason="Hm.", at=AT)
        page = client_of(cast.viewer("ada")).get(f"/g/{cast.group}/topics/1/").content
        assert b"/posts/1/fold/" not in page

    def test_withdrawn_it_leaves_the_notices_of_the_hosts(self, cast):
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert told(cast.places["ada"], "conversation.line") == 0
        assert queries.list_lines(cast.places["ada"]) == []


class TestThePage:
    def test_asks_a_host_to_write_without_a_word(self, cast):
        client = client_of(cast.viewer("fay"))
        for _sent_twice in range(2):
            answer = client.post(f"/g/{cast.group}/line/asking/", {"intent": "abc"})
            assert answer["Location"] == f"/g/{cast.group}/topics/2/?done=sent"
        assert Post.objects.get(number=2).words == "Please write to me."
        assert Topic.objects.count() == 2

    def test_gives_refused_words_back_and_keeps_a_draft(self, cast):
        client = client_of(cast.viewer("fay"))
        assert client.post(f"/g/{cast.group}/line/", {"words": "x" * 40_001, "intent": "abc"}).status_code == 422
        client.post(f"/g/{cast.group}/line/", {"words": "Half a thought", "keep": "1", "base": "0"})
        assert b"Half a thought" in client.get(f"/g/{cast.group}/line/").content
        assert [draft.path for draft in queries.list_drafts([(cast.places["fay"].persona, cast.group)])] == [
            f"/g/{cast.group}/line/"
        ]


def seen(cast, who, path, at=AT + timedelta(hours=3)):
    with time_machine.travel(at, tick=False):
        return unescape(client_of(cast.viewer(who)).get(f"/g/{cast.group}/{path}").content.decode())


class TestOpened:
    ONLY = "Only the hosts can read this, and you"

    def test_tells_its_member_who_reads_it_and_where_the_answer_comes(self, cast):
        html = seen(cast, "ben", "topics/1/")
        note = html[html.index('class="notice" role="status"') :].partition("</div>")[0]
        for words in (self.ONLY, "Their answer comes under Notices.", "Nobody reads it round the clock.", "Back to the group"):
            assert words in note
        assert f'href="/g/{cast.group}/">Back to the group' in note
        assert self.ONLY not in seen(cast, "ada", "topics/1/")

    def test_is_no_topic_like_the_others(self, cast):
        actions.start_topic(cast.places["fay"], title="Nights", words="It is hard.", at=AT, intent="")
        for who, tab in (("ben", "Home"), ("ada", "Desk")):
            line, topic = seen(cast, who, "topics/1/"), seen(cast, who, "topics/2/")
            assert f'aria-current="page">{tab}</a>' in line
            assert 'aria-current="page">Topics</a>' not in line
            assert 'aria-current="page">Topics</a>' in topic
            for words in ("One post.", "Something not right?"):
                assert words not in line
                assert words in topic

    def test_the_form_says_what_is_sent_for_her(self, cast):
        assert "We send these words for you: “Please write to me.”" in seen(cast, "ben", "line/")


class TestTheDesk:
    def test_shows_who_waits_and_how_long_above_the_topics(self, cast):
        html = seen(cast, "ada", "desk/")
        assert f'href="/g/{cast.group}/topics/1/">From Wren</a>' in html
        assert '"waiting">Waiting 3 hours' in html
        assert html.index('id="lines"') < html.index('id="wait"')
        assert "Nothing waits for you" not in html
        assert "Nothing is hidden" not in html
        assert "waiting--long" in seen(cast, "ada", "desk/", AT + timedelta(days=9))

    def test_is_empty_once_a_host_has_answered(self, cast):
        actions.reply(cast.places["ada"], 1, words="I will write tonight.", at=AT, intent="")
        html = seen(cast, "eve", "desk/")
        assert 'id="lines"' not in html
        assert "Nothing waits for you" in html

    def test_costs_as_much_for_many_lines_as_for_one(self, cast, django_assert_num_queries):
        client = client_of(cast.viewer("ada"))
        for _more in range(2):
            with django_assert_num_queries(9):
                client.get(f"/g/{cast.group}/desk/")
            for n in range(3):
                actions.start_line(cast.places["fay"], words=f"Line {n}.", at=AT, intent="")
