"""Coming back after one day, one month, three years: what concerns me first, then who waits, then the rest; no guilt."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from kith.conversation import actions, queries, reading
from kith.conversation.models import AllRead, Post, ReadMark, Topic
from kith.groups.actions import accept_charter, change_group, leave_group
from kith.groups.models import Group, Persona
from kith.groups.queries import get_plan
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def cast(db):
    made = make_cast()
    for title in ("Mine", "Read by me"):
        actions.start_topic(made.places["ben"], title=title, words=f"{title}.", at=AT, intent="")
    for topic in Topic.objects.all():
        reading.note(made.places["ben"].persona, topic.pk, 1)
    reading.flush()
    return made


def while_away(cast, back):
    """Let the others talk shortly before ben is back: answer him, call him, wait for an answer, talk on."""
    fay, eve, at = cast.places["fay"], cast.places["eve"], back - 5 * HOUR
    actions.start_topic(fay, title="Talked over", words="Hm.", at=at, intent="")
    actions.reply(eve, 3, words="Yes, hm.", at=at + HOUR, intent="")
    actions.start_topic(fay, title="Nobody yet", words="Anyone?", at=at + HOUR, intent="")
    actions.reply(eve, 1, words="An answer to you.", at=at + 2 * HOUR, intent="")
    actions.reply(fay, 3, words="@Wren may know.", at=at + 3 * HOUR, intent="")


@pytest.mark.parametrize(
    ("days", "welcome"),
    [(1, b""), (30, b"about a month"), (3 * 365 + 20, b"about 3 years")],
    ids=["a day", "a month", "three years"],
)
def test_the_order_is_the_same_however_long_it_was(cast, days, welcome):
    back = AT + timedelta(days=days)
    while_away(cast, back)
    with time_machine.travel(back, tick=False):
        page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/").content
    order = [page.index(words) for words in (b"may know", b"An answer to you", b"Nobody yet")]
    assert order == sorted(order)
    assert page.index(b"Nobody yet") < page.index(
        b"Mark everything here as read" if b"The rest" in page else b"That is everything"
    )
    assert (b"Welcome back" in page) == bool(welcome)
    assert welcome in page


def test_the_rest_leads_to_the_first_unread_post(cast):
    back = AT + timedelta(days=1)
    while_away(cast, back)
    actions.reply(cast.places["eve"], 2, words="Just talk.", at=back, intent="")
    actions.start_topic(cast.places["fay"], title="Long", words="1", at=back, intent="")
    for number in range(2, 30):
        who = cast.places["eve" if number % 2 else "fay"]
        actions.reply(who, 5, words=str(number), at=back, intent="")
    reading.note(cast.places["ben"].persona, Topic.objects.get(number=5).pk, 24)
    reading.flush()
    page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/").content
    assert f"/g/{cast.group}/topics/5/?page=2#new".encode() in page


def test_last_here_is_what_was_last_read_or_written_and_stored_nowhere(cast):
    ben = cast.places["ben"]
    assert queries.last_here(ben) == AT
    actions.reply(ben, 1, words="More.", at=AT + HOUR, intent="")
    assert queries.last_here(ben) == AT + HOUR
    assert queries.last_here(cast.places["fay"]) is None


class TestBeingDone:
    def test_is_one_row_however_many_topics_there_are(self, cast, django_assert_num_queries):
        back = AT + timedelta(days=1)
        while_away(cast, back)
        ben, client = cast.places["ben"], client_of(cast.viewer("ben"))
        own_line = actions.start_line(ben, words="Only for the hosts.", at=back, intent="")
        actions.reply(cast.places["ada"], own_line.topic, words="We read it.", at=back, intent="")
        actions.start_line(cast.places["fay"], words="Not his.", at=back, intent="")
        for _again in range(2):
            assert client.post(f"/g/{cast.group}/read/").status_code == 302
            assert ReadMark.objects.filter(persona=ben.persona).count() == 2  # as before
            assert AllRead.objects.get().upto == Post.objects.filter(topic__line=None).latest("number").number
        with django_assert_num_queries(3):
            news = queries.catch_up(ben)
        assert [row.title for row in news.replies] == ["A line to the hosts"]
        assert news.rest == ()
        with django_assert_num_queries(2):
            replies, unread, _waiting = queries.list_news([ben.persona])[ben.persona]
        assert (len(replies), unread) == (1, 0)
        assert {row.new for row in queries.list_topics(ben)[0]} == {0}
        assert [row.new for row in queries.list_lines(ben)] == [2]

    def test_shows_nothing_new_in_a_topic_until_somebody_says_more(self, cast):
        while_away(cast, AT + HOUR)
        ben, today = cast.places["ben"], AT.date()
        actions.mark_all_read(ben, cast.viewer("ben").person)
        _place, page = queries.get_topic(cast.viewer("ben"), cast.group, 3, today=today)
        assert (page.first_new, page.upto) == (0, 3)
        later = actions.reply(cast.places["eve"], 3, words="Later.", at=AT + HOUR, intent="")
        _place, page = queries.get_topic(cast.viewer("ben"), cast.group, 3, today=today)
        assert (page.first_new, page.upto) == (later.number, 3)
        assert [(row.number, row.new, row.first_new) for row in queries.list_topics(ben)[0] if row.new] == [(3, 1, 4)]
        assert queries.list_news([ben.persona])[ben.persona][1] == 1

    def test_stays_done_where_posts_are_moved(self, cast):
        while_away(cast, AT + HOUR)
        ben = cast.places["ben"]
        actions.mark_all_read(ben, cast.viewer("ben").person)
        later = actions.reply(cast.places["eve"], 3, words="Later.", at=AT + HOUR, intent="")
        moved = actions.move_posts(cast.places["ada"], later.number - 1, title="Another", following=True, at=AT + HOUR)
        assert [(row.number, row.new, row.first_new) for row in queries.list_topics(ben)[0] if row.new] == [(moved.topic, 1, 2)]

    def test_is_a_sign_of_when_she_was_last_here(self, cast):
        while_away(cast, AT + timedelta(days=9))
        actions.mark_all_read(cast.places["ben"], cast.viewer("ben").person)
        assert queries.last_here(cast.places["ben"]) == AT + timedelta(days=9) - 2 * HOUR

    def test_goes_with_whoever_leaves(self, cast):
        actions.mark_all_read(cast.places["ben"], cast.viewer("ben").person)
        leave_group(cast.places["ben"], words="keep", at=AT)
        assert not AllRead.objects.exists()

    def test_leaves_what_comes_later_new(self, cast):
        actions.mark_all_read(cast.places["ben"], cast.viewer("ben").person)
        actions.reply(cast.places["eve"], 1, words="Later.", at=AT + HOUR, intent="")
        assert len(queries.catch_up(cast.places["ben"]).replies) == 1

    def test_marks_nothing_of_anybody_else(self, cast):
        actions.mark_all_read(cast.places["ben"], cast.viewer("ben").person)
        assert len(queries.catch_up(cast.places["fay"]).rest) + len(queries.catch_up(cast.places["fay"]).waiting) == 2


class TestWhatIsAgreed:
    def change(self, cast, **more):
        plan = get_plan(cast.places["ada"])
        fields = {"agreements": (("No advice.", "Unless asked."),)} | more
        return change_group(cast.places["ada"], replace(plan, **fields), base=plan_number(cast), at=AT)

    def test_is_told_until_she_has_read_it(self, cast):
        self.change(cast)
        client = client_of(cast.viewer("ben"))
        page = client.get(f"/g/{cast.group}/").content
        assert b"No advice." in page
        assert b"No longer agreed:" in page
        client.post(f"/g/{cast.group}/charter/2/read/")
        assert b"The group agrees something new" not in client.get(f"/g/{cast.group}/").content

    def test_tells_all_that_changed_since_over_several_versions(self, cast):
        self.change(cast)
        self.change(cast, agreements=(("No advice.", "Unless asked."), ("Pass freely.", "Nobody has to speak.")))
        page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/").content
        assert b"No advice." in page
        assert b"Pass freely." in page

    def test_is_not_told_to_one_who_came_in_since(self, cast):
        self.change(cast)
        Persona.objects.filter(pk=cast.places["fay"].persona).update(charter_number=2)
        assert b"The group agrees something new" not in client_of(cast.viewer("fay")).get(f"/g/{cast.group}/").content

    def test_never_goes_back_or_ahead(self, cast):
        self.change(cast)
        client = client_of(cast.viewer("ben"))
        assert client.post(f"/g/{cast.group}/charter/9/read/").status_code == 404
        accept_charter(cast.places["ben"], 2, at=AT)
        accept_charter(cast.places["ben"], 1, at=AT)
        assert Persona.objects.get(pk=cast.places["ben"].persona).charter_number == 2


def plan_number(cast):
    return Group.objects.get(code=cast.group).charter_number
