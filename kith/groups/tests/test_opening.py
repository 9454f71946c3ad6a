"""A steward opens a group or says why not; nobody is called professional before she has checked who it is."""

from dataclasses import replace

import pytest

from kith.core.errors import Invalid, NotFound
from kith.groups import actions, queries
from kith.groups.models import Group, Persona
from kith.notify.models import Notice
from kith.testing.cast import AT, a_plan, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def begun(cast):
    """Begin a group that wants to be professional; return its founder's place."""
    plan = a_plan(name="Doctors", kind="professional", charter="Charter words.", for_whom="People with a doctor.")
    persona = actions.begin_group(plan, by=cast.viewer("cleo"), persona_name="Linen", at=AT)
    return queries.get_place(cast.viewer("cleo"), persona.group.code)


def second_host(cast, place):
    made = actions.invite(place, role="host", at=AT)
    return actions.use_invitation(made.code, by=cast.viewer("dov"), name="Fern", at=AT)


def roles(place):
    return dict(Persona.objects.filter(group=place.key, left_on=None).values_list("name", "role"))


class TestAProfessional:
    def test_is_called_so_by_nobody_before_the_check(self, cast, begun):
        second_host(cast, begun)
        assert roles(begun) == {"Linen": "host", "Fern": "host"}
        made = actions.invite(begun, role="member", at=AT)
        for who, path in (
            ("cleo", f"/g/{begun.code}/"), ("cleo", f"/g/{begun.code}/members/"), ("cleo", f"/g/{begun.code}/charter/"),
            ("ben", f"/invitation/{made.code}/"),
        ):  # fmt: skip
            page = client_of(cast.viewer(who)).get(path).content
            assert b"Professionally run" not in page
            assert b"Facilitator" not in page
        assert b"nobody has checked this yet" in client_of(cast.viewer("cleo")).get(f"/g/{begun.code}/charter/").content

    def test_is_not_approved_without_the_check(self, cast, begun):
        second_host(cast, begun)
        for checked in ((), ("none",), (cast.places["ada"].handle,)):
            with pytest.raises(Invalid):
                actions.approve_group(begun.code, by=cast.viewer("sue"), checked=checked, at=AT)
        assert Group.objects.get(pk=begun.key).opened_on is None

    def test_is_called_so_once_checked_and_her_second_host_is_not(self, cast, begun):
        second_host(cast, begun)
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        assert roles(begun) == {"Linen": "facilitator", "Fern": "host"}
        assert (Group.objects.get(pk=begun.key).kind, Group.objects.get(pk=begun.key).opened_on) == ("professional", DAY)
        assert b"Professionally run" in client_of(cast.viewer("ben")).get(f"/g/{begun.code}/").content

    def test_a_host_whom_she_invites_is_a_host_and_she_stays_what_she_is(self, cast, begun):
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        place = queries.get_place(cast.viewer("cleo"), begun.code)
        second_host(cast, place)
        actions.use_invitation(actions.invite(place, role="host", at=AT).code, by=cast.viewer("cleo"), name="", at=AT)
        assert roles(begun) == {"Linen": "facilitator", "Fern": "host"}

    def test_a_group_that_changes_its_kind_later_is_checked_first(self, cast):
        place = cast.places["ada"]
        plan = replace(queries.get_plan(place), kind="professional")
        actions.change_group(place, plan, base=1, at=AT)
        assert Group.objects.get(pk=place.key).kind == "unchecked"
        assert queries.get_plan(place).kind == "professional"
        (row,) = queries.list_waiting_groups(cast.viewer("sue"))
        assert (row.card.code, row.opened) == (cast.group, True)
        assert b"Not checked yet" in client_of(cast.viewer("cleo")).get("/find/browse/").content
        actions.approve_group(cast.group, by=cast.viewer("sue"), checked=[place.handle], at=AT)
        assert Group.objects.get(pk=place.key).kind == "professional"
        actions.change_group(place, replace(plan, line="Another line."), base=1, at=AT)
        assert Group.objects.get(pk=place.key).kind == "professional"
        assert queries.list_waiting_groups(cast.viewer("sue")) == []

    def test_takes_the_word_along_when_the_last_one_leaves(self, cast, begun):
        second_host(cast, begun)
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        second_host_place = queries.get_place(cast.viewer("dov"), begun.code)
        made = actions.invite(second_host_place, role="host", at=AT)
        actions.use_invitation(made.code, by=cast.viewer("ben"), name="Pebble", at=AT)
        actions.leave_group(queries.get_place(cast.viewer("ben"), begun.code), words="keep", at=AT)
        assert Group.objects.get(pk=begun.key).kind == "professional"
        actions.leave_group(queries.get_place(cast.viewer("cleo"), begun.code), words="keep", at=AT)
        assert Group.objects.get(pk=begun.key).kind == "unchecked"


class TestAProfessionalWhoComesLater:
    @pytest.fixture
    def later(self, cast, begun):
        """Let a second host into a checked group; return her place."""
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        second_host(cast, queries.get_place(cast.viewer("cleo"), begun.code))
        return queries.get_place(cast.viewer("dov"), begun.code)

    def waiting(self, cast):
        return {row.card.code: row.asks for row in queries.list_waiting_groups(cast.viewer("sue"))}

    def test_asks_from_her_desk_and_waits_for_the_steward(self, cast, later):
        client = client_of(cast.viewer("dov"))
        assert b"Ask to be checked" in client.get(f"/g/{later.code}/desk/").content
        for _sent_twice in range(2):
            assert client.post(f"/g/{later.code}/desk/check/").status_code == 302
        assert b"You have asked the people who run this site" in client.get(f"/g/{later.code}/desk/").content
        assert self.waiting(cast)[later.code] == (later.handle,)
        page = client_of(cast.viewer("sue")).get(f"/steward/groups/{later.code}/").content
        assert b"who Fern is" in page
        assert b"who Linen is" not in page

    def test_is_a_facilitator_once_checked_and_told_so(self, cast, later):
        actions.ask_check(later, at=AT)
        with pytest.raises(Invalid):
            actions.approve_group(later.code, by=cast.viewer("sue"), at=AT)
        actions.approve_group(later.code, by=cast.viewer("sue"), checked=[later.handle], at=AT)
        assert roles(later) == {"Linen": "facilitator", "Fern": "facilitator"}
        assert later.code not in self.waiting(cast)
        assert Notice.objects.filter(mailbox=later.mailbox, kind="groups.checked").count() == 1

    def test_reads_why_not_and_may_ask_again_while_the_group_stays_what_it_is(self, cast, later):
        actions.ask_check(later, at=AT)
        actions.decline_group(later.code, by=cast.viewer("sue"), why="Nobody at the clinic knew of you.", at=AT)
        group = Group.objects.get(pk=later.key)
        assert (group.kind, group.opened_on, group.declined_why) == ("professional", DAY, "")
        page = client_of(cast.viewer("dov")).get(f"/g/{later.code}/desk/").content
        assert b"Nobody at the clinic knew of you." in page
        assert b"Nobody at the clinic" not in client_of(cast.viewer("cleo")).get(f"/g/{later.code}/desk/").content
        actions.ask_check(later, at=AT)
        assert self.waiting(cast)[later.code] == (later.handle,)

    def test_is_asked_of_nobody_else(self, cast, begun, later):
        with pytest.raises(NotFound):
            actions.ask_check(queries.get_place(cast.viewer("cleo"), begun.code), at=AT)
        for name in ("ada", "ben"):  # of a group that peers lead
            with pytest.raises(NotFound):
                actions.ask_check(cast.places[name], at=AT)
            assert b"Ask to be checked" not in client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/").content
        with pytest.raises(NotFound):
            actions.decline_group(later.code, by=cast.viewer("sue"), why="No.", at=AT)


class TestSayingNo:
    def no(self, cast, place, why="Say who you are."):
        actions.decline_group(place.code, by=cast.viewer("sue"), why=why, at=AT)

    def told(self, place):
        return Notice.objects.filter(mailbox=place.mailbox, kind="groups.not_yet")

    def test_reaches_the_founder_with_the_reason(self, cast, begun):
        self.no(cast, begun)
        assert self.told(begun).count() == 1
        client = client_of(cast.viewer("cleo"))
        assert b"have said no to your group for now" in client.get("/me/notices/").content
        assert b"Say who you are." in client.get(f"/g/{begun.code}/desk/").content
        assert queries.list_waiting_groups(cast.viewer("sue")) == []

    def test_twice_is_told_once_and_another_reason_again(self, cast, begun):
        for why in ("One.", "One."):
            self.no(cast, begun, why)
        first = self.told(begun).get().pk
        self.no(cast, begun, "Two.")
        assert self.told(begun).get().pk != first

    def test_takes_an_approval_back(self, cast, begun):
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        self.no(cast, begun)
        second_host(cast, begun)
        assert Group.objects.get(pk=begun.key).opened_on is None

    def test_asks_again_when_the_group_is_changed(self, cast, begun):
        self.no(cast, begun)
        actions.change_group(begun, replace(queries.get_plan(begun), kind="peer"), base=1, at=AT)
        assert [row.card.code for row in queries.list_waiting_groups(cast.viewer("sue"))] == [begun.code]
        actions.approve_group(begun.code, by=cast.viewer("sue"), at=AT)
        assert b"said no" not in client_of(cast.viewer("cleo")).get(f"/g/{begun.code}/desk/").content

    @pytest.mark.parametrize("why", ["", " \u200b", "x" * 1001])
    def test_asks_for_a_reason(self, cast, begun, why):
        with pytest.raises(Invalid):
            self.no(cast, begun, why)
        assert not self.told(begun).exists()

    def test_is_a_stewards_and_not_for_a_group_that_is_open(self, cast, begun):
        for who, code in (("ada", begun.code), ("cleo", begun.code), ("guest", begun.code), ("sue", cast.group), ("sue", "none")):
            with pytest.raises(NotFound):
                actions.decline_group(code, by=cast.viewer(who), why="Because.", at=AT)


class TestTheStewardsPage:
    def test_shows_all_that_a_group_says_of_itself(self, cast, begun):
        sue = client_of(cast.viewer("sue"))
        assert f"/steward/groups/{begun.code}/".encode() in sue.get("/steward/").content
        page = sue.get(f"/steward/groups/{begun.code}/").content.decode()
        for words in ("Doctors", "For people who live with it.", "People with a doctor.", "Charter words.", "Do not repeat it.",
                      "Linen", "Wants to be professionally run", "I have checked who Linen is"):  # fmt: skip
            assert words in page

    def test_gives_her_reason_back_and_says_what_to_do(self, cast, begun):
        sue = client_of(cast.viewer("sue"))
        answer = sue.post(f"/steward/groups/{begun.code}/decline/", {"why": "y" * 1001})
        assert answer.status_code == 422
        assert b"y" * 1001 in answer.content
        assert sue.post(f"/steward/groups/{begun.code}/", {}).status_code == 422
        assert sue.post(f"/steward/groups/{begun.code}/", {"checked": begun.handle}).status_code == 302
        assert Group.objects.get(pk=begun.key).approved_on is not None

    def test_shows_nothing_of_a_group_that_is_open(self, cast):
        assert client_of(cast.viewer("sue")).get(f"/steward/groups/{cast.group}/").status_code == 404


class TestTheFoundersDesk:
    def test_says_what_is_missing_and_how_to_get_it(self, cast, begun):
        client = client_of(cast.viewer("cleo"))
        page = client.get(f"/g/{begun.code}/desk/").content
        for words in (b"Your group is not open yet", b"have to look at it", b"A second host", b'href="#invite"', b'id="invite"'):
            assert words in page
        assert b"You can close this" not in page
        second_host(cast, begun)
        assert b"A second host" not in client.get(f"/g/{begun.code}/desk/").content
        actions.approve_group(begun.code, by=cast.viewer("sue"), checked=[begun.handle], at=AT)
        assert b"You can close this" in client.get(f"/g/{begun.code}/desk/").content

    def test_of_a_group_whose_second_host_has_left(self, cast):
        actions.leave_group(cast.places["eve"], words="keep", at=AT)
        page = client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/").content
        assert b"A second host" in page
        assert b"not open yet" not in page
