"""The cast of the tests, built by real actions: ada facilitates, ben belongs, cleo is outside, dov asks, eve hosts, sue stewards."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from kith.core.models import Site
from kith.groups import actions
from kith.groups.plans import Plan
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.people.actions import seed_person
from kith.testing.snapshots import once

AT = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
PHRASE = "a pass phrase for tests"


def a_plan(**changes: object) -> Plan:
    """Make what somebody who begins a group typed."""
    fields: dict[str, object] = {
        "name": "Living with it", "line": "For people who live with it.", "for_whom": "Anyone who lives with it.",
        "charter": "We tell each other what we tried.", "agreements": (("What is said here stays here.", "Do not repeat it."),),
    }  # fmt: skip
    return Plan(**(fields | changes))  # type: ignore[arg-type]


@dataclass
class Cast:
    """People, and the place each has in the group."""

    group: str = ""
    viewers: dict[str, Viewer] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        """Return somebody as a viewer; `guest` is nobody."""
        return self.viewers[name]

    def place(self, name: str) -> Place:
        """Return somebody's place in the group, read anew."""
        return get_place(self.viewers[name], self.group)


def make_cast(**plan: object) -> Cast:
    """Build the cast around one open group (or another by `plan`), in an empty database."""
    made: Cast = once(("cast", repr(sorted(plan.items()))), lambda: _make_cast(**plan))
    return Cast(made.group, dict(made.viewers), dict(made.places))


def _make_cast(**plan: object) -> Cast:
    cast = Cast()
    Site.objects.filter(pk=1).update(set_up_at=AT)
    for name in ("ada", "ben", "cleo", "dov", "eve", "fay"):
        cast.viewers[name] = Viewer(seed_person(name=f"{name} 1000", phrase=PHRASE, at=AT))
    cast.viewers["sue"] = Viewer(seed_person(name="sue 1000", phrase=PHRASE, steward=True, at=AT), steward=True)
    cast.viewers["guest"] = Viewer()
    cast.group = open_group(cast, first="ada", second="eve", **plan)
    actions_by_door(cast)
    cast.places = {name: cast.place(name) for name in ("ada", "eve", "ben", "fay")}
    return cast


def open_group(cast: Cast, *, first: str, second: str, **plan: object) -> str:
    """Begin a group by one person, approve it, let a second host in; return its code."""
    persona = actions.begin_group(a_plan(**plan), by=cast.viewers[first], persona_name=f"Lamp {first[0]}", at=AT)
    actions.approve_group(persona.group.code, by=cast.viewers["sue"], at=AT)
    invitation = actions.invite(get_place(cast.viewers[first], persona.group.code), role="host", at=AT)
    actions.use_invitation(invitation.code, by=cast.viewers[second], name=f"Kettle {second[0]}", at=AT)
    return str(persona.group.code)


def actions_by_door(cast: Cast) -> None:
    """Let ben and fay in as members, whatever the door."""
    for name, face in (("ben", "Wren"), ("fay", "Fig")):
        invitation = actions.invite(get_place(cast.viewers["ada"], cast.group), role="member", at=AT)
        actions.use_invitation(invitation.code, by=cast.viewers[name], name=face, at=AT)
