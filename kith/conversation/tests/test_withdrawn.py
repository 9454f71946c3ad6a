"""What is kept of words that were taken back, for thirty days, and what after: nothing."""

from datetime import timedelta

import pytest

from kith.conversation import actions, queries
from kith.conversation.models import Draft, Picture, Post, Relay, Response, Topic
from kith.conversation.rows import Sieve
from kith.conversation.tests.taken_back import LATE, talk
from kith.groups.actions import close_group, rename_persona
from kith.groups.tests.test_leaving import WORD, found, say_it_everywhere
from kith.notify.actions import set_wants_mail
from kith.notify.models import Notice, Outbox
from kith.safety.actions import answer_report
from kith.safety.models import Report
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.testing.world import DOTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


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
