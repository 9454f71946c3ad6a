"""A picture stands by its words: posted with them, seen by whoever reads them, gone with them, and never left lying."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.conversation import actions, queries
from kith.conversation.models import Picture, Post, Revision
from kith.core import files
from kith.core.errors import Invalid, NotFound, SignInFirst
from kith.groups.actions import leave_group
from kith.testing.cast import AT, make_cast
from kith.testing.pictures import as_file, photograph

pytestmark = pytest.mark.django_db
DATA = as_file(photograph(64, 48))
LATER = AT + timedelta(days=1)


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="First.", at=AT, intent="")
    return made


def take(cast, who="ben", where="reply:1", alt="A window."):
    return actions.take_picture(cast.places[who], where, data=DATA, alt=alt, at=AT)


def answer(cast, *rows, who="ben", words="Look.", **more):
    wanted = [(row.name, row.alt) for row in rows]
    return actions.reply(cast.places[who], 1, words=words, pictures=wanted, at=AT, intent="", **more).number


def stored(row):
    return files.read(row.name, 64) is not None


def seen_by(cast, row):
    """Name everybody who is served this picture."""
    seen = []
    for who in ("ada", "ben", "cleo", "dov", "eve", "fay", "sue", "guest"):
        try:
            queries.get_picture(cast.viewer(who), cast.group, row.name, 64)
            seen.append(who)
        except (NotFound, SignInFirst):
            pass
    return seen


INSIDE = ["ada", "ben", "eve", "fay"]


class TestPosting:
    def test_puts_it_below_the_words_in_every_width(self, cast):
        row = actions.take_picture(cast.places["ben"], "reply:1", data=as_file(photograph(1000, 500)), alt='A "wet" <b>', at=AT)
        number = answer(cast, row)
        html = Post.objects.get(number=number).html
        path = f"/g/{cast.group}/pictures/{row.name}/"
        assert html.startswith("<p>Look.</p>\n<div")
        assert f'<a href="{path}"><img src="{path}960.webp"' in html
        assert f'srcset="{path}480.webp 480w, {path}960.webp 960w, {path}1000.webp 1000w"' in html
        assert 'width="1000" height="500" loading="lazy" decoding="async" alt="A &#34;wet&#34; &lt;b&gt;"' in html
        assert Picture.objects.get().keep_until is None

    def test_says_that_nothing_was_said_of_it(self, cast):
        number = answer(cast, take(cast, alt=""))
        assert "did not say what it shows" in Post.objects.get(number=number).html

    def test_begins_a_topic_too(self, cast):
        row = take(cast, where="topic")
        posted = actions.start_topic(
            cast.places["ben"], title="Two", words="Look.", pictures=[(row.name, "A door.")], at=AT, intent=""
        )
        assert 'alt="A door."' in Post.objects.get(number=posted.number).html

    def test_keeps_their_order(self, cast):
        rows = [take(cast, alt=f"Number {n}.") for n in range(4)]
        html = Post.objects.get(number=answer(cast, *reversed(rows))).html
        assert html.index("Number 3") < html.index("Number 2") < html.index("Number 0")

    def test_takes_four_and_no_fifth(self, cast):
        for _n in range(4):
            take(cast)
        with pytest.raises(Invalid, match="can hold 4 pictures"):
            take(cast)
        take(cast, where="topic")

    @pytest.mark.parametrize(("who", "where"), [("fay", "reply:1"), ("ben", "reply:2"), ("ben", "topic")])
    def test_takes_none_from_elsewhere(self, cast, who, where):
        row = take(cast, who, where)
        with pytest.raises(Invalid, match="is gone"):
            answer(cast, row)
        assert Post.objects.count() == 1

    def test_sent_twice_is_posted_once(self, cast):
        wanted = [(take(cast).name, "A window.")]
        for _time in range(2):
            actions.reply(cast.places["ben"], 1, words="Look.", pictures=wanted, at=AT, intent="k")
        assert Post.objects.count() == 2
        assert Picture.objects.get().post is not None

    def test_costs_no_statement_where_there_is_none(self, cast, django_assert_num_queries):
        with CaptureQueriesContext(connection) as done:
            answer(cast)
        assert not any("conversation_picture" in query["sql"] for query in done.captured_queries)
        with django_assert_num_queries(3):
            queries.get_topic(cast.viewer("ben"), cast.group, 1, today=AT.date())

    def test_costs_no_statement_to_read(self, cast, django_assert_num_queries):
        answer(cast, take(cast))
        with django_assert_num_queries(2):
            _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=AT.date())
        assert "<figure" in topic.posts[-1].html
        assert not topic.draft.pictures

    def test_the_page_knows_that_some_wait(self, cast):
        take(cast)
        _place, topic = queries.get_topic(cast.viewer("ben"), cast.group, 1, today=AT.date())
        assert topic.draft.pictures
        _place, topic = queries.get_topic(cast.viewer("fay"), cast.group, 1, today=AT.date())
        assert not topic.draft.pictures


class TestTwoPersonas:
    def test_share_no_byte_and_no_name(self, cast):
        first, second = take(cast, "ben"), take(cast, "fay")
        assert first.name != second.name
        assert files.read(first.name, 64) != files.read(second.name, 64)


class TestWhoSeesIt:
    def test_nobody_but_her_before_it_is_posted(self, cast):
        assert seen_by(cast, take(cast)) == ["ben"]

    def test_whoever_reads_the_post(self, cast):
        row = take(cast)
        answer(cast, row)
        assert seen_by(cast, row) == INSIDE

    def test_everybody_where_everybody_reads(self, db):
        cast = make_cast(readable=True)
        actions.start_topic(cast.places["ben"], title="One", words="First.", at=AT, intent="")
        row = take(cast)
        assert seen_by(cast, row) == ["ben"]
        answer(cast, row)
        assert seen_by(cast, row) == ["ada", "ben", "cleo", "dov", "eve", "fay", "sue", "guest"]

    def test_behind_a_fold_too(self, cast):
        row = take(cast)
        number = answer(cast, row)
        actions.fold_post(cast.places["ada"], number, reason="Hard.", at=AT)
        assert seen_by(cast, row) == INSIDE

    def test_her_alone_once_a_host_gave_it_back(self, cast):
        row = take(cast)
        number = answer(cast, row)
        actions.return_post(cast.places["ada"], number, reason="A street.", at=AT)
        assert seen_by(cast, row) == ["ben"]

    def test_her_alone_once_she_took_it_back(self, cast):
        row = take(cast)
        actions.withdraw_post(cast.places["ben"], answer(cast, row), at=AT)
        assert seen_by(cast, row) == ["ben"]

    def test_the_hosts_and_her_in_a_line_to_the_hosts(self, cast):
        line = actions.start_line(cast.places["ben"], words="May I ask you something?", at=AT, intent="")
        row = take(cast, where=f"reply:{line.topic}")
        actions.reply(cast.places["ben"], line.topic, words="Look.", pictures=[(row.name, "")], at=AT, intent="")
        assert seen_by(cast, row) == ["ada", "ben", "eve"]

    def test_nobody_in_another_width_or_group(self, cast):
        row = take(cast)
        answer(cast, row)
        for width in (63, 65, 480, 960, 1600):
            with pytest.raises(NotFound):
                queries.get_picture(cast.viewer("ben"), cast.group, row.name, width)
        with pytest.raises(NotFound):
            queries.get_picture(cast.viewer("ben"), "nogroup", row.name, 64)


class TestChanging:
    def _edit(self, cast, number, wanted, words="Look."):
        return actions.edit_post(cast.places["ben"], number, words=words, pictures=wanted, at=LATER)

    def test_takes_one_out_for_good(self, cast, django_capture_on_commit_callbacks):
        stays, goes = take(cast), take(cast)
        number = answer(cast, stays, goes)
        with django_capture_on_commit_callbacks(execute=True):
            post = self._edit(cast, number, [(stays.name, stays.alt)])
        assert goes.name not in post.html
        assert stays.name in post.html
        assert post.edited_on == LATER.date()
        assert not Revision.objects.filter(post=post).exists()
        assert seen_by(cast, goes) == []
        assert (stored(stays), stored(goes)) == (True, False)

    def test_adds_one_and_says_more_of_another(self, cast):
        number = answer(cast, first := take(cast))
        second = take(cast, where=f"edit:{number}")
        post = self._edit(cast, number, [(first.name, "A window in rain."), (second.name, "A door.")])
        assert "A window in rain." in post.html
        assert second.name in post.html

    def test_holds_four_together(self, cast):
        rows = [take(cast) for _n in range(4)]
        number = answer(cast, *rows)
        fifth = take(cast, where=f"edit:{number}")
        with pytest.raises(Invalid, match="can hold 4"):
            self._edit(cast, number, [(row.name, "") for row in (*rows, fifth)])

    def test_leaves_them_where_nothing_is_said_of_them(self, cast):
        row = take(cast)
        number = answer(cast, row)
        post = actions.edit_post(cast.places["ben"], number, words="Look again.", at=LATER)
        assert row.name in post.html
        assert "Look again." in post.html

    def test_nothing_is_no_change(self, cast):
        number = answer(cast, row := take(cast))
        assert self._edit(cast, number, [(row.name, row.alt)]).edited_on is None

    def test_a_quote_that_goes_leaves_the_pictures(self, cast):
        number = answer(cast, row := take(cast, "fay"), who="fay", quote=1, quoted="First.")
        actions.withdraw_post(cast.places["ben"], 1, at=LATER)
        html = Post.objects.get(number=number).html
        assert "First." not in html
        assert row.name in html


class TestGoing:
    def test_a_post_taken_back_keeps_them_for_thirty_days(self, cast, django_capture_on_commit_callbacks):
        row = take(cast)
        number = answer(cast, row)
        actions.withdraw_post(cast.places["ben"], number, at=AT)
        for day, there in ((30, True), (31, False)):
            with django_capture_on_commit_callbacks(execute=True):
                actions.sweep_pictures(at=AT + timedelta(days=day))
            assert Picture.objects.exists() is there
            assert stored(row) is there

    def test_a_post_that_comes_back_keeps_them(self, cast):
        row = take(cast)
        number = answer(cast, row)
        actions.withdraw_post(cast.places["ben"], number, at=AT)
        actions.show_pictures_of(Post.objects.get(number=number))
        actions.sweep_pictures(at=AT + timedelta(days=90))
        assert stored(row)

    def test_an_unposted_one_waits_three_days(self, cast, django_capture_on_commit_callbacks):
        row = take(cast)
        for day, there in ((3, True), (4, False)):
            with django_capture_on_commit_callbacks(execute=True):
                actions.sweep_pictures(at=AT + timedelta(days=day))
            assert stored(row) is there
        with pytest.raises(Invalid, match="is gone"):
            answer(cast, row)

    @pytest.mark.parametrize(("words", "left"), [("keep", True), ("nameless", True), ("withdraw", False)])
    def test_whoever_leaves_takes_along_what_she_chose(self, cast, django_capture_on_commit_callbacks, words, left):
        posted, back, waiting, given = (take(cast) for _n in range(4))
        answer(cast, posted)
        actions.withdraw_post(cast.places["ben"], answer(cast, back), at=AT)
        actions.return_post(cast.places["ada"], answer(cast, given), reason="A street.", at=AT)
        with django_capture_on_commit_callbacks(execute=True):
            leave_group(cast.places["ben"], words=words, at=LATER)
        assert [stored(row) for row in (posted, back, waiting, given)] == [left, False, False, words == "keep"]
        assert Picture.objects.count() == (left + (words == "keep"))

    def test_a_kill_between_row_and_file_leaves_nothing(self, cast, django_capture_on_commit_callbacks):
        """The row is gone, and the process died before the files were: the next sweep takes them."""
        row = take(cast)
        number = answer(cast, row)
        with (
            patch.object(files, "remove", side_effect=SystemExit) as remove,
            pytest.raises(SystemExit),
            django_capture_on_commit_callbacks(execute=True),
        ):
            actions.edit_post(cast.places["ben"], number, words="Look.", pictures=[], at=LATER)
        assert remove.called
        assert not Picture.objects.exists()
        assert stored(row)
        actions.sweep_pictures(at=LATER)
        assert not stored(row)

    def test_a_kill_between_row_and_first_file_leaves_nothing(self, cast, django_capture_on_commit_callbacks):
        with patch.object(files, "write", side_effect=SystemExit), pytest.raises(SystemExit):
            take(cast)
        assert Picture.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            actions.sweep_pictures(at=AT + timedelta(days=4))
        assert not Picture.objects.exists()

    def test_a_full_disk_says_so_and_leaves_no_row(self, cast):
        with patch.object(files, "_sync", side_effect=OSError("No space left")), pytest.raises(Invalid, match="could not keep"):
            take(cast)
        assert not Picture.objects.exists()
        actions.sweep_pictures(at=AT)
        assert list(files.stored()) == []

    def test_the_sweep_leaves_what_is_known(self, cast):
        actions.sweep_pictures(at=AT)  # what other tests left behind
        row = take(cast)
        files.write("zzzzzzzzzzzzzzzz", {480: b"x"})
        assert queries.check_store()["files of nobody"] == 1
        actions.sweep_pictures(at=AT)
        assert stored(row)
        store = queries.check_store()
        assert (store["pictures"], store["files of nobody"], store["without files"]) == (1, 0, 0)
