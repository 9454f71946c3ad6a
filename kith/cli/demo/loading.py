"""Load the demo community by the same actions that people use, at the times that its files say."""

import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kith.cli.demo.reading import read_groups
from kith.conversation import actions as talk
from kith.conversation import reading
from kith.conversation.models import Post, Relay, Topic
from kith.core import clock
from kith.core.models import Event, Site
from kith.groups import actions as belong
from kith.groups.models import Group, Persona
from kith.groups.plans import Plan
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.notify.actions import see
from kith.people.actions import find_person, seed_person
from kith.safety.actions import redraw_help

LOGINS = ("newcomer", "member", "host", "facilitator", "steward")
SIGN_INS = [(who, f"{who} 2026", f"the demo {who} comes in") for who in LOGINS]
UNREAD_DAYS = 2.0  # what is younger than this is new to the demo's member


def is_loaded() -> bool:
    """Say whether the demo community is there."""
    return find_person(SIGN_INS[-1][1]) is not None


@transaction.atomic
def load_community() -> None:
    """Load everybody and everything; one transaction, so that a stop half-way leaves nothing."""
    now = clock.now()
    people = {
        who: seed_person(name=name, phrase=phrase, steward=who == "steward", at=now - timedelta(days=800))
        for who, name, phrase in SIGN_INS
    }
    _name_site(now)
    for group in read_groups():
        _Loading(group, people, now).run()
    Event.objects.all().delete()


def _name_site(now: datetime) -> None:
    Site.objects.filter(pk=1).update(
        name="Kith", country="GB", run_by="Saltmarsh Neighbours", contact="hello@saltmarsh.example", set_up_at=now,
        demo_since=now.date(), exit_url=os.environ.get("KITH_EXIT_URL") or "https://www.wikipedia.org/",
        about="Saltmarsh Neighbours is a small charity. This is a **demo**: every person, group and post in it is made up.",
        privacy="Everything here is made up. Nothing leaves this machine.",
    )  # fmt: skip
    redraw_help()


class _Loading:
    """One group being loaded."""

    def __init__(self, data: dict[str, Any], people: dict[str, int], now: datetime) -> None:
        self.data, self.people, self.now = data, people, now
        self.viewers: dict[str, Viewer] = {}
        self.places: dict[str, Place] = {}

    def run(self) -> None:
        """Begin the group, let everybody in, then let them talk, in the order of time."""
        self._begin()
        self._talk()
        self._pass_on()
        self._settle()

    def _at(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def _viewer(self, persona: dict[str, Any]) -> Viewer:
        if persona.get("login"):
            return Viewer(self.people[persona["login"]])
        return Viewer(seed_person(name=f"made up {secrets.token_hex(8)}", at=self._at(persona["joined"])))

    def _begin(self) -> None:
        faces = sorted(self.data["personas"], key=lambda p: (p["role"] not in ("host", "facilitator"), -p["joined"]))
        first, second, others = faces[0], faces[1], faces[2:]
        self.viewers = {face["name"]: self._viewer(face) for face in faces}
        begun = self._at(max(first["joined"], second["joined"]) + 1)
        persona = belong.begin_group(self._plan(), by=self.viewers[first["name"]], persona_name=first["name"], at=begun)
        self.code = persona.group.code
        steward = Viewer(self.people["steward"], steward=True)
        belong.approve_group(self.code, by=steward, checked=[persona.handle], at=begun)
        self._invite(first, second, "host", begun)
        for face in others:
            leads = face["role"] in ("host", "facilitator")
            self._invite(first, face, "host" if leads else "member", self._at(face["joined"]))
        for number, face in enumerate(faces):
            Persona.objects.filter(group__code=self.code, name=face["name"]).update(
                role=face["role"], note=face.get("note", ""), joined_on=self._at(face["joined"]).date(),
                willing=face.get("login") == "member" or number % 3 == 2,
            )  # fmt: skip
            self.places[face["name"]] = get_place(self.viewers[face["name"]], self.code)

    def _invite(self, host: dict[str, Any], face: dict[str, Any], role: str, at: datetime) -> None:
        place = get_place(self.viewers[host["name"]], self.code)
        invitation = belong.invite(place, role=role, at=at)
        belong.use_invitation(invitation.code, by=self.viewers[face["name"]], name=face["name"], at=at)

    def _plan(self) -> Plan:
        data = self.data
        return Plan(
            name=data["name"], line=data["line"], for_whom=data["for_whom"], not_for=data["not_for"], kind=data["kind"],
            charter=data["charter"], agreements=tuple((a["title"], a["text"]) for a in data["agreements"]),
            span=data["span"], door=data["door"], readable=data["readable"], meets=tuple(data["meets"]),
            place=data.get("place", ""), tint=data["tint"], concerns=tuple(data["concerns"]), language=data["language"],
        )  # fmt: skip

    def _talk(self) -> None:
        acts: list[tuple[float, int, Callable[[], None]]] = []
        for topic in self.data.get("topics", ()):
            kept: dict[str, Any] = {"numbers": []}
            for place, post in enumerate(topic["posts"]):
                acts.append((-post["ago"], len(acts), self._saying(topic, post, place, kept)))
        for _ago, _order, act in sorted(acts, key=lambda item: item[:2]):
            act()

    def _saying(self, topic: dict[str, Any], post: dict[str, Any], seat: int, kept: dict[str, Any]) -> Callable[[], None]:
        def say() -> None:
            at, place = self._at(post["ago"]), self.places[post["by"]]
            words, note = post.get("earlier") or post["words"], post.get("note") or (topic.get("note", "") if not seat else "")
            if seat == 0:
                posted = talk.start_topic(
                    place, title=topic["title"], words=words, wish=topic["wish"], note=note, at=at, intent=""
                )
                kept["topic"] = posted.topic
            else:
                quote = kept["numbers"][post["quotes"] - 1] if post.get("quotes") else 0
                posted = talk.reply(
                    place, kept["topic"], words=words, note=note, quote=quote, quoted=post.get("quoted", ""), at=at, intent=""
                )
            kept["numbers"].append(posted.number)
            self._after(post, place, posted.number, note, at)

        return say

    def _after(self, post: dict[str, Any], place: Place, number: int, note: str, at: datetime) -> None:
        if post.get("earlier"):
            talk.edit_post(place, number, words=post["words"], note=note, at=at + timedelta(minutes=40))
        for kind, names in post.get("responses", {}).items():
            for name in names:
                talk.respond(self.places[name], number, kind=kind, at=at + timedelta(minutes=90))
        if post.get("withdrawn"):
            talk.withdraw_post(place, number, at=at + timedelta(minutes=95))

    def _pass_on(self) -> None:
        """Tell of what waits at the moments at which it would have been told."""
        due = Relay.objects.filter(group__code=self.code, due_at__lte=self.now).order_by("due_at", "pk")
        while (relay := due.first()) is not None and relay.due_at is not None:
            talk.pass_on(relay.pk, at=relay.due_at)

    def _settle(self) -> None:
        """The demo's own people have read what is older than two days; nothing older is still a notice."""
        group = Group.objects.get(code=self.code)
        line = self._at(UNREAD_DAYS)
        for face in self.data["personas"]:
            if not face.get("login"):
                continue
            place = self.places[face["name"]]
            for topic in Topic.objects.filter(group=group):
                old = Post.objects.filter(topic=topic, made_at__lt=line).count()
                if old:
                    reading.note(place.persona, topic.pk, old)
            see(place.mailbox, before=line)
        reading.flush()
