"""Pages about one post show its words as its topic does: marks drawn, quotes leading there, folded for whatever it is folded there."""

import pytest

from kith.conversation import actions
from kith.core.clock import now
from kith.groups.actions import leave_group
from kith.people.actions import set_filters
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
WORDS = 'It is **hard** today.\n\n- [x](https://example.org/)\n\nI wrote <cite><a href="?post=1'
OPEN = '<div class="post__body">'


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["fay"], title="Nights", words="So *long*.", at=AT, intent="")
    actions.reply(made.places["ben"], 1, words=WORDS, quote=1, quoted="So *long*.", at=AT, intent="")
    return made


def shown(cast, who, tail, number=2):
    answer = client_of(cast.viewer(who)).get(f"/g/{cast.group}/posts/{number}/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "tail"),
    [("ada", "fold/"), ("ada", "return/"), ("ada", "moving/"), ("ben", "withdrawal/"), ("ben", "later/"), ("ben", "mine/")],
)
class TestOnePost:
    def test_is_drawn(self, cast, who, tail):
        html = shown(cast, who, tail)
        assert "It is <strong>hard</strong> today." in html
        assert "**hard**" not in html
        assert f'<cite><a href="/g/{cast.group}/topics/1/?post=1#p1">' in html
        assert 'href="?post=' not in html.replace('&lt;cite&gt;&lt;a href="?post=1', "")  # hers are words, not a link


class TestWhatAHostIsAboutToDealWith:
    @pytest.mark.parametrize("tail", ["fold/", "return/", "moving/"])
    def test_stands_behind_what_folds_it_in_its_topic(self, cast, tail):
        assert f"{OPEN}<details" not in shown(cast, "ada", tail)
        actions.edit_post(cast.places["ben"], 2, words="It is **hard** today.", note="night", at=AT)
        html = shown(cast, "ada", tail)
        assert f'{OPEN}<details class="content-note"><summary><span><b>Content note:</b> night</span>' in html
        actions.fold_own(cast.places["ben"], 2, folded=True, at=AT)
        assert "The person who wrote this folded it." in shown(cast, "ada", tail)
        actions.fold_post(cast.places["ada"], 2, reason="Hard detail.", at=AT)
        html = shown(cast, "ada", tail)
        assert html.count("<b>A host folded this post:</b> Hard detail.") == 1
        assert html.index("Hard detail.") < html.index("<strong>hard</strong>")

    @pytest.mark.parametrize("tail", ["fold/", "return/", "moving/"])
    def test_is_folded_for_what_she_herself_asked(self, cast, tail):
        set_filters(cast.viewer("ada").person, words="hard", kinds=())
        html = shown(cast, "ada", tail)
        assert f'{OPEN}<details class="content-note"><summary><span><b>You asked to fold this:</b> hard</span>' in html


class TestMyOwn:
    def test_that_was_given_back_is_drawn_for_me(self, cast):
        actions.return_post(cast.places["ada"], 2, reason="Too much.", at=AT)
        assert "It is <strong>hard</strong> today." in shown(cast, "ben", "mine/")

    def test_that_was_taken_back_is_drawn_with_its_later_note(self, cast):
        actions.note_later(cast.places["ben"], 2, words="It **got** better.", at=now())
        actions.withdraw_post(cast.places["ben"], 2, at=now())
        html = shown(cast, "ben", "mine/")
        assert html.index("<strong>hard</strong>") < html.index("<strong>got</strong>")

    def test_where_i_was_before_is_drawn_without_what_i_cannot_open(self, cast):
        handle = cast.places["ben"].handle
        leave_group(cast.place("ben"), words="keep", at=AT)
        html = client_of(cast.viewer("ben")).get(f"/me/words/{cast.group}/{handle}/2/").content.decode()
        assert "It is <strong>hard</strong> today." in html
        assert "<cite>" not in html


def test_what_is_reported_is_shown_without_its_marks(cast):
    html = shown(cast, "fay", "report/")
    assert "It is hard today." in html
