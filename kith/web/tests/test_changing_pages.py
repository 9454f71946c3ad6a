"""The pages on which somebody changes a post of hers say what is true of it: which buttons there are, and who will see the change."""

from html import unescape

import pytest

from kith.conversation import actions
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
