"""Hosts pin, close, sort and move; what anybody has read stays read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions, queries, reading
from kith.conversation.models import Post, ReadMark, Relay, Tag, Topic
from kith.core.errors import Invalid, NotFound
from kith.groups.queries import get_place
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.clients import client_of
from kith.web.assets import css_text

pytestmark = pytest.mark.django_db
DAY, HOUR = AT.date(), timedelta(hours=1)


@pytest.fixture
def cast(db):
    return make_cast()


def start(cast, who="ben", title="Sleep", **more):
    return actions.start_topic(cast.places[who], title=title, words=f"About {title}.", at=AT, intent="", **more)


def posts(cast, topic=1, reader="fay"):
    _place, page = queries.get_topic(cast.viewer(reader), cast.group, topic, today=DAY)
    return [(post.number, post.name) for post in page.posts]


class TestPinning:
    def test_puts_a_topic_on_top_of_the_list_once(self, cast):
        for title in ("Old", "New", "Newer"):
            start(cast, title=title)
        actions.tend_topic(cast.places["ada"], 1, pinned=True, at=AT)
        page = client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/").content.decode()
        assert page.count(">Old<") == 1
        assert page.index(">Old<") < page.index(">Newer<")
        actions.tend_topic(cast.places["ada"], 1, pinned=False, at=AT)
        assert queries.list_pinned(cast.places["fay"]) == []

    def test_is_for_hosts(self, cast):
        start(cast)
        with pytest.raises(NotFound):
            actions.tend_topic(cast.places["ben"], 1, pinned=True, at=AT)


class TestTheButtons:
    def test_each_has_an_address_of_its_own_and_says_what_is_to_be(self, cast):
        start(cast)
        client, base = client_of(cast.viewer("ada")), f"/g/{cast.group}/topics/1/"
        for field, deed in (("pinned_on", "pin"), ("closed_on", "closure")):
            for value in ("on", "off"):
                form = client.get(base).content.decode().partition("For hosts")[2].partition("</form>")[0]
                assert f'action="{base}{deed}/"' in form
                assert f'name="{deed}" value="{value}"' in form
                for _twice in range(2):  # from a stale page
                    client.post(f"{base}{deed}/", {deed: value})
                    assert (getattr(Topic.objects.get(), field) is not None) == (value == "on")


class TestClosing:
    def test_takes_no_more_answers_and_gives_the_words_back(self, cast):
        start(cast)
        actions.tend_topic(cast.places["ada"], 1, closed=True, at=AT)
        client = client_of(cast.viewer("fay"))
        assert b'id="write"' not in client.get(f"/g/{cast.group}/topics/1/").content
        answer = client.post(f"/g/{cast.group}/topics/1/reply/", {"words": "Late words", "intent": "a"})
        assert answer.status_code == 422
        assert b"A host has closed this topic" in answer.content
        assert b"Late words" in answer.content
        assert Topic.objects.get().waiting_since is None
        actions.tend_topic(cast.places["ada"], 1, closed=False, at=AT)
        actions.reply(cast.places["fay"], 1, words="Now.", at=AT, intent="")

    def test_shows_what_somebody_had_begun_to_write(self, cast):
        start(cast)
        actions.save_draft(cast.places["fay"], "reply:1", words="Half a thought")
        actions.tend_topic(cast.places["ada"], 1, closed=True, at=AT)
        assert b"Half a thought" in client_of(cast.viewer("fay")).get(f"/g/{cast.group}/topics/1/").content


class TestTags:
    @pytest.fixture
    def tagged(self, cast):
        """Give the group three tags."""
        actions.set_tags(cast.places["ada"], [(0, "sleep"), (0, "work"), (0, "letters")], at=AT)
        return cast

    def test_sort_topics_and_find_them_again(self, tagged):
        start(tagged, title="One", tags=[1])
        start(tagged, title="Two", tags=[1, 2])
        start(tagged, title="Three")
        found, _older = queries.list_topics(tagged.places["fay"], tag=1)
        assert [row.title for row in found] == ["Two", "One"]
        assert found[0].tags == ("sleep", "work")
        page = client_of(tagged.viewer("fay")).get(f"/g/{tagged.group}/topics/?tag=2").content
        assert b">Two<" in page
        assert b">Three<" not in page

    def test_without_a_topic_say_so_and_lead_to_all(self, tagged):
        start(tagged, title="One", tags=[1])
        html = client_of(tagged.viewer("fay")).get(f"/g/{tagged.group}/topics/?tag=2").content.decode()
        assert "No topic has this tag yet." in html
        assert "Nothing has been said here yet." not in html
        assert f'<a class="link-touch" href="/g/{tagged.group}/topics/">Show all topics</a>' in html
        assert 'href="?tag=2" aria-current="true">work</a>' in html
        assert html.count('aria-current="true"') == 1

    def test_that_are_chosen_look_it(self):
        assert ".link-touch[aria-current]{" in css_text()

    def test_a_list_says_that_a_host_may_close_a_topic(self, tagged):
        html = client_of(tagged.viewer("fay")).get(f"/g/{tagged.group}/topics/").content.decode()
        assert "Old topics stay open, unless a host closes one." in html
        assert "Nothing has been said here yet." in html

    def test_are_chosen_while_starting_and_at_most_three(self, tagged):
        client = client_of(tagged.viewer("fay"))
        actions.set_tags(tagged.places["ada"], [(1, "sleep"), (2, "work"), (3, "letters"), (0, "food")], at=AT)
        form = {"title": "T", "words": "W", "tag": ["1", "2", "3", "4"], "intent": "a"}
        answer = client.post(f"/g/{tagged.group}/topics/new/", form)
        assert answer.status_code == 422
        assert b"Choose 3 tags at the most" in answer.content
        assert answer.content.count(b"checked") >= 4
        client.post(f"/g/{tagged.group}/topics/new/", form | {"tag": ["1", "4"]})
        assert Topic.objects.get().tags_shown == "food\nsleep"

    def test_follow_a_new_name_and_go_with_an_empty_one(self, tagged):
        start(tagged, tags=[1, 2])
        actions.set_tags(tagged.places["ada"], [(1, "nights"), (2, " "), (3, "letters")], at=AT)
        assert Topic.objects.get().tags_shown == "nights"
        assert set(Tag.objects.values_list("number", "name")) == {(1, "nights"), (3, "letters")}
        actions.set_tags(tagged.places["ada"], [(1, "nights"), (0, "walks")], at=AT)
        assert Tag.objects.get(name="walks").number == 4  # an old number never means another tag
        actions.set_tags(tagged.places["ada"], [(1, "nights")], at=AT)
        actions.set_tags(tagged.places["ada"], [(1, "nights"), (0, "food")], at=AT)
        assert Tag.objects.get(name="food").number == 5  # also where it was the last that went

    def test_may_change_names_with_one_another(self, tagged):
        start(tagged, title="Both", tags=[1, 2])
        start(tagged, title="One", tags=[1, 3])
        actions.set_tags(tagged.places["ada"], [(1, "work"), (2, "sleep"), (3, "letters")], at=AT)
        assert list(Topic.objects.order_by("number").values_list("tags_shown", flat=True)) == ["sleep\nwork", "letters\nwork"]

    def test_of_another_group_keep_their_names(self, tagged):
        place = get_place(tagged.viewer("fay"), open_group(tagged, first="fay", second="ben"))
        actions.set_tags(place, [(0, "sleep")], at=AT)
        actions.start_topic(place, title="T", words="W", tags=[1], at=AT, intent="")
        actions.set_tags(tagged.places["ada"], [(1, "nights"), (2, "work")], at=AT)
        assert Topic.objects.get().tags_shown == "sleep"

    def test_are_named_anew_at_the_same_cost_however_many_topics_have_them(self, tagged):
        costs, names = [], iter(("nights", "evenings"))
        for count in (2, 20):
            for n in range(count):
                start(tagged, tags=[1, 2] if n % 2 else [1])
            with CaptureQueriesContext(connection) as ran:
                actions.set_tags(tagged.places["ada"], [(1, next(names)), (2, "work")], at=AT)
            costs.append(len(ran))
            actions.set_tags(tagged.places["ada"], [(1, "sleep"), (2, "work"), (0, "letters")], at=AT)
        assert costs[0] == costs[1] <= 14

    def test_that_keep_their_names_cost_their_topics_nothing(self, tagged):
        start(tagged, tags=[1])
        with CaptureQueriesContext(connection) as ran:
            actions.set_tags(tagged.places["ada"], [(1, "sleep"), (2, "work"), (3, "letters"), (0, "food")], at=AT)
        assert not [query for query in ran if "conversation_topic" in query["sql"]]

    @pytest.mark.parametrize("names", [["x" * 31], ["work", "Work"], [str(n) for n in range(13)]])
    def test_are_refused_with_a_word_why(self, tagged, names):
        with pytest.raises(Invalid) as refused:
            actions.set_tags(tagged.places["ada"], [(0, name) for name in names], at=AT)
        assert "tags" in refused.value.problems
        form = {f"name{at}": name for at, name in enumerate(names)}
        client = client_of(tagged.viewer("ada"))
        if len(names) <= 12:
            answer = client.post(f"/g/{tagged.group}/desk/tags/", form)
            assert answer.status_code == 422
            assert names[0].encode() in answer.content

    def test_an_author_sorts_her_own_topic_and_nobody_elses(self, tagged):
        start(tagged)
        actions.sort_topic(tagged.places["ben"], 1, [2], at=AT)
        assert Topic.objects.get().tags_shown == "work"
        with pytest.raises(NotFound):
            actions.sort_topic(tagged.places["fay"], 1, [1], at=AT)


class TestMoving:
    @pytest.fixture
    def talk(self, cast):
        """Start a topic with five answers, read by eve up to the third."""
        start(cast)
        for at, who in enumerate(("fay", "ben", "fay", "eve", "ben"), 1):
            actions.reply(cast.places[who], 1, words=f"Word {at}.", at=AT + at * HOUR, intent="")
        reading.note(cast.places["eve"].persona, Topic.objects.get().pk, 4)
        reading.flush()
        return cast

    def test_takes_what_follows_to_a_topic_of_its_own(self, talk):
        moved = actions.move_posts(talk.places["ada"], 3, title="Another thing", following=True, at=AT)
        assert moved.topic == 2
        assert posts(talk, 1) == [(1, "Wren"), (2, "Fig")]
        assert [number for number, _name in posts(talk, 2)] == [3, 4, 5, 6]
        old, new = Topic.objects.get(number=1), Topic.objects.get(number=2)
        assert (old.last_place, old.went_to, old.last_at) == (2, "2", AT + HOUR)
        assert (new.last_place, new.came_from, new.author_id, new.waiting_since) == (4, 1, talk.places["ben"].persona, None)
        assert Post.objects.get(number=3).place == 1

    def test_takes_one_alone_and_closes_the_gap(self, talk):
        actions.move_posts(talk.places["ada"], 3, title="Another thing", following=False, at=AT)
        assert [number for number, _name in posts(talk, 1)] == [1, 2, 4, 5, 6]
        assert sorted(Post.objects.filter(topic__number=1).values_list("place", flat=True)) == [1, 2, 3, 4, 5]
        assert Topic.objects.get(number=2).waiting_since == AT + 2 * HOUR

    @pytest.mark.parametrize("act", ["withdraw", "fold", "return"])
    def test_what_is_left_alone_does_not_wait_if_it_cannot_be_read(self, talk, act):
        {
            "withdraw": lambda: actions.withdraw_post(talk.places["ben"], 1, at=AT),
            "fold": lambda: actions.fold_post(talk.places["ada"], 1, reason="Hard.", at=AT),
            "return": lambda: actions.return_post(talk.places["ada"], 1, reason="A street.", at=AT),
        }[act]()
        actions.move_posts(talk.places["ada"], 2, title="Another thing", following=True, at=AT)
        assert Topic.objects.get(number=1).waiting_since is None
        assert not Relay.objects.filter(topic__number=1).exists()

    def test_a_folded_post_does_not_wait_in_its_own_topic(self, talk):
        actions.fold_post(talk.places["ada"], 3, reason="Hard.", at=AT)
        actions.move_posts(talk.places["ada"], 3, title="Another thing", following=False, at=AT)
        assert Topic.objects.get(number=2).waiting_since is None
        assert not Relay.objects.filter(topic__number=2).exists()

    def test_costs_the_same_however_many_posts_go_along(self, cast):
        costs = []
        for count in (4, 24):
            first = start(cast, "ada")
            for n in range(count):
                actions.reply(cast.places["ben"], first.topic, words=f"Word {n}.", at=AT, intent="")
            told = Notice.objects.filter(kind="conversation.answered", mailbox=cast.places["ada"].mailbox)
            assert told.filter(about__startswith=f"{cast.group}:{first.topic}:").count() == count
            with CaptureQueriesContext(connection) as ran:
                moved = actions.move_posts(cast.places["ada"], first.number + 1, title="More", following=True, at=AT)
            assert told.filter(about__startswith=f"{cast.group}:{moved.topic}:").count() == count
            costs.append(len(ran))
        assert costs[0] == costs[1]

    def test_leaves_read_what_was_read(self, talk):
        actions.move_posts(talk.places["ada"], 3, title="Another thing", following=True, at=AT)
        marks = dict(ReadMark.objects.values_list("topic__number", "upto"))
        assert marks == {1: 2, 2: 2}

    def test_leaves_no_empty_topic_in_the_list(self, talk):
        for number in (1, 3):
            actions.withdraw_post(talk.places["ben"], number, at=AT)
        actions.move_posts(talk.places["ada"], 4, title="Later", following=True, at=AT)
        assert Topic.objects.get(number=1).gone_on is None
        actions.move_posts(talk.places["ada"], 2, title="Another thing", following=False, at=AT)
        assert Topic.objects.get(number=1).gone_on == DAY
        assert {row.number for row in queries.list_topics(talk.places["fay"])[0]} == {2, 3}
        actions.restore_post(talk.places["ben"], 3, at=AT)
        assert {row.number for row in queries.list_topics(talk.places["fay"])[0]} == {1, 2, 3}
        assert "Word 2." in client_of(talk.viewer("fay")).get(f"/g/{talk.group}/topics/1/").content.decode()

    def test_old_links_lead_to_where_it_stands_now(self, talk):
        actions.move_posts(talk.places["ada"], 3, title="Another thing", following=True, at=AT)
        client = client_of(talk.viewer("fay"))
        answer = client.get(f"/g/{talk.group}/topics/1/?post=4")
        assert (answer.status_code, answer["Location"]) == (302, f"/g/{talk.group}/topics/2/?post=4#p4")
        assert f"/g/{talk.group}/topics/2/".encode() in client.get(f"/g/{talk.group}/topics/1/").content
        assert f"/g/{talk.group}/topics/1/".encode() in client.get(f"/g/{talk.group}/topics/2/").content

    def test_a_link_into_a_line_tells_nothing(self, talk):
        posted = actions.start_line(talk.places["ben"], words="Quiet.", at=AT, intent="")
        answer = client_of(talk.viewer("fay")).get(f"/g/{talk.group}/topics/1/?post={posted.number}")
        assert answer.status_code == 200

    def test_where_a_post_went_is_told_only_to_whoever_may_read_it(self, talk):
        actions.move_posts(talk.places["ada"], 3, title="Elsewhere", following=False, at=AT)
        path = f"/g/{talk.group}/topics/1/?post="
        assert client_of(talk.viewer("fay")).get(f"{path}3").status_code == 302
        for who in ("guest", "cleo"):
            client = client_of(talk.viewer(who))
            assert client.get(f"{path}3").status_code == client.get(f"{path}99").status_code in (401, 404)

    def test_is_for_hosts_never_takes_the_first_post_and_asks_for_a_title(self, talk):
        for who, number in (("fay", 3), ("ada", 1), ("ada", 99)):
            with pytest.raises(NotFound):
                actions.move_posts(talk.places[who], number, title="T", following=True, at=AT)
        client = client_of(talk.viewer("ada"))
        answer = client.post(f"/g/{talk.group}/posts/3/moving/", {"title": " ", "following": "1"})
        assert answer.status_code == 422
        assert b"Give it a title" in answer.content
        assert client.post(f"/g/{talk.group}/posts/3/moving/", {"title": "Nights"}).status_code == 302
