"""Changing what a group says of itself, and a name that one uses elsewhere."""

from dataclasses import replace

import pytest

from kith.concerns.actions import load_core
from kith.core.errors import Invalid, NotFound
from kith.groups import actions, queries
from kith.testing.cast import AT, Cast, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    load_core()
    return make_cast()


def _change(cast: Cast, *, base: int = 1, by: str = "ada", **changes: object) -> int:
    place = cast.place(by)
    return actions.change_group(place, replace(queries.get_plan(place), **changes), base=base, at=AT)


class TestTheCharter:
    def test_a_new_version_and_the_old_one_stays(self, cast: Cast):
        before = queries.get_charter(cast.place("ada"), 1)
        assert _change(cast, charter="We meet on the roof.", agreements=(("Be kind.", "Always."),)) == 2
        assert "roof" in queries.get_charter(cast.place("ben"), 2).html
        assert queries.get_charter(cast.place("ben"), 1) == before
        assert [number for number, _day in queries.list_charters(cast.place("ben"))] == [2, 1]

    def test_other_changes_make_no_new_version(self, cast: Cast):
        assert _change(cast, name="Roof talk", line="For roofs.", concerns=("chronic-pain",)) == 1
        plan = queries.get_plan(cast.place("ada"))
        assert (plan.name, plan.line, plan.concerns) == ("Roof talk", "For roofs.", ("chronic-pain",))

    def test_a_second_host_does_not_write_over_the_first(self, cast: Cast):
        _change(cast, charter="First.")
        with pytest.raises(Invalid, match="Another host"):
            _change(cast, charter="Second.")
        assert _change(cast, base=2, charter="Second.") == 3

    def test_only_hosts(self, cast: Cast):
        with pytest.raises(NotFound):
            _change(cast, by="ben", name="Mine")

    def test_the_door_never_opens_wider(self, cast: Cast):
        _change(cast, door="request", readable=False)
        with pytest.raises(Invalid, match="harder to come in, but not easier"):
            _change(cast, door="open")
        with pytest.raises(Invalid, match="stays with members"):
            _change(cast, readable=True)

    def test_says_what_to_do_about_a_form_left_empty(self, cast: Cast):
        with pytest.raises(Invalid) as refused:
            _change(cast, name="", charter=" ", agreements=())
        assert set(refused.value.problems) == {"name", "charter", "agreements"}


class TestANameUsedElsewhere:
    def _join(self, cast: Cast, code: str, name: str, **more: str):
        client = client_of(cast.viewer("ben"))
        return client.post(f"/g/{code}/join/", {"own": name, "agree": "on", **more})

    def test_is_pointed_out_once_to_herself(self, cast: Cast):
        other = open_group(cast, first="fay", second="eve", name="Second")
        mine = cast.place("ben").persona_name
        answer = self._join(cast, other, mine.upper())
        assert answer.status_code == 422
        assert b"You go by this name in another group" in answer.content
        assert self._join(cast, other, mine, again="1").status_code == 302
        assert queries.get_place(cast.viewer("ben"), other).persona_name == mine

    def test_nobody_else_is_told(self, cast: Cast):
        other = open_group(cast, first="fay", second="eve", name="Second")
        answer = client_of(cast.viewer("cleo")).post(f"/g/{other}/join/", {"own": cast.place("ben").persona_name, "agree": "on"})
        assert answer.status_code == 302

    def test_a_persona_may_keep_its_own_name(self, cast: Cast):
        name = cast.place("ben").persona_name
        assert client_of(cast.viewer("ben")).post(f"/g/{cast.group}/me/", {"name": name}).status_code == 302
