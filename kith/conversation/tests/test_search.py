"""Search: what is said can be found by those who may read it, as it reads now; what was taken away is found by nobody."""

from datetime import timedelta

import pytest
from django.db import connection

from kith.conversation import actions, queries, search
from kith.conversation.models import Post, Searched
from kith.conversation.rows import Sought
from kith.core.errors import Invalid, NotFound, SignInFirst, Stale
from kith.groups import actions as belong
from kith.groups.models import Group
from kith.groups.queries import get_place
from kith.testing.cast import AT, make_cast, open_group

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def cast(db):
    return make_cast()


def say(cast, words, *, by="ben", title="One", topic=0, at=AT, **more):
    """Start a topic, or answer in one; return the post's number."""
    place = cast.place(by)
    if topic:
        return actions.reply(place, topic, words=words, at=at, intent="", **more).number
    return actions.start_topic(place, title=title, words=words, at=at, intent="", **more).number


def find(cast, words="", *, who="fay", everywhere=False, **more):
    """Return the numbers of the posts that somebody finds."""
    return [row.number for row in look(cast, words, who=who, everywhere=everywhere, **more).posts]


def look(cast, words="", *, who="fay", everywhere=False, **more):
    viewer, code = cast.viewer(who), "" if everywhere else cast.group
    token = queries.seek(viewer, code, Sought(words, **more), at=AT)
    return queries.get_found(viewer, code, token, at=LATER)[1]


class TestWhatIsFound:
    def test_words_and_titles_newest_first(self, cast):
        say(cast, "It rained all week.", title="A wet week")
        say(cast, "The dog stayed in.", title="Dogs and weeks")
        assert find(cast, "week") == [2, 1]
        assert find(cast, "RAINING") == [1]
        assert find(cast, "dog -rain") == [2]
        assert find(cast, "week -dogs") == [1]

    def test_a_title_finds_the_first_post_alone(self, cast):
        say(cast, "Hello.", title="Hydrangea")
        say(cast, "Hello too.", topic=1, by="fay")
        assert find(cast, "hydrangea") == [1]

    def test_a_post_that_moved_is_found_by_its_new_title(self, cast):
        say(cast, "Hello.", title="Hydrangea")
        say(cast, "Something else.", topic=1, by="fay")
        actions.move_posts(cast.place("ada"), 2, title="Dahlias", following=False, at=LATER)
        assert find(cast, "dahlia") == [2]
        assert find(cast, "hydrangea") == [1]

    def test_what_an_author_added_later(self, cast):
        say(cast, "Hello.")
        Post.objects.update(later="It was the dahlias.")
        search.renew(Post.objects.get().pk)
        assert "the <mark>dahlias</mark>" in look(cast, "dahlia").posts[0].snippet

    def test_a_phrase_stands_together(self, cast):
        say(cast, "A long night, and a short day.")
        say(cast, "A night that was long.")
        assert find(cast, '"long night"') == [1]
        assert find(cast, 'day -"long night"') == []

    def test_the_best_first(self, cast):
        say(cast, "Sleep, sleep, and nothing but sleep.")
        say(cast, f"{'Something else altogether. ' * 20} Sleep.")
        assert find(cast, "sleep") == [2, 1]
        assert find(cast, "sleep", best=True) == [1, 2]

    def test_by_the_language_of_the_group(self, cast):
        Group.objects.filter(code=cast.group).update(language="de")
        say(cast, "Die Ärzte haben mir geholfen.")
        assert find(cast, "ärzten") == [1]
        assert find(cast, "arzte") == [1]

    def test_by_author_day_and_kind(self, cast):
        say(cast, "Rain here.", wish="ideas")
        say(cast, "Rain there.", topic=1, by="fay", at=AT + timedelta(days=2))
        assert find(cast, "rain", author="Wren") == [1]
        assert find(cast, author="wren") == [1]
        assert find(cast, "rain", author="Nobody") == []
        assert find(cast, "rain", since=AT.date() + timedelta(days=1)) == [2]
        assert find(cast, "rain", until=AT.date()) == [1]
        assert find(cast, "rain", kind="opening") == [1]
        assert find(cast, "rain", kind="answer") == [2]
        assert find(cast, "rain", kind="wish") == [1]
        assert find(cast, kind="mine") == [2]
        assert find(cast, kind="mine", everywhere=True, who="ben") == [1]

    def test_what_nobody_said_under_a_name_is_not_found_by_one(self, cast):
        say(cast, "Rain here.", nameless=True)
        assert find(cast, "rain") == [1]
        assert look(cast, "rain").posts[0].name == "Nameless 1"
        assert find(cast, "rain", author="Wren") == find(cast, author="Wren") == []
        assert find(cast, kind="mine", who="ben") == [1]

    def test_page_by_page_each_once(self, cast):
        for n in range(45):
            say(cast, "rain " * (n % 7 + 1), title=f"T{n}")
        for best in (False, True):
            viewer = cast.viewer("fay")
            token, seen, pages = queries.seek(viewer, cast.group, Sought("rain", best=best), at=AT), [], 0
            while token:
                found = queries.get_found(viewer, cast.group, token, at=LATER)[1]
                seen += [row.number for row in found.posts]
                token, pages = found.next, pages + 1
            assert sorted(seen) == list(range(1, 46))
            assert pages == 3

    def test_costs_two_statements_in_one_group_and_three_in_all(self, cast, django_assert_num_queries):
        say(cast, "Rain here.")
        viewer = cast.viewer("fay")
        for code, count in ((cast.group, 2), ("", 3)):
            token = queries.seek(viewer, code, Sought("rain"), at=AT)
            with django_assert_num_queries(count):
                queries.get_found(viewer, code, token, at=LATER)


class TestWhatIsGone:
    def test_a_post_taken_back(self, cast):
        say(cast, "A quagmire.")
        say(cast, "A quagmire too.", topic=1, by="fay")
        actions.withdraw_post(cast.place("fay"), 2, at=LATER)
        assert find(cast, "quagmire") == find(cast, "quagmire", everywhere=True) == [1]
        actions.withdraw_post(cast.place("ben"), 1, at=LATER)
        assert find(cast, "quagmire") == []
        assert not Searched.objects.exists()

    def test_a_post_folded_until_it_is_opened_again(self, cast):
        say(cast, "A quagmire.", title="Marsh")
        actions.fold_post(cast.place("ada"), 1, reason="Hard detail.", at=LATER)
        assert find(cast, "quagmire") == find(cast, "marsh") == []
        actions.edit_post(cast.place("ben"), 1, words="A quagmire still.", at=LATER)
        assert find(cast, "quagmire") == []
        actions.unfold_post(cast.place("ada"), 1, at=LATER)
        assert find(cast, "quagmire still") == find(cast, "marsh") == [1]

    def test_a_post_given_back(self, cast):
        say(cast, "A quagmire.")
        actions.return_post(cast.place("ada"), 1, reason="It names a street.", at=LATER)
        assert find(cast, "quagmire") == find(cast, "quagmire", who="ben") == []

    def test_how_a_post_read_before(self, cast):
        say(cast, "A quagmire.", title="Marsh")
        actions.edit_post(cast.place("ben"), 1, words="A meadow.", title="Grass", at=LATER)
        assert find(cast, "quagmire") == find(cast, "marsh") == []
        assert find(cast, "meadow") == find(cast, "grass") == [1]

    def test_the_words_of_one_who_left_with_them(self, cast):
        say(cast, "A quagmire.")
        say(cast, "A quagmire too.", topic=1, by="fay")
        belong.leave_group(cast.place("fay"), words="withdraw", at=LATER)
        assert find(cast, "quagmire", who="ben") == [1]

    def test_a_post_that_its_author_folded(self, cast):
        say(cast, "A quagmire.")
        Post.objects.update(own_fold=True)
        assert find(cast, "quagmire") == []
        search.renew(Post.objects.get().pk)
        assert not Searched.objects.exists()

    def test_is_held_against_the_row_even_where_the_index_was_not_told(self, cast):
        say(cast, "A quagmire.")
        Post.objects.update(state="withdrawn")
        assert find(cast, "quagmire") == []

    def test_leaves_no_byte_in_the_index(self, cast):
        say(cast, "A quagmire, and rain.")
        say(cast, "Only rain.")
        assert any(b"gmir" in block for block in blocks(cast))
        actions.withdraw_post(cast.place("ben"), 1, at=LATER)
        assert not any(b"gmir" in block for block in blocks(cast))
        assert find(cast, "rain") == [2]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO conversation_index (conversation_index) VALUES ('integrity-check')")


def blocks(cast):
    """Return the bytes of every row of the index."""
    find(cast, "whatever")  # what waits in memory is written before it is read
    tables = ["conversation_searched"]
    if connection.vendor == "sqlite":
        tables += ["conversation_index_data", "conversation_index_docsize"]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                yield repr(row).encode()
                yield from (bytes(value) for value in row if isinstance(value, bytes | memoryview))


class TestWhoFinds:
    def test_nobody_who_may_not_read(self, cast):
        say(cast, "Rain here.")
        for who, refusal in (("cleo", NotFound), ("guest", SignInFirst), ("sue", NotFound)):
            with pytest.raises(refusal):
                queries.seek(cast.viewer(who), cast.group, Sought("rain"), at=AT)
            with pytest.raises(refusal):
                queries.get_found(cast.viewer(who), cast.group, "00", at=AT)
        assert find(cast, "rain", who="cleo", everywhere=True) == []
        assert find(cast, "rain", who="sue", everywhere=True) == []

    def test_nobody_after_leaving(self, cast):
        say(cast, "Rain here.")
        token = queries.seek(cast.viewer("fay"), cast.group, Sought("rain"), at=AT)
        belong.leave_group(cast.place("fay"), words="keep", at=LATER)
        with pytest.raises(NotFound):
            queries.get_found(cast.viewer("fay"), cast.group, token, at=LATER)
        assert find(cast, "rain", everywhere=True) == []

    def test_readers_of_a_group_that_anyone_may_read(self, cast):
        code = open_group(cast, first="ada", second="eve", name="Open", readable=True, door="open")
        actions.start_topic(get_place(cast.viewer("ada"), code), title="One", words="Rain.", at=AT, intent="")
        for who in ("guest", "cleo"):
            token = queries.seek(cast.viewer(who), code, Sought("rain"), at=AT)
            assert len(queries.get_found(cast.viewer(who), code, token, at=AT)[1].posts) == 1
        assert find(cast, "rain", who="cleo", everywhere=True) == []

    def test_all_my_groups_and_no_other(self, cast):
        code = open_group(cast, first="ada", second="cleo", name="Another")
        say(cast, "Rain in one.")
        actions.start_topic(get_place(cast.viewer("cleo"), code), title="Two", words="Rain in another.", at=AT, intent="")
        assert [row.code for row in look(cast, "rain", who="ada", everywhere=True).posts] == [code, cast.group]
        assert [row.code for row in look(cast, "rain", who="cleo", everywhere=True).posts] == [code]
        assert [row.code for row in look(cast, "rain", who="ben", everywhere=True).posts] == [cast.group]

    def test_a_line_to_the_hosts_by_its_member_and_the_hosts_alone(self, cast):
        actions.start_line(cast.place("ben"), words="My lamp went out.", at=AT, intent="")
        other = open_group(cast, first="fay", second="cleo", name="Another")
        assert get_place(cast.viewer("fay"), other).leads
        for everywhere in (False, True):
            for who, found in (("ben", [1]), ("ada", [1]), ("eve", [1]), ("fay", [])):
                assert find(cast, "lamp", who=who, everywhere=everywhere) == found, (who, everywhere)
        assert look(cast, "lamp", who="ada").posts[0].title == "A line to the hosts"
        assert find(cast, author="Wren", who="fay") == []

    def test_a_token_is_for_her_who_typed_it_there(self, cast):
        say(cast, "Rain here.")
        token = queries.seek(cast.viewer("fay"), cast.group, Sought("rain"), at=AT)
        for who, code in (("ben", cast.group), ("fay", "")):
            with pytest.raises(Stale):
                queries.get_found(cast.viewer(who), code, token, at=LATER)

    def test_a_token_ends(self, cast):
        token = queries.seek(cast.viewer("fay"), "", Sought("rain"), at=AT)
        queries.get_found(cast.viewer("fay"), "", token, at=AT + timedelta(minutes=119))
        with pytest.raises(Stale):
            queries.get_found(cast.viewer("fay"), "", token, at=AT + timedelta(minutes=121))

    @pytest.mark.parametrize(
        "sought",
        [Sought(), Sought("-rain"), Sought("rain", since=AT.date(), until=AT.date() - timedelta(days=1)), Sought("\x00")],
    )
    def test_says_what_is_missing(self, cast, sought):
        with pytest.raises(Invalid):
            queries.seek(cast.viewer("fay"), cast.group, sought, at=AT)


class TestFill:
    def test_puts_in_what_came_before_there_was_a_search(self, cast):
        for n in range(3):
            say(cast, f"Rain {n}.")
        search.engine().clear()
        assert find(cast, "rain") == []
        assert search.fill() == 3
        assert search.fill() == 0
        assert find(cast, "rain") == [3, 2, 1]

    def test_anew_keeps_out_what_is_gone(self, cast):
        say(cast, "Rain one.")
        say(cast, "Rain two.")
        actions.fold_post(cast.place("ada"), 1, reason="Hard detail.", at=LATER)
        assert search.fill(anew=True) == 1
        assert find(cast, "rain") == [2]
