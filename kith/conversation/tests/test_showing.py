"""A later note, one's name left off or put back, and folding one's own: what others then see, and that all of it can be undone."""

from datetime import timedelta

import pytest

from kith.conversation import actions, queries
from kith.conversation.models import Post, Topic
from kith.core.errors import Invalid, NotFound, Refused
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
ACTS = {
    "later": lambda place, number: actions.note_later(place, number, words="Now I know.", at=AT),
    "name": lambda place, number: actions.show_name(place, number, nameless=True, at=AT),
    "fold": lambda place, number: actions.fold_own(place, number, folded=True, at=AT),
}


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="Rain", words="It rained all week.", at=AT, intent="")
    actions.reply(made.places["fay"], 1, words="Here too.", quote=1, quoted="It rained all week.", at=AT, intent="")
    actions.reply(made.places["ben"], 1, words="Thank you.", quote=2, quoted="Here too.", at=AT, intent="")
    return made


def page_of(cast, who="fay", tail="topics/1/"):
    return client_of(cast.viewer(who)).get(f"/g/{cast.group}/{tail}").content.decode()


@pytest.mark.parametrize("act", ACTS)
class TestOnlyItsAuthor:
    def test_may_do_it_and_only_while_it_stands(self, cast, act):
        for name in ("fay", "ada"):
            with pytest.raises(NotFound):
                ACTS[act](cast.places[name], 1)
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        with pytest.raises(Refused):
            ACTS[act](cast.places["ben"], 1)

    def test_loses_nothing_of_it_when_it_is_taken_back_and_brought_back(self, cast, act):
        ACTS[act](cast.places["ben"], 3)
        before = Post.objects.values().get(number=3)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert "Now I know." not in str(Post.objects.values().get(number=3))
        actions.restore_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.values().get(number=3) == before


class TestALaterNote:
    def test_stands_below_with_its_day_and_goes_again(self, cast):
        ben, base = client_of(cast.viewer("ben")), f"/g/{cast.group}/posts/1/"
        actions.note_later(cast.places["ben"], 1, words="It *stopped*.\n<script>", at=AT + timedelta(days=400))
        html = page_of(cast)
        assert "How I see it now" in html
        assert "Added on 8 April 2027" in html
        assert "<em>stopped</em>" in html
        assert "<script>" not in html.partition("later__head")[2].partition("</aside>")[0]
        assert "It rained all week." in html
        assert 'name="away"' in ben.get(base + "later/").content.decode()
        ben.post(base + "later/", {"away": "1", "later": "It stopped."})
        assert "How I see it now" not in page_of(cast)
        assert [row.later for row in queries.list_revisions(cast.places["ben"], 1)] == ["It *stopped*.\n<script>", ""]

    def test_outlasts_every_redrawing(self, cast):
        actions.note_later(cast.places["ben"], 3, words="Now I know.", at=AT)
        actions.edit_post(cast.places["ben"], 3, words="Thank you all.", at=AT)
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        html = Post.objects.get(number=3).html
        assert "Now I know." in html
        assert "Thank you all." in html
        assert "Here too." not in html

    def test_that_is_too_long_comes_back_with_its_words(self, cast):
        with pytest.raises(Invalid):
            actions.note_later(cast.places["ben"], 1, words="x" * 2001, at=AT)
        answer = client_of(cast.viewer("ben")).post(f"/g/{cast.group}/posts/1/later/", {"later": "y" * 2001})
        assert answer.status_code == 422
        assert b"y" * 2001 in answer.content


class TestWithoutMyName:
    def test_page_list_quote_and_notice_follow_and_back(self, cast):
        for nameless, name in ((True, "Nameless 1"), (False, "Wren"), (True, "Nameless 1")):
            client_of(cast.viewer("ben")).post(f"/g/{cast.group}/posts/1/name/", {"name": "none" if nameless else "mine"})
            _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=AT.date())
            assert [post.name for post in topic.posts] == [name, "Fig", "Wren"]
            assert topic.author == name
            assert queries.list_topics(cast.places["fay"])[0][0].author == name
            assert f"{name} wrote" in Post.objects.get(number=2).html
        assert Topic.objects.get().mask == 1

    def test_notices_name_her_no_more(self, cast):
        about = f"{cast.group}:1:3"
        assert {notice.who for notice in Notice.objects.filter(about=about)} == {"Wren"}
        actions.show_name(cast.places["ben"], 3, nameless=True, at=AT)
        assert {notice.who for notice in Notice.objects.filter(about=about)} == {""}
        actions.show_name(cast.places["ben"], 3, nameless=False, at=AT)
        assert {notice.who for notice in Notice.objects.filter(about=about)} == {"Wren"}

    def test_is_the_voice_she_has_in_that_topic(self, cast):
        actions.reply(cast.places["fay"], 1, words="Hm.", nameless=True, at=AT, intent="")
        actions.show_name(cast.places["ben"], 3, nameless=True, at=AT)
        actions.show_name(cast.places["ben"], 1, nameless=True, at=AT)
        assert list(Post.objects.order_by("number").values_list("mask", flat=True)) == [2, 0, 2, 1]

    def test_would_hide_nothing_in_a_line_to_the_hosts(self, cast):
        posted = actions.start_line(cast.places["ben"], words="Please help.", at=AT, intent="")
        with pytest.raises(Refused):
            actions.show_name(cast.places["ben"], posted.number, nameless=True, at=AT)


class TestFoldingMyOwn:
    def test_hides_it_from_page_quote_list_and_news_until_it_is_opened(self, cast):
        client = client_of(cast.viewer("ben"))
        client.post(f"/g/{cast.group}/posts/1/own-fold/", {"fold": "1"})
        html = page_of(cast)
        assert "The person who wrote this folded it." in html
        assert html.count("It rained all week.") == 1  # inside the fold
        assert "?quote=1" not in html
        with pytest.raises(NotFound):
            queries.get_quotable(cast.places["fay"], 1)
        client.post(f"/g/{cast.group}/posts/3/own-fold/", {"fold": "1"})
        assert "Thank you." not in page_of(cast, tail="")
        for number in (1, 3):
            client.post(f"/g/{cast.group}/posts/{number}/own-fold/", {"fold": "open"})
        assert page_of(cast).count("It rained all week.") == 2
        assert "folded it" not in page_of(cast)

    def test_gives_way_to_a_hosts_fold(self, cast):
        actions.fold_own(cast.places["ben"], 1, folded=True, at=AT)
        actions.fold_post(cast.places["ada"], 1, reason="Hard detail.", at=AT)
        assert "A host folded this post" in page_of(cast)


class TestThePage:
    @pytest.mark.parametrize("number", [1, 3])
    def test_says_all_that_can_be_done(self, cast, number):
        html = page_of(cast, "ben", f"posts/{number}/mine/")
        for words in ("Edit", "Add a later note", "Take my name off it", "Fold it", "Take it back"):
            assert words in html
        assert f"/g/{cast.group}/posts/{number}/mine/" in page_of(cast, "ben")
