"""Looking at one's words before they are posted: nothing is posted, nothing typed is lost."""

import pytest

from kith.conversation import actions
from kith.conversation.models import Post
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
WORDS = "I *really* am @Fig's friend. <b>Not bold.</b>"
DRAWN = b'I <em>really</em> am <b class="mention">@Fig</b>'


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="It rains.", at=AT, intent="")
    return made


@pytest.mark.parametrize("where", ["topics/new/", "topics/1/reply/", "posts/1/edit/", "line/"])
def test_shows_how_it_will_look_and_gives_everything_back(cast, where):
    typed = {
        "title": "A title",
        "words": WORDS,
        "note": "cats",
        "wish": "ideas",
        "nameless": "1",
        "intent": "abc",
        "preview": "1",
    }
    answer = client_of(cast.viewer("ben")).post(f"/g/{cast.group}/{where}", typed)
    assert answer.status_code == 200
    assert DRAWN in answer.content
    assert b"&lt;b&gt;Not bold.&lt;/b&gt;" in answer.content
    assert b"It is not posted yet" in answer.content
    assert b"I *really* am @Fig" in answer.content
    assert Post.objects.get().words == "It rains."
    if where != "line/":
        assert b'value="cats"' in answer.content


def test_says_nothing_where_nobody_looked(cast):
    page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/topics/1/").content
    assert b"It is not posted yet" not in page


def test_too_many_words_are_looked_at_all_the_same(cast):
    answer = client_of(cast.viewer("ben")).post(f"/g/{cast.group}/topics/1/reply/", {"words": "x" * 50_000, "preview": "1"})
    assert answer.status_code == 200
    assert b"x" * 50_000 in answer.content
