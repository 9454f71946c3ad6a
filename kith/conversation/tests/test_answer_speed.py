"""How soon new topics of a group are answered: the median, silence counted, nothing said of a handful."""

from datetime import timedelta

import pytest

from kith.conversation import actions
from kith.conversation.models import Post
from kith.conversation.queries import first_answer_hours
from kith.groups.queries import get_place
from kith.testing.cast import AT, make_cast, open_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


def begin(cast, *waits, at=AT):
    """Start a topic for each number of hours, answered after that many; None leaves it waiting."""
    for hours in waits:
        topic = actions.start_topic(cast.places["ben"], title="One", words="Hello.", at=at, intent="").topic
        if hours is not None:
            actions.reply(cast.places["fay"], topic, words="Hello.", at=at + timedelta(hours=hours), intent="")


class TestFirstAnswerHours:
    def hours(self, cast, at):
        key = cast.places["ben"].key
        return first_answer_hours([key], at=at)[key]

    def test_is_the_median_and_counts_silence_until_now(self, cast):
        begin(cast, 1, 1, 2, 2, 4, 6, 8, 9, None, None)
        assert self.hours(cast, AT + timedelta(hours=100)) == 5

    def test_is_not_said_of_fewer_than_ten(self, cast):
        begin(cast, *[1] * 9)
        assert self.hours(cast, AT + timedelta(hours=100)) is None
        begin(cast, None)
        assert self.hours(cast, AT + timedelta(hours=100)) == 1

    def test_looks_at_the_last_ninety_days(self, cast):
        begin(cast, *[90] * 20, at=AT)
        begin(cast, *[2] * 10, at=AT + timedelta(days=10))
        assert self.hours(cast, AT + timedelta(days=89)) == 90
        assert self.hours(cast, AT + timedelta(days=95)) == 2
        assert self.hours(cast, AT + timedelta(days=101)) is None

    def test_leaves_out_lines_to_the_hosts_and_what_a_host_has_dealt_with(self, cast):
        begin(cast, *[1] * 9)
        actions.start_line(cast.places["ben"], words="Please help.", at=AT, intent="")
        begin(cast, None)
        assert self.hours(cast, AT + timedelta(hours=9)) == 1
        actions.fold_post(cast.places["ada"], Post.objects.latest("number").number, reason="Hard.", at=AT)
        assert self.hours(cast, AT + timedelta(hours=9)) is None

    def test_costs_one_statement_for_many_groups(self, cast, django_assert_num_queries):
        other = get_place(cast.viewers["cleo"], open_group(cast, first="cleo", second="dov", name="Another"))
        begin(cast, *[1] * 10)
        with django_assert_num_queries(1):
            found = first_answer_hours([cast.places["ben"].key, other.key], at=AT + timedelta(days=1))
        assert found == {cast.places["ben"].key: 1, other.key: None}

    def test_of_no_group_is_nothing(self, cast, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert first_answer_hours([], at=AT) == {}
