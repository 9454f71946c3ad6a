"""The pages on which somebody changes a post of hers say what is true of it: which buttons there are, and who will see the change."""

import re
from html import unescape

import pytest

from kith.conversation import actions, queries
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
EDITED = "Others then see “Edited” and no more."
ALONE = "Only you see what you change here."


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="Nights", words="It is hard.", at=AT, intent="")
    return made


def read(cast, path):
    answer = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_changing_names_the_button_that_is_there(cast):
    html = read(cast, "posts/1/edit/")
    assert "Nothing is changed until you press “Save the change”." in html
    assert ">Save the change</button>" in html
    assert "Keep it as a draft" not in html
    for path in ("topics/1/", "topics/new/", "line/"):
        html = read(cast, path)
        assert "Press “Keep it as a draft” to keep it for later." in html
        assert ">Keep it as a draft</button>" in html


def test_a_draft_of_a_change_is_said_to_be_kept(cast):
    actions.save_draft(cast.places["ben"], "edit:1", words="It was hard.")
    assert "Your draft is kept. Only you can see it." in read(cast, "posts/1/edit/")


def test_others_see_that_a_post_was_edited_but_not_one_that_was_given_back(cast):
    for path in ("posts/1/edit/", "posts/1/mine/"):
        assert [words in read(cast, path) for words in (EDITED, ALONE)] == [True, False]
    actions.return_post(cast.places["ada"], 1, reason="It names a street.", at=AT)
    for path in ("posts/1/edit/", "posts/1/mine/"):
        html = read(cast, path)
        assert [words in html for words in (EDITED, ALONE)] == [False, True]
        assert "People in this group can read this." not in html


class TestShowingMyName:
    """Taking a name off protects, so it is done at once; showing it cannot be undone in anybody's memory, so a page asks first."""

    @pytest.fixture
    def nameless(self, cast):
        actions.show_name(cast.places["ben"], 1, nameless=True, at=AT)
        return f"/g/{cast.group}/posts/1/"

    def test_is_only_led_to_from_the_post(self, cast, nameless):
        html = read(cast, "posts/1/mine/")
        assert f'href="{nameless}name/"' in html
        assert f'action="{nameless}name/"' not in html
        assert 'value="mine"' not in html

    def test_is_asked_on_a_page_with_the_words_and_the_name_and_done_from_there(self, cast, nameless):
        html = read(cast, "posts/1/name/")
        assert "<h1>Show it with my name</h1>" in html
        assert "It is hard." in html
        assert "It then stands under “Wren”" in html
        assert queries.get_own_post(cast.place("ben"), 1).nameless
        (form,) = re.findall(r'<form class="stack stack-l" method="post">.*?</form>', html, re.S)
        ((name, value),) = re.findall(r'<button type="submit"[^>]* name="(\w+)" value="(\w+)"', form)
        answer = client_of(cast.viewer("ben")).post(f"{nameless}name/", {name: value})
        assert answer.headers["Location"] == f"{nameless}mine/?done=named"
        assert not queries.get_own_post(cast.place("ben"), 1).nameless

    def test_taking_it_off_is_one_press(self, cast):
        html = read(cast, "posts/1/mine/")
        assert f'<form method="post" action="/g/{cast.group}/posts/1/name/">' in html
        client_of(cast.viewer("ben")).post(f"/g/{cast.group}/posts/1/name/", {"name": "none"})
        assert queries.get_own_post(cast.place("ben"), 1).nameless

    def test_asks_nothing_where_there_is_nothing_to_ask(self, cast, nameless):
        me, ben = client_of(cast.viewer("ben")), cast.places["ben"]
        for act in (
            lambda: actions.return_post(cast.places["ada"], 1, reason="It names a street.", at=AT),
            lambda: actions.withdraw_post(ben, 1, at=AT),
            lambda: actions.restore_post(ben, 1, at=AT),
            lambda: actions.show_name(ben, 1, nameless=False, at=AT),
        ):
            act()
            assert me.get(f"{nameless}name/").headers["Location"] == f"{nameless}mine/"

    def test_is_nobody_elses(self, cast, nameless):
        for who in ("ada", "fay"):
            assert client_of(cast.viewer(who)).get(f"{nameless}name/").status_code == 404
