"""Calling somebody by name: she is told, the name follows her, and it is taken back with the words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.conversation import actions, queries
from kith.conversation.mentions import mark_named
from kith.conversation.models import Mention, Post
from kith.core import text
from kith.groups.actions import leave_group, rename_persona
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast

LATER = AT + timedelta(hours=1)


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="It rains.", at=AT, intent="")
    return made


def say(cast, words, who="fay", **more):
    return actions.reply(cast.places[who], 1, words=words, at=LATER, intent="", **more)


def told(place, kind="conversation.mentioned"):
    return list(Notice.objects.filter(mailbox=place.mailbox, kind=kind).values_list("who", flat=True))


@pytest.mark.django_db
class TestCalling:
    def test_tells_her_once_and_sets_the_name_apart(self, cast):
        say(cast, "I agree with @Kettle e, and @kettle e again. Also me@wren.example and @nobody.")
        assert told(cast.places["eve"]) == ["Fig"]
        html = Post.objects.get(number=2).html
        assert html.count('<b class="mention">') == 2
        assert Mention.objects.count() == 1

    def test_the_longest_name_that_stands_there_is_meant(self, cast):
        rename_persona(cast.places["fay"], name="Kettle")
        say(cast, "@Kettle e!", who="ben")
        assert told(cast.places["eve"]) == ["Wren"]
        assert told(cast.places["fay"]) == []

    def test_tells_the_author_that_only_not_twice(self, cast):
        say(cast, "@Wren, yes.")
        assert told(cast.places["ben"]) == ["Fig"]
        assert told(cast.places["ben"], "conversation.answered") == []

    def test_stands_in_her_catch_up(self, cast):
        say(cast, "@Kettle e, look.")
        assert [row.number for row in queries.catch_up(cast.places["eve"]).replies] == [2]

    def test_without_a_name_tells_no_name(self, cast):
        say(cast, "@Kettle e, look.", nameless=True)
        assert told(cast.places["eve"]) == [""]

    def test_in_a_line_calls_nobody(self, cast):
        actions.start_line(cast.places["ben"], words="It is about @Fig.", at=AT, intent="")
        assert told(cast.places["fay"]) == []
        actions.drop_gone(at=LATER + timedelta(days=30))
        assert not Mention.objects.exists()


@pytest.mark.django_db
class TestTheNameFollows:
    def test_when_she_takes_another(self, cast):
        say(cast, "@Kettle e, look.")
        rename_persona(cast.places["eve"], name="Juniper & Sons")
        post = Post.objects.get(number=2)
        assert post.words == "@Juniper & Sons, look."
        assert '<b class="mention">@Juniper &amp; Sons</b>' in post.html
        rename_persona(cast.places["eve"], name="Ash")
        assert Post.objects.get(number=2).words == "@Ash, look."

    def test_when_she_leaves_without_it(self, cast):
        say(cast, "@Fig, look.", who="ben")
        leave_group(cast.places["fay"], words="nameless", at=LATER)
        post = Post.objects.get(number=2)
        assert "Fig" not in post.words + post.html

    def test_with_the_words_when_they_change_or_go(self, cast):
        posted = say(cast, "@Kettle e, look.")
        actions.edit_post(cast.places["fay"], posted.number, words="@Lamp a, look.", at=LATER)
        assert (told(cast.places["eve"]), told(cast.places["ada"])) == ([], ["Fig"])
        actions.withdraw_post(cast.places["fay"], posted.number, at=LATER)
        assert told(cast.places["ada"]) == []
        actions.drop_gone(at=LATER + timedelta(days=30))
        assert not Mention.objects.exists()


NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12), max_size=3)


@given(st.text(max_size=200), NAMES)
def test_marking_changes_no_tag_and_no_word(words, names):
    html = text.render(words)
    marked = mark_named(html, names)
    assert marked.replace('<b class="mention">', "").replace("</b>", "") == html.replace("</b>", "")
