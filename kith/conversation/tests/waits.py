"""What the tests of the relay share: to start, to answer, to let the worker come by, and who was told."""

from datetime import timedelta

import time_machine

from kith.conversation import actions, jobs
from kith.conversation.models import Relay
from kith.groups.actions import invite, set_willing, use_invitation
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.notify.models import Notice
from kith.people.actions import seed_person
from kith.testing.cast import AT, PHRASE

MINUTES, HOURS = timedelta(minutes=1), timedelta(hours=1)
KINDS = ("conversation.waits", "conversation.waits_still")


def start(cast, who="ben", *, at=AT, words="The nights are long since the funeral.", **more):
    return actions.start_topic(cast.places[who], title="Nights", words=words, at=at, intent="", **more)


def answer(cast, who, topic=1, *, at=AT, words="Yes.", **more):
    return actions.reply(cast.places[who], topic, words=words, at=at, intent="", **more)


def work(at):
    """Let the worker do what is due at this moment."""
    with time_machine.travel(at, tick=False):
        return jobs.pass_on_waits()


def told(kind=KINDS[0]):
    """Return the mailboxes that hold a notice of this kind."""
    return set(Notice.objects.filter(kind=kind).values_list("mailbox", flat=True))


def box(cast, who):
    return cast.places[who].mailbox


def waiting():
    """Return the numbers of the posts that wait in the relay."""
    return list(Relay.objects.order_by("post__number").values_list("post__number", flat=True))


def more_members(cast, count):
    """Let more people in, each of whom is glad to be told; return their places."""
    places = []
    for n in range(count):
        viewer = Viewer(seed_person(name=f"more {n} 1000", phrase=PHRASE, at=AT))
        made = invite(cast.places["ada"], role="member", at=AT)
        use_invitation(made.code, by=viewer, name=f"Reed {'abcdefghijklm'[n]}", at=AT)
        places.append(get_place(viewer, cast.group))
        set_willing(places[-1], wants=True)
    return places
