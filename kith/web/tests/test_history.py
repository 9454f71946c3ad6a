"""How a post of mine read before: each change word by word, for nobody else."""

from datetime import timedelta

import pytest

from kith.conversation import actions
from kith.conversation.queries import list_changes
from kith.core.differences import Piece
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    made = make_cast()
    ben = made.places["ben"]
    actions.start_topic(ben, title="Rain", words="It rained all week.", at=AT, intent="")
    actions.edit_post(ben, 1, words="It rained all month.", note="wet", title="Much rain", at=AT + timedelta(days=1))
    actions.note_later(ben, 1, words="It stopped.", at=AT + timedelta(days=2))
    actions.note_later(ben, 1, words="It stopped then.", at=AT + timedelta(days=3))
    return made


def test_each_change_is_told_in_its_words(cast):
    later, added, first = list_changes(cast.places["ben"], 1)
    assert added.small == {"later": [Piece("new", "It stopped.")]}
    assert later.words == []
    assert later.small == {"later": [Piece("", "It stopped"), Piece("new", " then"), Piece("", ".")]}
    assert [piece for piece in first.words if piece.kind] == [Piece("gone", "week"), Piece("new", "month")]
    assert set(first.small) == {"title", "note"}
    assert first.before == "It rained all week."


def test_the_page_says_it_aloud_and_to_her_alone(cast):
    path = f"/g/{cast.group}/posts/1/history/"
    html = client_of(cast.viewer("ben")).get(path).content.decode()
    assert '<del class="changed--gone"><span class="sr-only">[taken out: </span>week<span' in html
    assert '<ins class="changed--new"><span class="sr-only">[put in: </span>month<span' in html
    for name in ("fay", "ada"):
        assert client_of(cast.viewer(name)).get(path).status_code == 404


def test_of_a_post_that_was_taken_back_it_begins_with_its_last_form(cast):
    actions.withdraw_post(cast.places["ben"], 1, at=AT + timedelta(days=4))
    assert len(list_changes(cast.places["ben"], 1)) == 3
    html = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/posts/1/history/").content.decode()
    assert "As you took it back" in html
    assert "It rained all month." in html
