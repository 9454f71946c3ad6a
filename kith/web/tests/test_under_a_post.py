"""What stands in a post's head, under it, and in place of it: for each reader her own."""

import re

import pytest

from kith.conversation import actions as talk
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
YOURS = "Only you see that this is yours."


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["fay"], title="One", words="First words.", at=AT, intent="")
    return made


def topic(cast, who):
    return client_of(cast.viewer(who)).get(f"/g/{cast.group}/topics/1/").content.decode()


def foot(html, number):
    """Return what is under a post: before, in and after "Something else"."""
    post = html[html.index(f'id="p{number}"') :]
    post = post[post.index('<div class="post__foot') : post.index("</article>")]
    answers, _summary, rest = post.partition('<details class="fold quiet"><summary>Something else')
    other, _end, after = rest.partition("</details>")
    return answers, other, after


class TestWithoutAName:
    def test_she_is_told_that_only_she_sees_it(self, cast):
        talk.reply(cast.places["ben"], 1, words="Mine.", nameless=True, at=AT, intent="")
        assert topic(cast, "ben").count(YOURS) == 1
        assert YOURS not in topic(cast, "fay")
        assert YOURS not in topic(cast, "ada")

    def test_also_when_a_host_has_folded_it(self, cast):
        talk.reply(cast.places["ben"], 1, words="Mine.", nameless=True, at=AT, intent="")
        talk.fold_post(cast.places["ada"], 2, reason="Needles.", at=AT)
        assert topic(cast, "ben").count(YOURS) == 1

    def test_under_ones_name_nothing_is_said(self, cast):
        assert YOURS not in topic(cast, "fay")


class TestFoot:
    def test_answers_stand_first_and_alone(self, cast):
        answers, _other, _after = foot(topic(cast, "ben"), 1)
        assert answers.count('class="response"') == 4
        assert ">Reply<" in answers
        for words in ("report/", "note-wish/", "fold/", "return/", "moving/"):
            assert words not in answers

    def test_the_rest_stands_under_something_else(self, cast):
        _answers, other, after = foot(topic(cast, "ben"), 1)
        assert re.findall(r'class="link-touch" href="/g/\w+/posts/1/([\w-]+)/"', other) == ["report", "note-wish"]
        assert "href" not in after

    def test_for_a_host_her_tools_too(self, cast):
        _answers, other, _after = foot(topic(cast, "ada"), 1)
        told = ["report", "note-wish", "fold", "return", "moving"]
        assert re.findall(r'class="link-touch" href="/g/\w+/posts/1/([\w-]+)/"', other) == told

    def test_a_folded_post_is_opened_again_by_a_button_of_its_own(self, cast):
        talk.fold_post(cast.places["ada"], 1, reason="Needles.", at=AT)
        _answers, other, after = foot(topic(cast, "ada"), 1)
        assert "posts/1/fold/" not in other
        assert "Open it again" in after

    def test_nobody_is_led_to_a_box_that_is_not_there(self, cast):
        ben = client_of(cast.viewer("ben"))
        one = f"/g/{cast.group}/topics/1/posts/1/"
        assert ">Reply<" in ben.get(one).content.decode()
        talk.tend_topic(cast.places["ada"], 1, closed=True, at=AT)
        for html in (topic(cast, "ben"), ben.get(one).content.decode()):
            assert ">Reply<" not in html
            assert "#write" not in html
            assert foot(html, 1)[0].count('class="response"') == 4


class TestGivenBack:
    def test_its_author_is_led_to_the_reason_and_others_are_told(self, cast):
        talk.reply(cast.places["ben"], 1, words="Mine.", at=AT, intent="")
        talk.return_post(cast.places["ada"], 2, reason="It names a street.", at=AT)
        html = topic(cast, "ben")
        link = re.search(
            r'A host gave this back to you\. <a class="link-touch" href="([^"]+)">Read why, and your words</a>', html
        )
        there = client_of(cast.viewer("ben")).get(link[1]).content.decode()
        assert "It names a street." in there
        other = topic(cast, "fay")
        assert "A host gave this post back to the person who wrote it." in other
        assert "Read why" not in other


def test_words_behind_a_note_stand_in_one_box(cast):
    """So that its padding does not replace that of a list in it."""
    talk.reply(cast.places["fay"], 1, words="- one\n- two", note="lists", at=AT, intent="")
    assert re.search(r"</summary><div><ul>.*?</ul>\s*</div></details>", topic(cast, "ben"), re.DOTALL)
