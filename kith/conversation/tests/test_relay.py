"""Nobody goes unanswered: a post that waits is passed on, to willing members, then to the hosts, until somebody answers."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import connection

from kith.conversation import actions
from kith.conversation.actions import relaying
from kith.conversation.models import Post, Relay, Told, Topic
from kith.conversation.tests.waits import HOURS, KINDS, MINUTES, answer, box, start, told, waiting, work
from kith.groups.actions import change_group, close_group, leave_group, set_willing
from kith.groups.queries import get_plan
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


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
