"""Taking words back, and bringing them back."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions, queries
from kith.conversation.models import Post, Topic
from kith.conversation.tests.taken_back import DAY, LATE, page_of, talk
from kith.core import events
from kith.core.errors import NotFound, Refused
from kith.groups.actions import leave_group, rename_persona
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


class TestBringingItBack:
    def test_everything_is_as_it_was(self, cast):
        talk(cast)
        fields = ("words", "html", "note", "state", "nameless", "mask", "quoted", "quotes", "place", "edited_on", "later")
        before = list(Post.objects.order_by("number").values(*fields)), Topic.objects.values("title", "wish", "gone_on").get()
        for number in (3, 1):
            actions.withdraw_post(cast.places["ben"], number, at=AT)
            assert Post.objects.get(number=number).words == ""
        for number in (1, 3):
            actions.restore_post(cast.places["ben"], number, at=LATE - timedelta(seconds=1))
        after = list(Post.objects.order_by("number").values(*fields)), Topic.objects.values("title", "wish", "gone_on").get()
        before[0][1]["quoted"], before[0][1]["html"] = "", "<p>Here too.</p>\n"  # a quote of it does not come back
        assert after == before

    def test_is_as_folded_as_a_host_left_it(self, cast):
        talk(cast)
        for act, state in ((actions.fold_post, "folded"), (actions.return_post, "returned")):
            act(cast.places["ada"], 3, reason="Hard detail.", at=AT)
            actions.withdraw_post(cast.places["ben"], 3, at=AT)
            actions.restore_post(cast.places["ben"], 3, at=AT)
            post = Post.objects.get(number=3)
            assert (post.state, post.host_note, post.words) == (state, "Hard detail.", "Thank you.")
            assert ("Thank you." in page_of(cast)) is (state == "folded")

    def test_stands_under_the_name_that_it_has_by_then(self, cast):
        talk(cast)
        actions.reply(cast.places["ben"], 1, words="Hm.", nameless=True, at=AT, intent="c")
        for number in (3, 4):
            actions.withdraw_post(cast.places["ben"], number, at=AT)
        rename_persona(cast.places["ben"], name="Sedge")
        for number in (3, 4):
            actions.restore_post(cast.places["ben"], number, at=AT)
        _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=DAY)
        assert [post.name for post in topic.posts] == ["Sedge", "Fig", "Sedge", "Nameless 1"]

    def test_quotes_only_what_its_source_still_says(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert not Post.objects.filter(quoted__contains="Here").exists()
        actions.restore_post(cast.places["ben"], 3, at=AT)
        assert "Here too." not in Post.objects.get(number=3).html

    def test_ends_after_thirty_days(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        with pytest.raises(NotFound):
            actions.restore_post(cast.places["ben"], 3, at=LATE)
        assert actions.drop_gone(at=LATE - timedelta(seconds=1)) == 0
        assert actions.drop_gone(at=LATE) == 1
        assert actions.drop_gone(at=LATE) == 0
        for at in (AT, LATE):
            with pytest.raises(NotFound):
                actions.restore_post(cast.places["ben"], 3, at=at)

    def test_is_hers_alone(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        for name in ("fay", "ada"):
            with pytest.raises(NotFound):
                actions.restore_post(cast.places[name], 3, at=AT)
            client = client_of(cast.viewer(name))
            for tail in ("mine/", "history/", "withdrawal/"):
                assert client.get(f"/g/{cast.group}/posts/3/{tail}").status_code == 404
            assert client.post(f"/g/{cast.group}/posts/3/restoration/").status_code == 404

    def test_cannot_be_done_from_outside(self, cast):
        talk(cast)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        leave_group(cast.place("ben"), words="keep", at=AT)
        post = Post.objects.get(number=3)
        assert (post.gone_at, post.quoted, post.revisions.count()) == (None, "", 0)

    def test_is_told_to_whatever_keeps_a_form_of_it(self, cast, monkeypatch):
        told = []
        monkeypatch.setattr(events, "_within", defaultdict(list, {kind: list(them) for kind, them in events._within.items()}))
        for kind in ("withdrawn", "restored", "dropped"):
            events.listen(f"conversation.{kind}", lambda group, post, kind=kind: told.append((kind, post)), within=True)
        talk(cast)
        key = Post.objects.get(number=3).pk
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.restore_post(cast.places["ben"], 3, at=AT)
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        actions.drop_gone(at=LATE)
        assert told == [("withdrawn", key), ("restored", key), ("withdrawn", key), ("dropped", key)]

    def test_twice_does_nothing_twice(self, cast):
        talk(cast)
        for _time in range(2):
            actions.withdraw_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.get(number=3).revisions.count() == 1
        for _time in range(2):
            actions.restore_post(cast.places["ben"], 3, at=AT)
        assert Post.objects.get(number=3).revisions.count() == 0
        actions.withdraw_post(cast.places["ben"], 3, at=AT)
        with pytest.raises(Refused):
            actions.edit_post(cast.places["ben"], 3, words="x", at=AT)


class TestAFirstPost:
    def test_that_nobody_answered_takes_its_topic_along_and_brings_it_back(self, cast):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert queries.list_topics(cast.places["fay"])[0] == []
        later = AT + timedelta(days=2)
        actions.restore_post(cast.places["ben"], 1, at=later)
        (row,) = queries.list_topics(cast.places["fay"])[0]
        assert (row.title, row.waiting_since) == ("Rain", later)

    @pytest.mark.parametrize("who", ["ben", "fay"])
    def test_another_voice_keeps_the_topic_even_if_it_is_hers(self, cast, who):
        actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", nameless=True, at=AT, intent="")
        actions.reply(cast.places[who], 1, words="Here too.", at=AT, intent="")
        actions.withdraw_post(cast.places["ben"], 1, at=AT)
        assert [row.number for row in queries.list_topics(cast.places["ada"])[0]] == [1]

    def test_and_the_last_of_its_answers_leave_no_empty_topic(self, cast):
        talk(cast)
        for who, number in (("ben", 1), ("ben", 3)):
            actions.withdraw_post(cast.places[who], number, at=AT)
        assert [row.number for row in queries.list_topics(cast.places["eve"])[0]] == [1]
        actions.withdraw_post(cast.places["fay"], 2, at=AT)
        assert queries.list_topics(cast.places["eve"])[0] == []
        assert Topic.objects.get().waiting_since is None
        actions.restore_post(cast.places["fay"], 2, at=AT)
        assert "Here too." in page_of(cast, "eve")
        assert [row.number for row in queries.list_topics(cast.places["eve"])[0]] == [1]


class TestALineInItsPlace:
    def test_is_drawn_unless_she_wants_none(self, cast):
        talk(cast)
        ben, base = client_of(cast.viewer("ben")), f"/g/{cast.group}/posts/"
        assert ben.post(f"{base}3/withdrawal/", {"line": "1"}).headers["Location"] == f"{base}3/mine/"
        ben.post(f"{base}1/withdrawal/", {"line": ""})
        html = page_of(cast)
        assert 'id="p3"' in html
        assert "took it back" in html
        assert 'id="p1"' not in html
        assert page_of(cast, tail="topics/1/posts/1/").strip() == ""
        mine = page_of(cast, "ben")
        assert mine.count("You took this back.") == 2
        assert f"{base}1/mine/" in mine
        assert "Bring it back" in ben.get(f"{base}1/mine/").content.decode()
        ben.post(f"{base}1/restoration/")
        assert "It rained all week." in page_of(cast)

    def test_a_page_of_which_all_is_gone_can_still_be_opened(self, cast):
        talk(cast)
        for n in range(40):
            actions.reply(cast.places["ben"], 1, words=f"More {n}.", at=AT, intent=f"m{n}")
        for post in Post.objects.filter(place__range=(21, 40)):
            actions.withdraw_post(cast.places["ben"], post.number, unseen=True, at=AT)
        for page, shown in ((1, 20), (2, 0), (3, 3)):
            assert page_of(cast, tail=f"topics/1/?page={page}").count("<article") == shown


class TestQuotes:
    def test_cost_no_statement_each(self, cast):
        spent = []
        for topic, quotes in ((1, 2), (2, 12)):
            first = actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent=f"t{topic}").number
            for n in range(quotes):
                actions.reply(cast.places["fay"], topic, words="@Wren, yes.", quote=first, at=AT, intent=f"{topic}:{n}")
            with CaptureQueriesContext(connection) as renamed:
                rename_persona(cast.places["ben"], name=f"Wren {topic}")
            rename_persona(cast.places["ben"], name="Wren")
            with CaptureQueriesContext(connection) as changed:
                actions.edit_post(cast.places["ben"], first, words="It snowed.", at=AT)
            assert not Post.objects.filter(topic__number=topic).exclude(quoted="").exists()
            spent.append((len(renamed), len(changed)))
        assert spent[0] == spent[1]

    def test_of_a_post_taken_back_cost_no_statement_each(self, cast):
        spent = []
        for topic, quotes in ((1, 2), (2, 12)):
            first = actions.start_topic(cast.places["ben"], title="Rain", words="It rained.", at=AT, intent=f"t{topic}").number
            for n in range(quotes):
                actions.reply(cast.places["fay"], topic, words="@Wren, yes.", quote=first, at=AT, intent=f"{topic}:{n}")
            with CaptureQueriesContext(connection) as gone:
                actions.withdraw_post(cast.places["ben"], first, at=AT)
            assert not Post.objects.filter(html__contains="rained").exists()
            spent.append(len(gone))
        assert spent[0] == spent[1]
