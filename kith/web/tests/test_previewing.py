"""Looking at one's words before they are posted: nothing is posted, nothing typed is lost."""

import pytest

from kith.conversation import actions
from kith.conversation.models import Post
from kith.core import drawing
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


class TestUnderWhichName:
    def test_a_named_one_shows_her_face_and_a_nameless_one_none(self, cast):
        ben, path = client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/reply/"
        named = _preview(ben.post(path, {"words": WORDS, "preview": "1"}))
        assert '<span class="persona__name">Wren</span>' in named
        page = ben.post(path, {"words": WORDS, "nameless": "1", "preview": "1"})
        assert '<span class="persona__name">Nameless</span>' in _preview(page)
        assert str(drawing.avatar("nameless")) in _preview(page)
        assert "Wren" not in _preview(page)

    def test_who_ticked_it_is_told_so_wherever_the_form_comes_back(self, cast):
        ben, path = client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/reply/"
        for typed in ({"words": WORDS, "preview": "1"}, {"words": "Ring me on 07700 900 123."}, {"words": ""}):
            html = ben.post(path, typed | {"nameless": "1"}).content.decode()
            assert 'You post this without your name. <span class="soft">' in html
            assert "You are <b>Wren</b> here." not in html
        html = ben.post(f"/g/{cast.group}/topics/new/", {"title": "", "words": WORDS, "nameless": "1"}).content.decode()
        assert "You post this without your name." in html

    def test_in_a_line_to_the_hosts_nobody_is_without_a_name(self, cast):
        ben = client_of(cast.viewer("ben"))
        line = actions.start_line(cast.places["ben"], words="Help.", at=AT, intent="").topic
        html = ben.post(
            f"/g/{cast.group}/topics/{line}/reply/", {"words": WORDS, "nameless": "1", "preview": "1"}
        ).content.decode()
        assert "without your name" not in html
        assert 'You are <b>Wren</b> here. <span class="soft">' in html

    def test_an_edit_shows_the_name_that_the_post_has(self, cast):
        actions.reply(cast.places["ben"], 1, words="Mine.", nameless=True, at=AT, intent="")
        answer = client_of(cast.viewer("ben")).post(f"/g/{cast.group}/posts/2/edit/", {"words": WORDS, "preview": "1"})
        assert '<span class="persona__name">Nameless 1</span>' in _preview(answer)


def test_shows_the_title_and_folds_behind_the_note(cast):
    typed = {"title": "A <title>", "words": WORDS, "note": "cats", "preview": "1"}
    html = _preview(client_of(cast.viewer("ben")).post(f"/g/{cast.group}/topics/new/", typed))
    assert "<h3>A &lt;title&gt;</h3>" in html
    assert "<b>Content note:</b> cats" in html
    assert html.index("</summary>") < html.index("<em>really</em>") < html.index("</details>")


def test_what_is_wrong_with_a_reply_stands_where_one_writes(cast):
    answer = client_of(cast.viewer("ben")).post(f"/g/{cast.group}/topics/1/reply/", {"words": ""})
    html = answer.content.decode()
    assert html.count('class="error-summary"') == 1
    assert html.index('id="write-h"') < html.index('class="error-summary"') < html.index('id="words"')


def _preview(answer):
    html = answer.content.decode()
    html = html[html.index('id="preview"') :]
    return html[: html.index("</section>")]
