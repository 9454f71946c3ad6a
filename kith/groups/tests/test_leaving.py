"""What is left in the database of somebody who leaves, changes her name or closes her account; and what stays hers."""

import pytest
from django.db import connection

from kith.conversation import actions as talk
from kith.conversation import queries as talks
from kith.conversation.models import Post
from kith.core.errors import Invalid, NotFound, Refused
from kith.groups import actions, queries
from kith.groups.models import Group, Persona
from kith.groups.personas import relink_person
from kith.notify.models import Notice
from kith.people.lists import read_list
from kith.people.models import Person
from kith.safety.actions import answer_report, report
from kith.safety.models import Report
from kith.testing.cast import AT, PHRASE, Cast, make_cast, open_group

pytestmark = pytest.mark.django_db
WORD = "CANARYWORD"


@pytest.fixture
def cast(db):
    return make_cast()


def found(word: str) -> set[str]:
    """Name every column of every table that holds this word."""
    places = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                places |= {f"{table}.{name}" for name, value in zip(names, row, strict=True) if word in str(value)}
    return places


def say_it_everywhere(cast: Cast) -> None:
    """Let ben write the word in every way there is: posted, edited, quoted, folded, given back, taken back, reported, drafted."""
    ben, ada, fay = cast.places["ben"], cast.places["ada"], cast.places["fay"]
    talk.start_topic(ben, title=f"About {WORD}", words=f"{WORD} one", note=WORD, at=AT, intent="a")
    talk.edit_post(ben, 1, words=f"{WORD} one, changed", note=WORD, at=AT)
    talk.reply(fay, 1, words="Yes.", quote=1, quoted=f"{WORD} one, changed", at=AT, intent="b")
    for number in (3, 4, 5, 6):
        talk.reply(ben, 1, words=f"{WORD} {number}", at=AT, intent=f"r{number}")
    for number in (3, 4, 6):
        report(fay, kind="post", number=number, reason="other", words="", at=AT)
    talk.fold_post(ada, 3, reason="Hard detail.", at=AT)
    talk.return_post(ada, 4, reason="It names a street.", at=AT)
    talk.withdraw_post(ben, 5, at=AT)
    talk.reply(fay, 1, words="Hm.", at=AT, intent="c")
    report(ben, kind="post", number=7, reason="other", words=WORD, at=AT)
    answer_report(ada, Report.objects.get(number=7).pk, outcome="keep", at=AT)
    talk.save_draft(ben, "reply:1", words=f"{WORD} unsent")


def leave(cast: Cast, words: str) -> None:
    actions.leave_group(cast.place("ben"), words=words, at=AT)


def close(cast: Cast, words: str) -> None:
    actions.close_account(cast.viewer("ben").person or 0, phrase=PHRASE, words=words, now=True, at=AT)
    actions.run_errands(at=AT)


def leave_and_close(cast: Cast, words: str) -> None:
    leave(cast, "keep")
    close(cast, words)


def leave_and_choose_again(cast: Cast, words: str) -> None:
    leave(cast, "keep")
    actions.choose_again(cast.viewer("ben"), cast.group, cast.places["ben"].handle, words=words, at=AT)


WAYS = [leave, close, leave_and_close, leave_and_choose_again]


class TestTakingEveryWordBack:
    @pytest.mark.parametrize("way", WAYS)
    def test_leaves_only_the_copy_that_an_open_report_needs(self, cast: Cast, way):
        say_it_everywhere(cast)
        way(cast, "withdraw")
        assert found(WORD) == {"safety_report.copy"}
        answer_report(cast.place("ada"), Report.objects.get(number=6).pk, outcome="keep", at=AT)
        assert found(WORD) == set()

    def test_takes_the_copy_too_when_the_group_closes(self, cast: Cast):
        say_it_everywhere(cast)
        leave(cast, "withdraw")
        actions.close_group(cast.place("ada"), at=AT)
        assert found(WORD) == set()

    def test_a_single_post_of_a_member_who_stays_keeps_its_history_for_her(self, cast: Cast):
        say_it_everywhere(cast)
        talk.withdraw_post(cast.places["ben"], 1, at=AT)
        assert [row.words for row in talks.list_revisions(cast.places["ben"], 1)] == [f"{WORD} one, changed", f"{WORD} one"]

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("words", ["nameless", "withdraw"])
    def test_no_table_holds_the_name(self, cast: Cast, way, words):
        say_it_everywhere(cast)
        talk.reply(cast.places["ben"], 1, words="To you.", quote=2, quoted="Yes.", at=AT, intent="d")
        way(cast, words)
        assert found("Wren") == set()


class TestWordsOfNobody:
    @pytest.mark.parametrize("way", WAYS)
    def test_nameless_leaves_what_can_be_read_and_no_copy(self, cast: Cast, way):
        say_it_everywhere(cast)
        way(cast, "nameless")
        assert found(WORD) == {
            "conversation_topic.title", "conversation_post.words", "conversation_post.html", "conversation_post.note",
            "conversation_post.quoted", "safety_report.copy",
        }  # fmt: skip
        assert not Post.objects.filter(state="returned", words__contains=WORD).exists()

    @pytest.mark.parametrize("way", [close, leave_and_close])
    def test_closing_with_names_leaves_no_copy_either(self, cast: Cast, way):
        say_it_everywhere(cast)
        way(cast, "keep")
        assert not found(WORD) & {"conversation_revision.words", "safety_decision.words", "conversation_draft.words"}
        persona = Persona.objects.get(pk=cast.places["ben"].persona)
        assert (persona.name, persona.owner_tag, persona.owner_sealed) == ("Wren", None, None)

    def test_what_a_host_gives_back_to_nobody_is_not_kept(self, cast: Cast):
        talk.start_topic(cast.places["ben"], title="One", words=f"{WORD} one", at=AT, intent="a")
        leave(cast, "nameless")
        talk.return_post(cast.place("ada"), 1, reason="It names a street.", at=AT)
        assert found(WORD) == set()


class TestTheOldName:
    def _quoted(self, cast: Cast) -> None:
        talk.start_topic(cast.places["fay"], title="One", words="Hello there.", at=AT, intent="a")
        talk.reply(cast.places["ben"], 1, words="My own words.", at=AT, intent="b")
        talk.reply(cast.places["fay"], 1, words="So true.", quote=2, quoted="My own words.", at=AT, intent="c")

    def test_goes_from_quotes_and_notices_when_she_takes_another(self, cast: Cast):
        self._quoted(cast)
        actions.rename_persona(cast.places["ben"], name="Sedge")
        assert found("Wren") == set()
        post = Post.objects.get(number=3)
        assert "Sedge wrote" in post.html
        assert "So true." in post.html
        assert Notice.objects.get(kind="conversation.answered").who == "Sedge"

    def test_gives_way_to_a_member_when_she_leaves_it_off(self, cast: Cast):
        self._quoted(cast)
        leave(cast, "nameless")
        assert "A member wrote" in Post.objects.get(number=3).html
        assert Notice.objects.get(kind="conversation.answered").who == ""

    def test_all_nameless_posts_have_one_face(self, cast: Cast):
        for name in ("ben", "fay"):
            actions.leave_group(cast.places[name], words="nameless", at=AT)
        assert Persona.objects.filter(name="").values("avatar").distinct().count() == 1

    def test_is_held_for_the_words_that_stay_under_it(self, cast: Cast):
        leave(cast, "keep")
        for name in ("Wren", "wr3n", "W r e n"):
            with pytest.raises(Invalid):
                actions.join_group(cast.group, by=cast.viewer("cleo"), name=name, at=AT)
            with pytest.raises(Invalid):
                actions.rename_persona(cast.places["fay"], name=name)
        actions.join_group(cast.group, by=cast.viewer("ben"), name="Wren", at=AT)

    def test_is_held_after_the_account_has_gone_too(self, cast: Cast):
        close(cast, "keep")
        with pytest.raises(Invalid):
            actions.join_group(cast.group, by=cast.viewer("cleo"), name="Wren", at=AT)

    def test_is_free_once_nothing_stands_under_it(self, cast: Cast):
        leave_and_choose_again(cast, "nameless")
        actions.join_group(cast.group, by=cast.viewer("cleo"), name="Wren", at=AT)

    @pytest.mark.parametrize("ended", ["left", "closed"])
    def test_is_pointed_out_in_another_group(self, cast: Cast, ended):
        other = open_group(cast, first="ada", second="eve", name="Second")
        leave(cast, "keep") if ended == "left" else actions.close_group(cast.place("ada"), at=AT)
        assert queries.goes_by(cast.viewer("ben"), "wren", but=Group.objects.get(code=other).pk)
        assert not queries.goes_by(cast.viewer("ben"), "wren", but=cast.places["ben"].key)
        assert not queries.goes_by(cast.viewer("cleo"), "wren")

    def test_a_no_leaves_neither_name_nor_seal(self):
        cast = make_cast(door="request")
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", words="May I?", at=AT)
        actions.decline(cast.place("ada"), queries.list_asking(cast.place("ada"))[0].handle, at=AT)
        assert found("Thistle") == set()
        assert Persona.objects.exclude(left_on=None).get().owner_sealed is None


class TestHerOwnList:
    def test_keeps_where_she_was_until_she_lets_it_go(self, cast: Cast):
        viewer, handle = cast.viewer("ben"), cast.places["ben"].handle
        leave(cast, "keep")
        assert [(own.code, own.past) for own in queries.list_past_groups(viewer)] == [(cast.group, "left")]
        assert queries.list_own_groups(viewer) == []
        with pytest.raises(NotFound):
            queries.get_past_group(cast.viewer("fay"), cast.group, handle)
        with pytest.raises(NotFound):
            actions.choose_again(cast.viewer("fay"), cast.group, handle, words="withdraw", at=AT)
        actions.choose_again(viewer, cast.group, handle, words="nameless", at=AT)
        assert queries.list_past_groups(viewer) == []
        assert read_list(viewer.person).left == ()

    def test_tells_nothing_by_its_size(self, cast: Cast):
        def sizes() -> set[int]:
            return {len(bytes(row)) for row in Person.objects.values_list("list_sealed", flat=True)}

        before = sizes()
        for _time in range(3):
            leave(cast, "keep")
            actions.join_group(cast.group, by=cast.viewer("ben"), name="Wren", at=AT)
        assert len(read_list(cast.viewer("ben").person).left) == 3
        assert sizes() == before
        assert len(before) == 1

    def test_comes_back_by_the_tags_alone(self, cast: Cast):
        person = cast.viewer("ben").person or 0
        leave(cast, "keep")
        before = read_list(person)
        assert relink_person(person) is False
        Person.objects.filter(pk=person).update(list_sealed=None)
        assert relink_person(person) is True
        assert read_list(person).left == before.left


class TestAGroupThatCloses:
    def test_tells_everybody_and_answers_who_asked(self):
        cast = make_cast(door="request")
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", at=AT)
        actions.close_group(cast.place("ada"), at=AT)
        told = set(Notice.objects.filter(kind="groups.closed").values_list("mailbox", flat=True))
        assert told == {cast.places[name].mailbox for name in ("eve", "ben", "fay")}
        own = read_list(cast.viewer("dov").person)
        assert own.personas == ()
        assert Notice.objects.get(mailbox=own.mailbox).kind == "groups.declined"

    def test_with_the_account_of_its_last_host_tells_them_too(self, cast: Cast):
        actions.leave_group(cast.place("eve"), words="keep", at=AT)
        actions.close_account(cast.viewer("ada").person or 0, phrase=PHRASE, words="keep", now=True, at=AT)
        assert Group.objects.get(code=cast.group).closed_on == AT.date()
        told = set(Notice.objects.filter(kind="groups.closed").values_list("mailbox", flat=True))
        assert told == {cast.places[name].mailbox for name in ("ben", "fay")}

    def test_only_hosts_close_it(self, cast: Cast):
        with pytest.raises(NotFound):
            actions.close_group(cast.places["ben"], at=AT)

    def test_answers_everybody_alike_on_every_page(self, cast: Cast):
        talk.start_topic(cast.places["ben"], title="One", words="First.", at=AT, intent="a")
        actions.close_group(cast.place("ada"), at=AT)
        for look in (queries.get_place, queries.get_reading_place, queries.get_desk_place):
            with pytest.raises(Refused, match="has closed"):
                look(cast.viewer("ada"), cast.group)
            with pytest.raises(NotFound):
                look(cast.viewer("cleo"), cast.group)
        with pytest.raises(Refused, match="has closed"):
            talks.get_topic(cast.viewer("ben"), cast.group, 1, today=AT.date())

    def test_an_account_closes_without_closing_it_again(self, cast: Cast):
        from datetime import timedelta

        actions.close_group(cast.place("ada"), at=AT)
        for name in ("ada", "eve"):
            person = cast.viewer(name).person or 0
            actions.close_account(person, phrase=PHRASE, words="keep", now=True, at=AT + timedelta(days=9))
        assert Group.objects.get(code=cast.group).closed_on == AT.date()
        assert Notice.objects.filter(kind="groups.closed", mailbox=cast.places["ben"].mailbox).count() == 1


class TestAnInvitation:
    def test_is_answered_alike_before_and_after_a_name_is_chosen(self, cast: Cast):
        from datetime import timedelta

        made = actions.invite(cast.places["ada"], role="member", at=AT)
        late = AT + timedelta(days=15)
        with pytest.raises(NotFound):
            queries.get_invited_door(cast.viewer("cleo"), made.code, today=late.date())
        with pytest.raises(NotFound):
            actions.use_invitation(made.code, by=cast.viewer("cleo"), name="Heron", at=late)
        actions.close_group(cast.place("ada"), at=AT)
        with pytest.raises(Refused, match="has closed"):
            queries.get_invited_door(cast.viewer("cleo"), made.code, today=AT.date())
        with pytest.raises(Refused, match="has closed"):
            actions.use_invitation(made.code, by=cast.viewer("cleo"), name="Heron", at=AT)
