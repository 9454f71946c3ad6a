"""A small world for tests that walk every page: two groups, everybody who may look, and everything that may be looked at."""

import itertools
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch

from django.apps import apps

from kith.concerns.actions import load_core
from kith.conversation import actions as talk
from kith.conversation.queries import list_due
from kith.core import clock, ids
from kith.core.models import Site
from kith.groups import actions
from kith.groups.errands import Task, leave_errand
from kith.groups.models import Persona
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.people.actions import open_session, save_own_note, seed_person
from kith.safety.actions import redraw_help, report
from kith.safety.models import Decision, HelpLine, Report
from kith.testing.cast import AT, PHRASE, a_plan

# Who looks. `ann` and `bea` are the two personas of the test: one person's, or two people's.
LOOKERS = ("guest", "outsider", "applicant", "ex_member", "member_1", "member_2", "facilitator", "host_1", "host_2", "steward")


# A picture of six dots.
DOTS = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000003000000020800000000b81f39c6"
    "0000001049444154789c6364b0b161d872e73f0007770309ef75b8d10000000049454e44ae426082"
)


@dataclass
class World:
    """What the walk needs to know."""

    people: dict[str, int] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def place(self, who: str, group: str) -> Place:
        """Return somebody's place in a group."""
        return get_place(self.viewers[who], self.groups[group])


@contextmanager
def same_chances(seed: int = 7) -> Iterator[None]:
    """Make every code, seed and offered name that can be seen come from one fixed sequence; keys that are never shown stay random."""
    codes, seeds, keys = itertools.count(1), itertools.count(1), itertools.count(10**17)
    rng = random.Random(seed)

    def code(length: int = 8) -> str:
        number = next(codes)
        return "".join(ids.LETTERS[(number * 7919 + at * 31 + number // 27**at) % len(ids.LETTERS)] for at in range(length))

    def drawn() -> str:
        return f"{next(seeds):012x}"

    targets = {
        "random_code": ("kith.core.ids", "kith.groups.actions.hosting", "kith.notify.actions", "kith.web.typed", "kith.web.steward.site"),
        "random_seed": ("kith.core.ids", "kith.groups.personas"),
    }  # fmt: skip
    with ExitStack() as stack:
        for module in targets["random_code"]:
            stack.enter_context(patch(f"{module}.random_code", code))
        for module in targets["random_seed"]:
            stack.enter_context(patch(f"{module}.random_seed", drawn))
        for model, name, make in (
            ("groups.Group", "code", code), ("groups.Persona", "handle", code), ("groups.Group", "emblem_seed", drawn),
            ("conversation.Picture", "name", code), ("safety.Report", "id", lambda: next(keys)), ("safety.Decision", "id", lambda: next(keys)),
        ):  # fmt: skip
            column = apps.get_model(model)._meta.get_field(name)
            stack.enter_context(patch.object(column, "_get_default", make))
        stack.enter_context(patch("kith.people.actions.accounts.secrets.randbelow", lambda n: rng.randrange(n)))
        stack.enter_context(patch("kith.core.files.chance", random.Random(seed)))
        stack.enter_context(patch("kith.groups.names.chance", lambda _seed: random.Random(seed)))
        yield


def build_world(*, one_person: bool) -> World:
    """Build it; `ann` in the first group and `bea` in the second are the same person's if `one_person`."""
    world = World()
    load_core()
    Site.objects.filter(pk=1).update(set_up_at=AT, country="GB")
    redraw_help()
    for name in (
        "outsider",
        "applicant",
        "ex_member",
        "member_1",
        "member_2",
        "facilitator",
        "host_1",
        "host_2",
        "other_1",
        "other_2",
        "ann",
        "bea",
    ):
        world.people[name] = seed_person(name=f"{name} 1000", phrase=PHRASE, at=AT)
    if one_person:
        world.people["bea"] = world.people["ann"]
    world.people["steward"] = seed_person(name="steward 1000", phrase=PHRASE, steward=True, at=AT)
    world.viewers = {name: Viewer(key, name == "steward") for name, key in world.people.items()}
    world.viewers["guest"] = Viewer()
    world.groups["first"] = _group(world, "first", host="host_1", second="other_1", member="member_1", name="Living with it")
    world.groups["second"] = _group(world, "second", host="host_2", second="other_2", member="member_2", name="After a loss")
    _talk(world, "first", "ann", "member_1", "host_1")
    _talk(world, "second", "bea", "member_2", "host_2")
    _begun(world)
    _to_themselves(world)
    return world


def _group(world: World, key: str, *, host: str, second: str, member: str, name: str) -> str:
    door = "open" if key == "first" else "request"
    plan = a_plan(
        name=name, line=f"For {name.lower()}.", door=door, readable=key == "first", concerns=("chronic-pain", "bereavement")
    )
    persona = actions.begin_group(plan, by=world.viewers[host], persona_name="Old Kettle", at=AT)
    code = world.groups[key] = str(persona.group.code)
    actions.approve_group(code, by=world.viewers["steward"], at=AT)
    for who, face, role in ((second, "Heron", "host"), (member, "Fig", "member"), ("ex_member", "Moss", "member")):
        _let_in(world, key, host, who, face, role)
    if key == "second":  # a host whom a steward has checked
        _let_in(world, key, host, "facilitator", "Lantern", "host")
        Persona.objects.filter(pk=world.place("facilitator", key).persona).update(role="facilitator")
    _let_in(world, key, host, "ann" if key == "first" else "bea", "Wren" if key == "first" else "Harbour", "member")
    world.words[f"{key}_invitation"] = actions.invite(world.place(host, key), role="member", at=AT).code
    if key == "second":
        actions.join_group(code, by=world.viewers["applicant"], name="Thistle", words="May I?", at=AT)
        applicant = world.viewers["applicant"].persona_in(code)
        world.words["asking"] = applicant.handle if applicant else ""
    return code


def _let_in(world: World, key: str, host: str, who: str, face: str, role: str) -> None:
    made = actions.invite(world.place(host, key), role=role, at=AT)
    actions.use_invitation(made.code, by=world.viewers[who], name=face, at=AT)


def _talk(world: World, key: str, mine: str, other: str, host: str) -> None:
    me, them, lead = world.place(mine, key), world.place(other, key), world.place(host, key)
    later = AT + timedelta(hours=3)
    talk.start_topic(me, title=f"A wet week in {key}", words="It rained all week.", wish="heard", at=AT, intent="")
    talk.reply(them, 1, words="Same here.", quote=1, quoted="It rained all week.", at=later, intent="")
    talk.reply(me, 1, words="A line to fold.", at=later, intent="")
    talk.edit_post(me, 3, words="A line to fold, changed.", at=later)
    talk.respond(them, 1, kind="heard", at=later)
    talk.wish_note(them, 1, note="rain", at=later)
    talk.start_topic(them, title="Nobody has answered yet", words="Hello?", note="quiet", at=later, intent="")
    report(them, kind="post", number=3, reason="other", words="Hm.", at=later)
    world.numbers[f"{key}_report"] = Report.objects.get(group=me.key).pk
    world.words[f"{key}_picture"] = _show(me, later)
    talk.reply(me, 1, words="A line that comes back.", at=later, intent="")
    talk.return_post(lead, 5, reason="It names a street.", at=later)
    world.numbers[f"{key}_decision"] = Decision.objects.get(group=me.key).pk
    talk.reply(them, 1, words="A line that is folded.", at=later, intent="")
    talk.fold_post(lead, 6, reason="Hard detail.", at=later)
    talk.reply(me, 2, words="A line without a name.", nameless=True, at=later, intent="")
    past = world.place("ex_member", key)
    talk.reply(past, 1, words="A line by somebody who has left.", at=later, intent="")
    world.words[f"{key}_past"] = past.handle
    actions.leave_group(past, words="keep", at=AT)
    _own_words(me, them, later)
    _wait(me, them, later)
    _tended(me, them, lead, later)
    for who in (me, them):
        _taking(who, later)


def _taking(who: Place, at: datetime) -> None:
    """Let somebody wait for everything to be taken back that she has written; it is long until then."""
    task: Task = {"do": "take_back", "persona": who.persona, "voice": 0, "upto": 99, "unseen": 0, "at": at.isoformat()}
    leave_errand(task, at=at + timedelta(days=60), now=True)


def _tended(me: Place, them: Place, lead: Place, at: datetime) -> None:
    """Let each call the other by her name, write to the hosts and be answered; hosts sort, pin, close and divide topics."""
    talk.start_topic(me, title="To be divided", words=f"Hello @{them.persona_name}.", at=at, intent="")
    topic = talk.reply(them, 5, words=f"Hello @{me.persona_name}.", at=at, intent="").topic
    aside = talk.reply(me, topic, words="By the way.", at=at, intent="").number
    talk.set_tags(lead, [(0, "Evenings"), (0, "Work")], at=at)
    talk.sort_topic(lead, topic, [1, 2], at=at)
    talk.move_posts(lead, aside, title="By the way", following=False, at=at)
    talk.tend_topic(lead, 2, pinned=True, closed=True, at=at)
    for who in (me, them):
        line = talk.start_line(who, words="May I ask you something?", at=at, intent="").topic
        talk.reply(lead, line, words="Of course.", at=at, intent="")


def _wait(me: Place, them: Place, at: datetime) -> None:
    """Let one post wait that the other was told of, and one that nobody was told of so far."""
    actions.set_willing(me, wants=True)
    talk.start_topic(them, title="Still waiting", words="Is anybody there?", at=at, intent="")
    for key in list_due(at=at + timedelta(hours=1)):
        talk.pass_on(key, at=at + timedelta(hours=1))
    talk.start_topic(me, title="Just begun", words="Hello again.", nameless=True, at=at, intent="")


def _show(me: Place, at: datetime) -> str:
    """Put a picture into my first post, leave another beside my answer; return the name of the first."""
    rows = [talk.take_picture(me, where, data=DOTS, alt="A wet window.", at=at) for where in ("edit:1", "reply:1")]
    talk.edit_post(me, 1, words="It rained all week.", pictures=[(rows[0].name, rows[0].alt)], at=at)
    return rows[0].name


def _own_words(me: Place, them: Place, later: datetime) -> None:
    """Posts 9 and 10: taken back, without a line and with one. Then one with a later note, folded by whoever wrote it, without a name."""
    talk.reply(me, 1, words="A line taken back.", quote=2, quoted="Same here.", at=later, intent="")
    talk.withdraw_post(me, 9, unseen=True, at=later)
    talk.reply(them, 1, words="Another line taken back.", at=later, intent="")
    talk.withdraw_post(them, 10, at=later)
    for who in (me, them):
        number = talk.reply(who, 1, words="A line seen otherwise later.", at=later, intent="").number
        talk.note_later(who, number, words="I see it otherwise now.", at=later)
        talk.fold_own(who, number, folded=True, at=later)
        talk.show_name(who, number, nameless=True, at=later)


def _begun(world: World) -> None:
    plan = a_plan(name="Just begun")
    persona = actions.begin_group(plan, by=world.viewers["outsider"], persona_name="Linen", at=AT)
    world.groups["begun"] = str(persona.group.code)
    world.numbers["line"] = HelpLine.objects.filter(country="GB").order_by("pk").values_list("pk", flat=True)[0]


def _to_themselves(world: World) -> None:
    """Everybody keeps a note; that of `ann`, who does not look, can be asked for by its key."""
    world.numbers["own_note"] = 10**16
    for number, who in enumerate(("ann", "member_1", "member_2", "host_1")):
        save_own_note(world.people[who], 10**16 + number, words=f"Nobody knows that {who} cannot sleep.", base=0, at=AT)


def token_for(world: World, who: str) -> str:
    """Open a session for somebody just now; empty for a guest."""
    if who == "guest":
        return ""
    return open_session(world.people[who], device="computer", own_device=False, strong=True, at=clock.now())
