"""A draft is thrown away by two presses, and only where there is one; the first press takes nothing."""

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Draft
from kith.conversation.queries import get_draft
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
BUTTON = 'name="bin" value="1"'
# Where somebody writes, the form there, and what its draft is called.
PLACES = [
    ("topics/1/", "topics/1/reply/", "reply:1"), ("topics/new/", "topics/new/", "topic"), ("line/", "line/", "line"),
    ("posts/1/edit/", "posts/1/edit/", "edit:1"),
]  # fmt: skip


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["ben"], title="One", words="It rains.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


@pytest.mark.parametrize(("page", "form", "where"), PLACES)
class TestEverywhere:
    def test_there_is_no_button_where_there_is_nothing(self, cast, ben, page, form, where):
        path = f"/g/{cast.group}/{page}"
        assert BUTTON not in ben.get(path).content.decode()
        talk.save_draft(cast.places["ben"], where, words="Half a thought.", base=0)
        assert BUTTON in ben.get(path).content.decode()

    def test_it_asks_first_and_keeps_what_was_typed(self, cast, ben, page, form, where):
        asked = ben.post(f"/g/{cast.group}/{form}", {"words": "Half a thought.", "title": "T", "bin": "1"})
        html = asked.content.decode()
        assert asked.status_code == 200
        assert "Half a thought." in html
        assert "It cannot come back." in html
        assert f'href="/g/{cast.group}/{page}' in html  # Keep it
        assert get_draft(cast.places["ben"], where).words == "Half a thought."
        assert "Half a thought.</textarea>" in ben.get(f"/g/{cast.group}/{page}").content.decode()

    def test_the_second_press_throws_it_away(self, cast, ben, page, form, where):
        ben.post(f"/g/{cast.group}/{form}", {"words": "Half a thought.", "bin": "1"})
        assert ben.post(f"/g/{cast.group}/{form}", {"bin": "sure"}).status_code == 302
        assert not Draft.objects.exists()

    def test_nothing_is_asked_about_nothing(self, cast, ben, page, form, where):
        talk.save_draft(cast.places["ben"], where, words="Half a thought.", base=0)
        version = get_draft(cast.places["ben"], where).version
        assert ben.post(f"/g/{cast.group}/{form}", {"words": " ", "base": version, "bin": "1"}).status_code == 302
        assert not Draft.objects.exists()


def test_newer_words_of_another_page_are_named_too(cast, ben):
    talk.save_draft(cast.places["ben"], "reply:1", words="Newer words.", base=0)
    html = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": "Older words.", "base": "1", "bin": "1"}).content.decode()
    assert "Newer words." in html
    assert "Older words." in html


def test_what_came_back_to_be_looked_at_can_be_thrown_away(cast, ben):
    path = f"/g/{cast.group}/topics/1/reply/"
    assert BUTTON in ben.post(path, {"words": "Half a thought.", "preview": "1"}).content.decode()
    assert BUTTON in ben.post(path, {"words": "", "note": "cats"}).content.decode()


def test_a_changed_title_is_kept_too(cast, ben):
    path = f"/g/{cast.group}/posts/1/edit/"
    ben.post(path, {"words": "It rains a lot.", "title": "Two", "bin": "1"})
    assert 'value="Two"' in ben.get(path).content.decode()
