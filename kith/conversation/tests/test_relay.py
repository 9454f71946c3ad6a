"""Nobody goes unanswered: a post that waits is passed on, to willing members, then to the hosts, until somebody answers."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection

from kith.conversation import actions, jobs
from kith.conversation.actions import relaying
from kith.conversation.models import Post, Relay, Told, Topic
from kith.conversation.queries import relaying as reads
from kith.groups.actions import change_group, close_group, invite, leave_group, set_willing, use_invitation
from kith.groups.queries import get_place, get_plan
from kith.groups.viewer import Viewer
from kith.notify.models import Notice
from kith.people.actions import seed_person
from kith.testing.cast import AT, PHRASE, make_cast

pytestmark = pytest.mark.django_db
MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)
KINDS = ("conversation.waits", "conversation.waits_still")


@pytest.fixture
def cast(db):
    return make_cast()


def start(cast, who="ben", *, at=AT, words="The nights are long since the funeral.", **more):
    return actions.start_topic(cast.places[who], title="Nights", words=words, at=at, intent="", **more)


def answer(cast, who, topic=1, *, at=AT, words="Yes.", **more):
    return actions.reply(cast.places[who], topic, words=words, at=at, intent="", **more)


def work(at):
    """Let the worker do what is due at this moment."""
    with time_machine.travel(at, tick=False):
        return jobs.pass_on_waits()


def told(kind=KINDS[0]):
    """Return the mailboxes that hold a notice of this kind."""
    return set(Notice.objects.filter(kind=kind).values_list("mailbox", flat=True))


def box(cast, who):
    return cast.places[who].mailbox


def waiting():
    """Return the numbers of the posts that wait in the relay."""
    return list(Relay.objects.order_by("post__number").values_list("post__number", flat=True))


def more_members(cast, count):
    """Let more people in, each of whom is glad to be told; return their places."""
    places = []
    for n in range(count):
        viewer = Viewer(seed_person(name=f"more {n} 1000", phrase=PHRASE, at=AT))
        made = invite(cast.places["ada"], role="member", at=AT)
        use_invitation(made.code, by=viewer, name=f"Reed {'abcdefghijklm'[n]}", at=AT)
        places.append(get_place(viewer, cast.group))
        set_willing(places[-1], wants=True)
    return places


class TestWhoWaits:
    def test_the_first_post_of_every_topic(self, cast):
        start(cast)
        answer(cast, "fay")
        start(cast)
        assert waiting() == [3]

    def test_until_another_member_answers(self, cast):
        start(cast)
        answer(cast, "fay")
        assert waiting() == []

    def test_until_a_host_answers(self, cast):
        start(cast)
        answer(cast, "ada")
        assert waiting() == []

    def test_still_when_only_the_author_goes_on(self, cast):
        start(cast)
        answer(cast, "ben")
        assert waiting() == [1]

    def test_a_post_of_somebody_whose_last_two_nobody_answered(self, cast):
        start(cast, "fay")
        answer(cast, "ben")
        answer(cast, "ben")
        assert waiting() == []
        answer(cast, "ben")
        assert waiting() == [4]
        answer(cast, "eve")
        assert waiting() == []

    def test_not_if_one_of_the_two_was_answered(self, cast):
        start(cast, "fay")
        start(cast, "eve")
        answer(cast, "ben", 1)
        answer(cast, "fay", 1)
        answer(cast, "ben", 2)
        answer(cast, "ben", 2)
        assert 6 not in waiting()
        answer(cast, "ben", 1)
        assert 7 in waiting()

    def test_whoever_answers_the_lonely_may_be_lonely_too(self, cast):
        for _topic in range(2):
            start(cast, "ada")
        for topic, who in ((1, "ben"), (1, "ben"), (2, "fay"), (2, "fay")):
            answer(cast, who, topic)
        start(cast, "eve")
        answer(cast, "ben", 3)
        assert waiting() == [8]
        answer(cast, "fay", 3)
        assert waiting() == [9]

    def test_one_post_of_a_topic_at_a_time(self, cast):
        start(cast)
        for _more in range(3):
            answer(cast, "ben")
        assert waiting() == [1]

    def test_never_in_a_line_to_the_hosts_and_lines_count_for_nothing(self, cast):
        for _more in range(3):
            actions.start_line(cast.places["ben"], words="Please help.", at=AT, intent="")
        start(cast, "fay")
        assert waiting() == [4]
        answer(cast, "ben", 4)
        answer(cast, "ben", 4)
        answer(cast, "ben", 1)
        assert waiting() == []

    def test_what_is_taken_back_folded_or_returned_waits_no_more(self, cast):
        for _more in range(3):
            start(cast)
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.fold_post(cast.places["ada"], 2, reason="Hard.", at=AT)
        actions.return_post(cast.places["ada"], 3, reason="A street.", at=AT)
        assert waiting() == []
        assert not Topic.objects.exclude(waiting_since=None).exists()
        actions.unfold_post(cast.places["ada"], 2, at=AT + HOURS)
        assert waiting() == [2]
        assert Topic.objects.get(number=2).waiting_since == AT

    def test_a_topic_that_is_opened_again_waits_as_before(self, cast):
        for topic in (1, 2):
            start(cast)
            if topic == 2:
                answer(cast, "fay", 2)
            for closed in (True, False):
                actions.tend_topic(cast.places["ada"], topic, closed=closed, at=AT + HOURS)
        assert waiting() == [1]
        assert list(Topic.objects.order_by("number").values_list("waiting_since", flat=True)) == [AT, None]

    def test_whoever_waits_is_moved_with_her_clock_and_who_lost_her_answer_waits_again(self, cast):
        start(cast, "fay")
        for _more in range(3):
            answer(cast, "ben", at=AT + HOURS)
        assert waiting() == [4]
        work(AT + 2 * HOURS)
        moved = actions.move_posts(cast.places["ada"], 4, title="More", following=True, at=AT + 3 * HOURS)
        assert list(Relay.objects.order_by("since").values_list("topic__number", "post__number", "since")) == [
            (moved.topic, 4, AT + HOURS)
        ]
        actions.move_posts(cast.places["ada"], 2, title="The rest", following=True, at=AT + 3 * HOURS)
        assert waiting() == [1, 2, 4]

    def test_an_opening_waits_again_beside_a_later_post_of_hers_that_was_passed_on(self, cast):
        start(cast)
        actions.fold_post(cast.places["ada"], 1, reason="Hard.", at=AT)
        for _more in range(3):
            answer(cast, "ben")
        assert waiting() == [4]
        actions.unfold_post(cast.places["ada"], 1, at=AT + HOURS)
        assert waiting() == [4]
        assert Topic.objects.get().waiting_since == AT

    def test_what_is_unfolded_in_a_closed_topic_waits_once_that_is_opened(self, cast):
        start(cast)
        ada = cast.places["ada"]
        actions.fold_post(ada, 1, reason="Hard.", at=AT)
        actions.tend_topic(ada, 1, closed=True, at=AT)
        actions.unfold_post(ada, 1, at=AT + HOURS)
        assert (waiting(), Topic.objects.get().waiting_since) == ([], None)
        actions.tend_topic(ada, 1, closed=False, at=AT + 2 * HOURS)
        assert (waiting(), Topic.objects.get().waiting_since) == ([1], AT)

    def test_an_answer_to_what_was_folded_is_one_once_it_is_unfolded(self, cast):
        start(cast)
        actions.fold_post(cast.places["ada"], 1, reason="Hard.", at=AT)
        answer(cast, "fay", at=AT + HOURS)
        actions.unfold_post(cast.places["ada"], 1, at=AT + 2 * HOURS)
        assert Topic.objects.values_list("waiting_since", "answered_after").get() == (None, 60)

    def test_what_somebody_wrote_who_left_is_not_passed_on_when_its_topic_is_opened(self, cast):
        for nameless in (False, True):
            start(cast, nameless=nameless)
        leave_group(cast.places["ben"], words="keep", at=AT)
        for topic in (1, 2):
            for closed in (True, False):
                actions.tend_topic(cast.places["ada"], topic, closed=closed, at=AT + HOURS)
        assert waiting() == [2]

    def test_nothing_in_a_group_that_has_closed(self, cast):
        start(cast)
        close_group(cast.places["ada"], at=AT)
        assert waiting() == []


class TestWithoutAName:
    """Nothing that can be seen of the relay tells whose a nameless post is."""

    def test_waits_like_any_other(self, cast):
        start(cast, nameless=True)
        assert waiting() == [1]
        answer(cast, "fay", nameless=True)
        assert waiting() == []

    def test_she_who_answers_herself_under_her_name_counts_as_another(self, cast):
        start(cast, nameless=True)
        answer(cast, "ben")
        assert waiting() == []

    def test_a_nameless_voice_waits_by_itself(self, cast):
        start(cast, "fay")
        for _more in range(2):
            answer(cast, "ben", nameless=True)
        answer(cast, "ben")  # her name has been silent: what she said without it is not counted for it
        assert waiting() == []
        for _more in range(2):
            answer(cast, "ben", nameless=True)
        assert waiting() == []
        answer(cast, "ben", nameless=True)
        assert waiting() == [7]

    def test_stays_when_its_author_leaves_and_what_bears_her_name_does_not(self, cast):
        start(cast, nameless=True)
        start(cast)
        leave_group(cast.places["ben"], words="keep", at=AT)
        assert waiting() == [1]

    def test_a_topic_does_not_go_because_of_her_own_answer(self, cast):
        for nameless in (True, False):
            start(cast, nameless=nameless)
            answer(cast, "ben" if nameless else "fay", 1 if nameless else 2)
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert list(Topic.objects.values_list("gone_on", flat=True)) == [None, None]


class TestPassingOn:
    def test_nobody_is_told_at_first_then_willing_members_then_the_hosts(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        assert work(AT + 29 * MINUTES) == 0
        assert work(AT + 30 * MINUTES) == 1
        assert told() == {box(cast, "fay")}
        assert work(AT + 23 * HOURS) == 0
        assert work(AT + 24 * HOURS) == 1
        assert told(KINDS[1]) == {box(cast, "ada"), box(cast, "eve")}
        assert work(AT + 90 * HOURS) == 0
        assert Notice.objects.filter(kind__in=KINDS).count() == 3

    def test_never_the_author_herself(self, cast):
        set_willing(cast.places["ben"], wants=True)
        start(cast)
        start(cast, "ada", nameless=True)
        work(AT + HOURS)
        work(AT + 24 * HOURS)
        assert told() == {box(cast, "ben")}
        assert not Notice.objects.filter(mailbox=box(cast, "ben"), about__endswith=":1:1").exists()
        assert not Notice.objects.filter(mailbox=box(cast, "ada"), about__endswith=":2:2", kind=KINDS[1]).exists()

    def test_says_nothing_of_what_was_written_or_by_whom(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        work(AT + HOURS)
        notice = Notice.objects.get(kind=KINDS[0])
        assert (notice.about, notice.who) == (f"{cast.group}:1:1", "")

    def test_goes_by_the_hours_of_the_group_also_if_they_change_meanwhile(self, cast):
        start(cast)
        work(AT + HOURS)
        plan = get_plan(cast.places["ada"])
        change_group(cast.places["ada"], replace(plan, relay_hours=6), base=1, at=AT)
        assert work(AT + 6 * HOURS - MINUTES) == 0
        assert work(AT + 6 * HOURS) == 1

    @pytest.mark.parametrize("end", ["answer", "withdraw", "fold", "return", "shut", "close", "leave"])
    def test_notices_go_with_the_wait(self, cast, end):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        work(AT + HOURS)
        work(AT + 24 * HOURS)
        assert Notice.objects.filter(kind__in=KINDS).count() == 3
        later, ada = AT + 25 * HOURS, cast.places["ada"]
        {
            "answer": lambda: answer(cast, "fay", at=later),
            "withdraw": lambda: actions.withdraw_post(cast.places["ben"], 1, at=later),
            "fold": lambda: actions.fold_post(ada, 1, reason="Hard.", at=later),
            "return": lambda: actions.return_post(ada, 1, reason="A street.", at=later),
            "shut": lambda: actions.tend_topic(ada, 1, closed=True, at=later),
            "close": lambda: close_group(ada, at=later),
            "leave": lambda: leave_group(cast.places["ben"], words="keep", at=later),
        }[end]()
        assert not Notice.objects.filter(kind__in=KINDS).exists()
        assert waiting() == []

    def test_whoever_is_moved_goes_on_with_her_turn_and_her_notices(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast, "eve")
        for _more in range(3):
            answer(cast, "ben")
        work(AT + HOURS)
        clock = Relay.objects.values_list("pk", "turn", "due_at", "told_members_at", "told_hosts_at")
        before = clock.get(post__number=4)
        assert before[3] == AT + HOURS
        moved = actions.move_posts(cast.places["ada"], 4, title="More", following=False, at=AT + 2 * HOURS)
        assert clock.get(topic__number=moved.topic) == before
        assert work(AT + 3 * HOURS) == 0
        assert f"{cast.group}:{moved.topic}:4" in Notice.objects.filter(kind=KINDS[0]).values_list("about", flat=True)
        answer(cast, "eve", moved.topic)
        assert not Notice.objects.filter(kind__in=KINDS, about__endswith=":4").exists()

    def test_a_topic_that_was_closed_is_told_to_nobody(self, cast):
        start(cast)
        Topic.objects.update(closed_on=AT.date())
        assert work(AT + HOURS) == 0
        assert waiting() == []

    def test_the_sign_that_something_is_new_goes_too(self, cast, django_capture_on_commit_callbacks):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        work(AT + HOURS)
        with patch.object(relaying, "note_new_notices") as noted, django_capture_on_commit_callbacks(execute=True):
            answer(cast, "eve", at=AT + 2 * HOURS)
        noted.assert_called_once_with(cast.viewer("fay").person)


class TestOnceOnly:
    def test_a_kill_in_the_middle_leaves_nothing_and_loses_nothing(self, cast):
        for who in ("fay", "eve"):
            set_willing(cast.places[who], wants=True)
        start(cast)
        tell, calls = relaying.tell, []

        def killed(*args, **more):
            calls.append(args)
            if len(calls) == 2:
                raise KeyboardInterrupt
            tell(*args, **more)

        with patch.object(relaying, "tell", killed), pytest.raises(KeyboardInterrupt):
            work(AT + HOURS)
        assert not Notice.objects.filter(kind=KINDS[0]).exists()
        assert not Told.objects.exists()
        assert work(AT + HOURS) == 1
        assert work(AT + HOURS) == 0
        assert told() == {box(cast, "fay"), box(cast, "eve")}
        assert Told.objects.count() == 2

    def test_one_that_fails_does_not_hold_up_the_others(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        start(cast)
        tell = relaying.tell

        def failing(mailbox, kind, *, about, at):
            if about.endswith(":1:1"):
                raise ValueError
            tell(mailbox, kind, about=about, at=at)

        with patch.object(relaying, "tell", failing):
            assert work(AT + HOURS) == 1
        assert work(AT + HOURS) == 1

    def test_costs_one_statement_while_nothing_is_due(self, cast, django_assert_num_queries):
        start(cast)
        with django_assert_num_queries(1):
            assert work(AT + MINUTES) == 0


class TestTurns:
    def test_at_most_five_are_told_and_the_others_next_time(self, cast):
        places = more_members(cast, 8)
        start(cast)
        work(AT + HOURS)
        first = told()
        assert len(first) == 5
        start(cast, at=AT + 30 * HOURS)
        work(AT + 31 * HOURS)
        assert told() == {place.mailbox for place in places}

    def test_at_most_twice_a_day(self, cast):
        set_willing(cast.places["fay"], wants=True)
        for _more in range(4):
            start(cast)
        work(AT + HOURS)
        assert Notice.objects.filter(kind=KINDS[0]).count() == 2
        assert Relay.objects.exclude(told_members_at=None).count() == 2
        start(cast, at=AT + 24 * HOURS)
        work(AT + 25 * HOURS)
        assert Notice.objects.filter(kind=KINDS[0]).count() == 3

    def test_those_who_share_its_words_come_first(self, cast):
        places = more_members(cast, 9)
        start(cast, "eve", at=AT - 90 * HOURS)
        for n, place in enumerate(places):
            words = "My nights are long too, since my brother's funeral." if n == 7 else "I like to sail on Sundays."
            actions.reply(place, 1, words=words, at=AT - 80 * HOURS, intent="")
        Told.objects.all().delete()
        Relay.objects.all().delete()
        start(cast)
        work(AT + HOURS)
        assert places[7].mailbox in told()

    def test_but_not_always_the_same_ones(self, cast):
        places = more_members(cast, 6)
        start(cast, "eve", at=AT - 90 * HOURS)
        for n, place in enumerate(places):
            if n < 5:
                actions.reply(place, 1, words="The nights are long since the funeral.", at=AT - 80 * HOURS, intent="")
        Relay.objects.all().delete()
        for day in range(6):
            start(cast, at=AT + 24 * day * HOURS)
            work(AT + (24 * day + 1) * HOURS)
        counts = [Told.objects.filter(persona=place.persona).count() for place in places]
        assert min(counts) >= 1
        assert sum(counts) == 30

    def test_what_she_wrote_without_her_name_or_to_the_hosts_is_not_compared(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast, "eve")
        answer(cast, "fay", words="Nights and funerals, I know them.", nameless=True)
        actions.start_line(cast.places["fay"], words="Nights and funerals.", at=AT, intent="")
        assert reads._latest_words([cast.places["fay"].persona]) == {cast.places["fay"].persona: ""}

    def test_turns_are_forgotten_after_thirty_days(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        work(AT + HOURS)
        actions.forget_turns(at=AT + timedelta(days=40))
        assert Told.objects.count() == 1  # it still waits
        answer(cast, "eve")
        actions.forget_turns(at=AT + timedelta(days=40))
        assert Told.objects.count() == 0


class TestWhatItCosts:
    def test_an_answer_takes_one_statement_more(self, cast, django_assert_num_queries):
        start(cast, "fay")
        answer(cast, "ben")
        with django_assert_num_queries(15 if connection.vendor == "sqlite" else 14):  # two of the search, or one
            answer(cast, "ben", words="Again.")
        assert Post.objects.count() == 3

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what is in the tables")
    @pytest.mark.parametrize(
        ("statement", "index"),
        [
            (lambda cast: Relay.objects.filter(due_at__lte=AT).order_by("due_at", "pk"), "conversation_relay_due"),
            (
                lambda cast: Topic.objects.filter(group=cast.places["ada"].key, waiting_since__isnull=False).order_by(
                    "waiting_since"
                ),
                "conversation_topic_waiting",
            ),
            (lambda cast: Topic.objects.filter(group=cast.places["ada"].key, made_at__gte=AT), "conversation_topic_made"),
            (lambda cast: Post.objects.filter(gone_at__lt=AT), "conversation_post_gone"),
        ],
    )
    def test_what_is_asked_every_few_seconds_goes_by_an_index(self, cast, statement, index):
        assert index in statement(cast).values_list("pk").explain()
