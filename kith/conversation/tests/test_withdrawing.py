"""Taking words back, bringing them back, and what is left after thirty days: nothing."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions, queries
from kith.conversation.limits import KEEP_DAYS
from kith.conversation.models import Draft, Picture, Post, Relay, Response, Topic
from kith.conversation.rows import Sieve
from kith.core import events
from kith.core.errors import NotFound, Refused
from kith.groups.actions import close_group, leave_group, rename_persona
from kith.groups.tests.test_leaving import WORD, found, say_it_everywhere
from kith.notify.actions import set_wants_mail
from kith.notify.models import Notice, Outbox
from kith.safety.actions import answer_report
from kith.safety.models import Report
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.testing.world import DOTS

pytestmark = pytest.mark.django_db
LATE = AT + timedelta(days=KEEP_DAYS)
DAY = AT.date()


@pytest.fixture
def cast(db):
    return make_cast()


def talk(cast):
    actions.start_topic(cast.places["ben"], title="Rain", words="It rained all week.", wish="heard", note="wet", at=AT, intent="")
    actions.reply(cast.places["fay"], 1, words="Here too.", quote=1, quoted="It rained all week.", at=AT, intent="a")
    actions.reply(cast.places["ben"], 1, words="Thank you.", quote=2, quoted="Here too.", at=AT, intent="b")


def page_of(cast, who="fay", tail="topics/1/"):
    return client_of(cast.viewer(who)).get(f"/g/{cast.group}/{tail}").content.decode()


class TestBringingItBack:
    def test_everything_is_as_it_was(self, cast):
        talk(cast)
        fields = ("words", "html", "note", "state", "nameless", "mask", "quoted", "quotes", "place", "edited_on", "later")
        before = list(Post.objects.order_by("number").values(*fields)), Topic.objects.values("title", "wish", "gone_on").get()
        for number in (3, 1):
            actions.withdraw_post(cast.places["ben"], number, at=AT)
            assert Post.objects.get(number=number).words == ""
        for number in (1, 3):
            actions.restore_post(cast.places["ben"], number, at=LATE - timedelta(seconds=1))
        after = list(Post.objects.order_by("number").values(*fields)), Topic.objects.values("title", "wish", "gone_on").get()
        before[0][1]["quoted"], before[0][1]["html"] = "", "<p>Here too.</p>\n"  # a quote of it does not come back
        assert after == before

    def test_is_as_folded_as_a_host_left_it(self, cast):
        talk(cast)
        for act, state in ((actions.fold_post, "folded"), (actions.return_post, "returned")):
            act(cast.places["ada"], 3, reason="Hard detail.", at=AT)
            actions.withdraw_post(cast.places["ben"], 3, at=AT)
            actions.restore_post(cast.places["ben"], 3, at=AT)
            post = Post.objects.get(number=3)
            assert (post.state, post.host_note, post.words) == (state, "Hard detail.", "Thank you.")
            assert ("Thank you." in page_of(cast)) is (state == "folded")

    def test_stands_under_the_name_that_it_has_by_then(self, cast):
        talk(cast)
        actions.reply(cast.places["ben"], 1, words="Hm.", nameless=True, at=AT, intent="c")
        for number in (3, 4):
            actions.withdraw_post(cast.places["ben"], number, at=AT)
        rename_persona(cast.places["ben"], name="Sedge")
        for number in (3, 4):
            actions.restore_post(cast.places["ben"], number, at=AT)
        _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=DAY)
        assert [post.name for post in topic.posts] == ["Sedge", "Fig", "Sedge", "Nameless 1"]

    def test_quotes_only_what_its_source_still_says(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert not Post.objects.filter(quoted__contains="Here").exists()
        actions.restore_post(cast.places["ben"], 3, at=AT)
        assert "Here too." not in Post.objects.get(number=3).html

    def test_ends_after_thirty_days(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        with pytest.raises(NotFound):
            actions.restore_post(cast.places["ben"], 3, at=LATE)
        assert actions.drop_gone(at=LATE - timedelta(seconds=1)) == 0
        assert actions.drop_gone(at=LATE) == 1
        assert actions.drop_gone(at=LATE) == 0
        for at in (AT, LATE):
            with pytest.raises(NotFound):
                actions.restore_post(cast.places["ben"], 3, at=at)

    def test_is_hers_alone(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        for name in ("fay", "ada"):
            with pytest.raises(NotFound):
                actions.restore_post(cast.places[name], 3, at=AT)
            client = client_of(cast.viewer(name))
            for tail in ("mine/", "history/", "withdrawal/"):
                assert client.get(f"/g/{cast.group}/posts/3/{tail}").status_code == 404
            assert client.post(f"/g/{cast.group}/posts/3/restoration/").status_code == 404

    def test_cannot_be_done_from_outside(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        leave_group(cast.place("ben"), words="keep", at=AT)
        post = Post.objects.get(number=3)
        assert (post.gone_at, post.quoted, post.revisions.count()) == (None, "", 0)

    def test_is_told_to_whatever_keeps_a_form_of_it(self, cast, monkeypatch):
        told = []
        monkeypatch.setattr(events, "_within", defaultdict(list, {kind: list(them) for kind, them in events._within.items()}))
        for kind in ("withdrawn", "restored", "dropped"):
            events.listen(f"conversation.{kind}", lambda group, post, kind=kind: told.append((kind, post)), within=True)
        talk(cast)
        key = Post.objects.get(number=3).pk
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.restore_post(cast.places["ben"], 3, at=AT)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.drop_gone(at=LATE)
        assert told == [("withdrawn", key), ("restored", key), ("withdrawn", key), ("dropped", key)]

    def test_twice_does_nothing_twice(self, cast):
        talk(cast)
        for _time in range(2):
            actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.get(number=3).revisions.count() == 1
        for _time in range(2):
            actions.restore_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.get(number=3).revisions.count() == 0
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        with pytest.raises(Refused):
            actions.edit_post(cast.places["ben"], 3, words="x", at=AT)


class TestAFirstPost:
    def test_that_nobody_answered_takes_its_topic_along_and_brings_it_back(self, cast):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert queries.list_topics(cast.places["fay"])[0] == []
        later = AT + timedelta(days=2)
        actions.restore_post(cast.places["ben"], 1, at=later)
        (row,) = queries.list_topics(cast.places["fay"])[0]
        assert (row.title, row.waiting_since) == ("Rain", later)

    @pytest.mark.parametrize("who", ["ben", "fay"])
    def test_another_voice_keeps_the_topic_even_if_it_is_hers(self, cast, who):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", nameless=True, at=AT, intent="")
        actions.reply(cast.places[who], 1, words="Here too.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert [row.number for row in queries.list_topics(cast.places["ada"])[0]] == [1]

    def test_and_the_last_of_its_answers_leave_no_empty_topic(self, cast):
        talk(cast)
        for who, number in (("ben", 1), ("ben", 3)):
            actions.withdraw_post(cast.places[who], number, at=AT)
        assert [row.number for row in queries.list_topics(cast.places["eve"])[0]] == [1]
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert queries.list_topics(cast.places["eve"])[0] == []
        assert Topic.objects.get().waiting_since is None
        actions.restore_post(cast.places["fay"], 2, at=AT)
        assert "Here too." in page_of(cast, "eve")
        assert [row.number for row in queries.list_topics(cast.places["eve"])[0]] == [1]


class TestALineInItsPlace:
    def test_is_drawn_unless_she_wants_none(self, cast):
        talk(cast)
        ben, base = client_of(cast.viewer("ben")), f"/g/{cast.group}/posts/"
        assert ben.post(f"{base}3/withdrawal/", {"line": "1"}).headers["Location"] == f"{base}3/mine/"
        ben.post(f"{base}1/withdrawal/", {"line": ""})
        html = page_of(cast)
        assert 'id="p3"' in html
        assert "took it back" in html
        assert 'id="p1"' not in html
        assert page_of(cast, tail="topics/1/posts/1/").strip() == ""
        mine = page_of(cast, "ben")
        assert mine.count("You took this back.") == 2
        assert f"{base}1/mine/" in mine
        assert "Bring it back" in ben.get(f"{base}1/mine/").content.decode()
        ben.post(f"{base}1/restoration/")
        assert "It rained all week." in page_of(cast)

    def test_a_page_of_which_all_is_gone_can_still_be_opened(self, cast):
        talk(cast)
        for n in range(40):
            actions.reply(cast.places["ben"], 1, words=f"More {n}.", at=AT, intent=f"m{n}")
        for post in Post.objects.filter(place__range=(21, 40)):
            actions.withdraw_post(cast.places["ben"], post.number, unseen=True, at=AT)
        for page, shown in ((1, 20), (2, 0), (3, 3)):
            assert page_of(cast, tail=f"topics/1/?page={page}").count("<article") == shown


class TestWhatIsKeptMeanwhile:
    def test_a_draft_of_a_change_waits_for_it(self, cast):
        talk(cast)
        actions.save_draft(cast.places["ben"], "edit:3", words="Thank you all.")
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        ben = client_of(cast.viewer("ben"))
        assert ben.get(f"/g/{cast.group}/posts/3/edit/").headers["Location"] == f"/g/{cast.group}/posts/3/mine/"
        actions.drop_gone(at=LATE)
        assert not Draft.objects.exists()

    def test_is_found_by_its_own_sieve_only(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        me = cast.places["ben"].persona
        back = queries.find_own_posts([me], Sieve("thank", state="back"))[me][0]
        assert [(row.number, row.words) for row in back] == [(3, "Thank you.")]
        assert queries.find_own_posts([me], Sieve("thank"))[me][0] == []
        assert [row.number for row in queries.list_own_posts(me)[0]] == [1]

    def test_who_is_called_in_it_is_called_by_her_new_name(self, cast):
        talk(cast)
        actions.edit_post(cast.places["ben"], 3, words="Thank you, @Fig.", at=AT)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert not Notice.objects.filter(kind="conversation.mentioned").exists()
        rename_persona(cast.places["fay"], name="Juniper")
        assert not {place for place in found("Fig") if place.startswith("conversation_")}
        actions.restore_post(cast.places["ben"], 3, at=AT)
        assert '<b class="mention">@Juniper</b>' in Post.objects.get(number=3).html
        assert not Notice.objects.filter(kind="conversation.mentioned").exists()

    def test_notices_go_also_where_it_was_moved(self, cast):
        talk(cast)
        actions.move_posts(cast.places["ada"], 3, title="Elsewhere", following=False, at=AT)
        assert set(Notice.objects.filter(about__endswith=":3").values_list("about", flat=True)) == {f"{cast.group}:2:3"}
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert not Notice.objects.filter(about__endswith=":3").exists()

    def test_its_pictures_come_back_with_it_or_go_for_good(self, cast):
        talk(cast)
        row = actions.take_picture(cast.places["ben"], "edit:3", data=DOTS, alt="A wet window.", at=AT)
        actions.edit_post(cast.places["ben"], 3, words="Look.", pictures=[(row.name, row.alt)], at=AT)
        before = Post.objects.get(number=3).html
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.restore_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.get(number=3).html == before
        assert row.name in before
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.drop_gone(at=LATE)
        assert not Picture.objects.exists()

    def test_a_first_post_that_comes_back_unanswered_waits_for_an_answer_again(self, cast):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert not Relay.objects.exists()
        for _time in range(2):
            actions.restore_post(cast.places["ben"], 1, at=AT)
        assert Relay.objects.get().post.number == 1

    @pytest.mark.parametrize(
        "act",
        [
            lambda ada: actions.tend_topic(ada, 1, closed=True, at=AT),
            lambda ada: actions.return_post(ada, 1, reason="A street.", at=AT),
            lambda ada: actions.fold_post(ada, 1, reason="Hard.", at=AT),
        ],
        ids=["closed", "returned", "folded"],
    )
    def test_a_first_post_waits_no_more_than_it_did_before(self, cast, act):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        act(cast.places["ada"])
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.restore_post(cast.places["ben"], 1, at=AT)
        assert (Topic.objects.get().waiting_since, Relay.objects.count()) == (None, 0)

    def test_a_first_post_that_was_answered_does_not_wait_though_the_answer_was_taken_back(self, cast):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        actions.reply(cast.places["fay"], 1, words="Here too.", at=AT + timedelta(hours=2), intent="a")
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.restore_post(cast.places["ben"], 1, at=AT)
        assert Topic.objects.values_list("waiting_since", "answered_after").get() == (None, 120)
        assert not Relay.objects.exists()

    def test_a_line_waits_again_for_the_hosts_and_not_in_the_relay(self, cast):
        actions.start_line(cast.places["ben"], words="Please help.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert Topic.objects.get().waiting_since is None
        later = AT + timedelta(days=2)
        actions.restore_post(cast.places["ben"], 1, at=later)
        assert (Topic.objects.get().waiting_since, Relay.objects.count()) == (later, 0)

    def test_a_line_waits_by_what_still_stands_after_the_last_word_of_a_host(self, cast):
        posted = actions.start_line(cast.places["ben"], words="Please help.", at=AT, intent="")
        actions.reply(cast.places["ada"], posted.topic, words="I am here.", at=AT, intent="a")
        later = AT + timedelta(hours=1)
        actions.reply(cast.places["ben"], posted.topic, words="Thank you. And then?", at=later, intent="b")
        actions.withdraw_post(cast.places["ben"], 1, at=later)
        assert Topic.objects.get().waiting_since == later
        actions.restore_post(cast.places["ben"], 1, at=later)
        assert Topic.objects.get().waiting_since == later

    def test_a_letter_about_nothing_is_not_sent(self, cast):
        set_wants_mail(cast.places["ben"].mailbox, True)
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        actions.reply(cast.places["fay"], 1, words="Here too.", at=AT, intent="")
        actions.respond(cast.places["ada"], 1, kind="heard", at=AT)
        assert Outbox.objects.count() == 1
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert Outbox.objects.count() == 1
        actions.respond(cast.places["ada"], 1, kind="none", at=AT)
        actions.reply(cast.places["fay"], 1, words="Here too.", at=AT, intent="")
        actions.withdraw_post(cast.places["fay"], 3, at=AT)
        told = Notice.objects.filter(kind__startswith="conversation.")
        assert (Outbox.objects.count(), told.count(), Response.objects.count()) == (0, 0, 0)


class TestAfterThirtyDays:
    def test_no_column_of_any_table_holds_a_word(self, cast):
        say_it_everywhere(cast)
        for name, intent in (("ada", "q"), ("eve", "r")):
            actions.reply(cast.places[name], 1, words="Yes.", quote=1, quoted=f"{WORD} one", at=AT, intent=intent)
        actions.save_draft(cast.places["ben"], "edit:1", words=f"{WORD} half changed")
        for number in (1, 3, 4, 6):
            actions.withdraw_post(cast.places["ben"], number, at=AT)
        actions.drop_draft(cast.places["ben"], "reply:1")
        others = {"safety_report.words", "safety_report.copy", "safety_decision.words"}  # his report; an open one; his copies
        assert found(WORD) - others == {
            "conversation_revision.words",
            "conversation_revision.note",
            "conversation_revision.title",
            "conversation_draft.words",
        }
        Report.objects.filter(number=7).update(words="")
        answer_report(cast.place("ada"), Report.objects.get(number=6).pk, outcome="keep", at=AT)
        assert actions.drop_gone(at=LATE) == 5
        assert found(WORD) == set()

    def test_a_closed_group_keeps_no_longer(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        close_group(cast.place("ada"), at=AT)
        assert actions.drop_gone(at=LATE) == 1


class TestQuotes:
    def test_cost_no_statement_each(self, cast):
        spent = []
        for topic, quotes in ((1, 2), (2, 12)):
            first = actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent=f"t{topic}").number
            for n in range(quotes):
                actions.reply(cast.places["fay"], topic, words="@Wren, yes.", quote=first, at=AT, intent=f"{topic}:{n}")
            with CaptureQueriesContext(connection) as renamed:
                rename_persona(cast.places["ben"], name=f"Wren {topic}")
            rename_persona(cast.places["ben"], name="Wren")
            with CaptureQueriesContext(connection) as changed:
                actions.edit_post(cast.places["ben"], first, words="It snowed.", at=AT)
            assert not Post.objects.filter(topic__number=topic).exclude(quoted="").exists()
            spent.append((len(renamed), len(changed)))
        assert spent[0] == spent[1]

    def test_of_a_post_taken_back_cost_no_statement_each(self, cast):
        spent = []
        for topic, quotes in ((1, 2), (2, 12)):
            first = actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent=f"t{topic}").number
            for n in range(quotes):
                actions.reply(cast.places["fay"], topic, words="@Wren, yes.", quote=first, at=AT, intent=f"{topic}:{n}")
            with CaptureQueriesContext(connection) as gone:
                actions.withdraw_post(cast.places["ben"], first, at=AT)
            assert not Post.objects.filter(html__contains="rained").exists()
            spent.append(len(gone))
        assert spent[0] == spent[1]
