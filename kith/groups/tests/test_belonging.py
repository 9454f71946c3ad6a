"""Coming in, leading, leaving."""

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Post
from kith.core.errors import Invalid, NotFound, Refused, SignInFirst, Stale
from kith.groups import actions, queries
from kith.groups.models import Group, Persona
from kith.groups.viewer import GUEST
from kith.notify.models import Notice
from kith.notify.queries import list_notices
from kith.people.lists import read_list
from kith.testing.cast import AT, PHRASE, Cast, a_plan, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


class TestBeginning:
    def test_opens_only_with_a_steward_and_a_second_host(self, cast: Cast):
        persona = actions.begin_group(a_plan(name="New"), by=cast.viewer("cleo"), persona_name="Moss", at=AT)
        group = Group.objects.get(pk=persona.group_id)
        assert group.opened_on is None
        actions.approve_group(group.code, by=cast.viewer("sue"), at=AT)
        group.refresh_from_db()
        assert group.opened_on is None
        made = actions.invite(queries.get_place(cast.viewer("cleo"), group.code), role="host", at=AT)
        actions.use_invitation(made.code, by=cast.viewer("dov"), name="Fern", at=AT)
        group.refresh_from_db()
        assert group.opened_on == AT.date()

    def test_only_a_steward_approves(self, cast: Cast):
        for name in ("ada", "ben", "cleo"):
            with pytest.raises(NotFound):
                actions.approve_group(cast.group, by=cast.viewer(name), at=AT)

    def test_says_for_every_field_what_to_do(self, cast: Cast):
        with pytest.raises(Invalid) as refused:
            actions.begin_group(
                a_plan(name="", line=" ", for_whom="", charter="", agreements=()), by=cast.viewer("cleo"), persona_name="x", at=AT
            )
        assert set(refused.value.problems) == {"name", "line", "for_whom", "charter", "agreements"}


class TestComingIn:
    def test_through_an_open_door(self, cast: Cast):
        actions.join_group(cast.group, by=cast.viewer("cleo"), name="Heron", at=AT)
        assert queries.get_place(cast.viewer("cleo"), cast.group).persona_name == "Heron"
        assert len(read_list(cast.viewer("cleo").person).personas) == 1

    @pytest.mark.parametrize("name", ["", "\u200b", "x" * 25, "Wren", "w r e n", "Wr\u0435n", "The Host", "kith steward"])
    def test_not_under_a_name_that_is_empty_long_taken_or_pretends(self, cast: Cast, name):
        with pytest.raises(Invalid):
            actions.join_group(cast.group, by=cast.viewer("cleo"), name=name, at=AT)

    def test_a_name_taken_in_one_group_is_free_in_another(self, cast: Cast):
        actions.begin_group(a_plan(name="Other"), by=cast.viewer("cleo"), persona_name="Wren", at=AT)

    def test_not_twice_and_not_as_a_guest(self, cast: Cast):
        with pytest.raises(Refused, match="already belong"):
            actions.join_group(cast.group, by=cast.viewer("ben"), name="Other", at=AT)
        with pytest.raises(SignInFirst):
            actions.join_group(cast.group, by=GUEST, name="Other", at=AT)

    def test_by_request_two_hosts_answer_once(self):
        cast = make_cast(door="request")
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", words="May I?", at=AT)
        host = cast.place("ada")
        (asking,) = queries.list_asking(host)
        assert (asking.name, asking.words) == ("Thistle", "May I?")
        assert Notice.objects.filter(kind="groups.asked").count() == 2
        with pytest.raises(NotFound):
            queries.get_place(cast.viewer("dov"), cast.group)
        actions.welcome(host, asking.handle, at=AT)
        assert queries.get_place(cast.viewer("dov"), cast.group).persona_name == "Thistle"
        with pytest.raises(Stale):
            actions.decline(cast.place("eve"), asking.handle, at=AT)
        assert not Notice.objects.filter(kind="groups.asked").exists()

    def test_a_no_reaches_her_own_mailbox_and_leaves_nothing_of_the_persona(self):
        cast = make_cast(door="request")
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", words="May I?", at=AT)
        actions.decline(cast.place("ada"), queries.list_asking(cast.place("ada"))[0].handle, at=AT)
        (notice,) = list_notices([read_list(cast.viewer("dov").person).mailbox])
        assert "cannot let you in this time" in notice.sentence
        assert queries.list_own_groups(cast.viewer("dov")) == []
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", at=AT)  # she may ask again, and is told again
        actions.decline(cast.place("ada"), queries.list_asking(cast.place("ada"))[0].handle, at=AT)
        assert len(list_notices([read_list(cast.viewer("dov").person).mailbox])) == 2

    def test_each_asker_has_a_notice_of_her_own(self):
        cast = make_cast(door="request")
        for who, name in (("cleo", "Heron"), ("dov", "Thistle")):
            actions.join_group(cast.group, by=cast.viewer(who), name=name, at=AT)
        boxes = [cast.places[who].mailbox for who in ("ada", "eve")]
        assert sorted(Notice.objects.filter(kind="groups.asked", mailbox__in=boxes).values_list("who", flat=True)) == [
            "Heron", "Heron", "Thistle", "Thistle",
        ]  # fmt: skip
        handles = {row.name: row.handle for row in queries.list_asking(cast.place("ada"))}
        actions.welcome(cast.place("ada"), handles["Heron"], at=AT)
        assert set(Notice.objects.filter(kind="groups.asked").values_list("who", flat=True)) == {"Thistle"}
        assert {row.path for row in list_notices(boxes) if "asks" in row.sentence} == {f"/g/{cast.group}/desk/"}

    def test_members_cannot_answer(self):
        cast = make_cast(door="request")
        actions.join_group(cast.group, by=cast.viewer("dov"), name="Thistle", at=AT)
        handle = queries.list_asking(cast.place("ada"))[0].handle
        with pytest.raises(NotFound):
            actions.welcome(cast.places["ben"], handle, at=AT)

    def test_an_invitation_works_once(self, cast: Cast):
        made = actions.invite(cast.places["ada"], role="member", at=AT)
        actions.use_invitation(made.code, by=cast.viewer("cleo"), name="Heron", at=AT)
        with pytest.raises(NotFound):
            actions.use_invitation(made.code, by=cast.viewer("dov"), name="Moss", at=AT)

    def test_a_group_by_invitation_is_unseen(self):
        cast = make_cast(door="invitation")
        for who in ("cleo", "guest"):
            with pytest.raises(NotFound):
                queries.get_front_door(cast.viewer(who), cast.group)
        assert cast.group not in {card.code for card in queries.list_cards(cast.viewer("cleo"))}


class TestLeaving:
    def _said(self, cast):
        talk.start_topic(cast.places["ben"], title="Mine", words="Some words.", at=AT, intent="")

    def test_keeping_the_words(self, cast: Cast):
        self._said(cast)
        actions.leave_group(cast.places["ben"], words="keep", at=AT)
        with pytest.raises(NotFound):
            queries.get_place(cast.viewer("ben"), cast.group)
        post = Post.objects.select_related("author").get()
        assert (post.words, post.author.name, post.state) == ("Some words.", "Wren", "")
        assert read_list(cast.viewer("ben").person).personas == ()

    def test_nameless(self, cast: Cast):
        self._said(cast)
        actions.leave_group(cast.places["ben"], words="nameless", at=AT)
        post = Post.objects.select_related("author").get()
        assert (post.words, post.author.name, post.nameless, post.author.owner_sealed) == ("Some words.", "", True, None)

    def test_withdrawn(self, cast: Cast):
        self._said(cast)
        actions.leave_group(cast.places["ben"], words="withdraw", at=AT)
        assert not Post.objects.filter(words__contains="Some").exists()

    def test_two_people_may_leave_nameless(self, cast: Cast):
        for name in ("ben", "fay"):
            actions.leave_group(cast.places[name], words="nameless", at=AT)
        assert Persona.objects.filter(name="").count() == 2

    def test_not_the_last_host(self, cast: Cast):
        actions.leave_group(cast.places["eve"], words="keep", at=AT)
        with pytest.raises(Refused, match="only host"):
            actions.leave_group(cast.places["ada"], words="keep", at=AT)

    def test_one_comes_back_under_the_same_name(self, cast: Cast):
        actions.leave_group(cast.places["ben"], words="keep", at=AT)
        actions.join_group(cast.group, by=cast.viewer("ben"), name="Wren", at=AT)


class TestClosingAnAccount:
    def test_group_by_group_at_random_moments(self, cast: Cast):
        from kith.groups.models import Errand
        from kith.people.models import Person

        person = cast.viewer("ben").person
        actions.close_account(person, phrase=PHRASE, words="withdraw", now=False, at=AT)
        assert queries.get_place(cast.viewer("ben"), cast.group)
        due = list(Errand.objects.values_list("due_at", flat=True))
        assert len(due) == 2
        assert all(at >= AT for at in due)
        from datetime import timedelta

        for _hour in range(3):
            actions.run_errands(at=AT + timedelta(hours=73))
        assert not Person.objects.filter(pk=person).exists()
        assert not Errand.objects.exists()

    def test_now(self, cast: Cast):
        from kith.people.models import Person

        person = cast.viewer("ben").person
        actions.close_account(person, phrase=PHRASE, words="nameless", now=True, at=AT)
        assert not Person.objects.filter(pk=person).exists()

    def test_now_leaves_what_others_have_waiting(self, cast: Cast):
        from kith.groups.errands import leave_errand
        from kith.groups.models import Errand

        other = leave_errand({"do": "leave", "persona": cast.places["fay"].persona, "words": "keep"}, at=AT, now=True)
        actions.close_account(cast.viewer("ben").person, phrase=PHRASE, words="keep", now=True, at=AT)
        assert list(Errand.objects.values_list("pk", flat=True)) == [other]
        assert cast.place("fay")
