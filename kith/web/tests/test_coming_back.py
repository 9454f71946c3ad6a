"""Coming back after one day, one month, three years: what concerns me first, then who waits, then the rest; no guilt."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from kith.conversation import actions, queries, reading
from kith.conversation.models import ReadMark, Topic
from kith.groups.actions import accept_charter, change_group
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
    def test_marks_every_topic_with_one_row_for_each(self, cast):
        back = AT + timedelta(days=1)
        while_away(cast, back)
        actions.start_line(cast.places["fay"], words="Not his.", at=back, intent="")
        client = client_of(cast.viewer("ben"))
        assert client.post(f"/g/{cast.group}/read/").status_code == 302
        news = queries.catch_up(cast.places["ben"])
        assert (news.replies, news.rest) == ((), ())
        assert ReadMark.objects.filter(persona=cast.places["ben"].persona).count() == 4
        assert client.post(f"/g/{cast.group}/read/").status_code == 302
        assert ReadMark.objects.filter(persona=cast.places["ben"].persona).count() == 4

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
        client.post(f"/g/{cast.group}/read/", {"charter": "2"})
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
        assert client.post(f"/g/{cast.group}/read/", {"charter": "9"}).status_code == 404
        accept_charter(cast.places["ben"], 2, at=AT)
        accept_charter(cast.places["ben"], 1, at=AT)
        assert Persona.objects.get(pk=cast.places["ben"].persona).charter_number == 2


def plan_number(cast):
    return Group.objects.get(code=cast.group).charter_number
