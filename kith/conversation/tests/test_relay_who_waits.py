"""Whose post waits for an answer, and until when: also without a name, and when topics are closed, moved or taken back."""

import pytest

from kith.conversation import actions
from kith.conversation.models import Relay, Topic
from kith.conversation.tests.waits import HOURS, answer, start, waiting, work
from kith.groups.actions import close_group, leave_group
from kith.testing.cast import AT, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


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
