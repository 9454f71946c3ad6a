"""Starting a topic, answering, quoting, retrying."""

from datetime import timedelta

import pytest

from kith.conversation import actions, queries
from kith.conversation.models import Post, Topic
from kith.core.errors import Invalid, NotFound, SignInFirst
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def cast(db):
    return make_cast()


def _topic(cast, by="ben", words="It rained all week."):
    return actions.start_topic(cast.places[by], title="A wet week", words=words, wish="heard", at=AT, intent="one")


class TestStarting:
    def test_a_member_sees_what_another_wrote(self, cast):
        _topic(cast)
        _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=DAY)
        assert topic.title == "A wet week"
        assert "It rained all week." in topic.posts[0].html
        assert topic.posts[0].name == "Wren"
        assert (topic.posts[0].new, topic.posts[0].mine) == (True, False)
        assert topic.waiting

    def test_an_outsider_and_a_guest_do_not(self, cast):
        _topic(cast)
        with pytest.raises(NotFound):
            queries.get_topic(cast.viewer("cleo"), cast.group, 1, today=DAY)
        with pytest.raises(SignInFirst):
            queries.get_topic(cast.viewer("guest"), cast.group, 1, today=DAY)

    def test_a_retry_gets_the_first_answer(self, cast):
        assert _topic(cast) == _topic(cast)
        assert Topic.objects.count() == Post.objects.count() == 1

    def test_says_for_every_field_what_to_do(self, cast):
        with pytest.raises(Invalid) as refused:
            actions.start_topic(cast.places["ben"], title=" ", words="\u200b", note="x" * 200, at=AT, intent="")
        assert set(refused.value.problems) == {"title", "words", "note"}


class TestAnswering:
    def test_ends_the_wait_and_tells_the_author(self, cast):
        _topic(cast)
        posted = actions.reply(cast.places["fay"], 1, words="Same here.", at=AT + timedelta(hours=2), intent="r")
        topic = Topic.objects.get()
        assert (topic.waiting_since, topic.answered_after, topic.last_place) == (None, 120, 2)
        notice = Notice.objects.get(kind="conversation.answered")
        assert (notice.mailbox_id, notice.who, notice.about) == (
            cast.places["ben"].mailbox,
            "Fig",
            f"{cast.group}:1:{posted.number}",
        )

    def test_the_author_alone_does_not_end_the_wait(self, cast):
        _topic(cast)
        actions.reply(cast.places["ben"], 1, words="Still raining.", at=AT, intent="r")
        assert Topic.objects.get().waiting_since is not None

    def test_quotes_only_what_was_said(self, cast):
        _topic(cast, words="It rained all week.\nThe dog stayed in.")
        actions.reply(cast.places["fay"], 1, words="Mine too.", quote=1, quoted="The dog stayed in.", at=AT, intent="a")
        actions.reply(cast.places["fay"], 1, words="Hm.", quote=1, quoted="I hate everybody.", at=AT, intent="b")
        first, second = Post.objects.filter(place__gt=1).order_by("place")
        assert first.quoted == "The dog stayed in."
        assert second.quoted == "It rained all week.\nThe dog stayed in."
        assert "Wren wrote" in first.html


class TestTakingBack:
    def test_reaches_page_quotes_and_notices_at_once(self, cast):
        _topic(cast)
        actions.reply(cast.places["fay"], 1, words="A secret.", at=AT, intent="a")
        actions.reply(cast.places["ben"], 1, words="Oh.", quote=2, quoted="A secret.", at=AT, intent="b")
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert not [post for post in Post.objects.all() if "secret" in post.words + post.html + post.quoted]
        assert not Notice.objects.filter(kind="conversation.answered", about=f"{cast.group}:1:2").exists()
        assert queries.list_revisions(cast.places["fay"], 2)[0].words == "A secret."

    def test_only_the_author_may(self, cast):
        _topic(cast)
        for name in ("fay", "ada"):
            with pytest.raises(NotFound):
                actions.withdraw_post(cast.places[name], 1, at=AT)


class TestTheTopicPage:
    def test_costs_two_queries_and_one_more_with_own_posts(self, cast, django_assert_num_queries):
        _topic(cast)
        with django_assert_num_queries(2):
            queries.get_topic(cast.viewer("fay"), cast.group, 1, today=DAY)
        with django_assert_num_queries(3):
            queries.get_topic(cast.viewer("ben"), cast.group, 1, today=DAY)
