"""DE2: the mail server is away for two days, then slow, then refuses some: nobody who writes notices, and each letter goes out once."""

import asyncio
import socket
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine
from aiosmtpd.controller import Controller

from kith.conversation import actions as talk
from kith.core.actions import set_mail
from kith.notify import actions, jobs, limits
from kith.notify.channels import mail
from kith.notify.models import Outbox
from kith.people.actions import confirm_email, set_email
from kith.people.queries import email_to_confirm
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
HOURS = 48


class Office:
    """A real mail server that answers as it is told to."""

    def __init__(self):
        self.taken, self.answers, self.wait = [], [], 0.0

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.wait)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content)["Message-ID"].strip("<>").partition("@")[0])
        return answer


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def office(port):
    """Start it later: until then nobody listens there."""
    made = Office()
    made.controller = Controller(made, hostname="127.0.0.1", port=port)
    yield made
    if made.controller.server is not None:
        made.controller.stop()


@pytest.fixture
def cast(db, port):
    made = make_cast()
    for name in ("ada", "eve", "fay"):
        person = made.viewers[name].person
        set_email(person, email=f"{name}@example.org", phrase=PHRASE, at=AT)
        confirm_email(person, email_to_confirm(person)[1], at=AT)
        actions.set_wants_mail(made.places[name].mailbox, True)
    Outbox.objects.all().delete()
    set_mail(host="127.0.0.1", port=port, security="none", user="", sealed_word=None, sender="notes@example.org")
    return made


def write(cast, number, at):
    """Let fay begin a topic and ben answer over HTTP; return how he was answered."""
    talk.start_topic(cast.places["fay"], title=f"Day {number}", words="Hello.", at=at, intent="")
    answer = client_of(cast.viewer("ben")).post(
        f"/g/{cast.group}/topics/{number}/reply/", {"words": f"Hello {number}.", "intent": f"i{number}"}
    )
    return answer.status_code


def two_days(cast):
    """Let two days go by, the worker looking each half hour, somebody writing every twelve hours."""
    answers = []
    for half in range(HOURS * 2):
        now = AT + timedelta(minutes=30 * half)
        with time_machine.travel(now, tick=False):
            if half % 25 == 0:
                answers.append(write(cast, len(answers) + 1, now))
            assert jobs.send_letters() == 0
    return answers


def afterwards(hours):
    """Let the worker look on for some hours, in which it must find all its letters gone."""
    for quarter in range(hours * 4):
        with time_machine.travel(AT + timedelta(hours=HOURS, minutes=15 * quarter), tick=False):
            jobs.send_letters()
        if not Outbox.objects.filter(sent_at=None).exists():
            return
    raise AssertionError(list(Outbox.objects.values()))


def test_two_days_without_it_change_nothing_for_those_who_write(cast, office):
    assert two_days(cast) == [302] * 4
    letters = set(Outbox.objects.values_list("message_id", flat=True))
    assert len(letters) == 4
    assert not Outbox.objects.exclude(given_up_at=None).exists()
    office.answers = ["451 later", "550 no", "421 busy", "250 OK", "554 no"]
    office.controller.start()
    afterwards(hours=3)
    assert Counter(office.taken) == dict.fromkeys(letters, 1)
    assert office.answers == []
    assert jobs.send_letters() == 0


def test_what_has_waited_longest_goes_first(cast, office):
    for name, hours in (("eve", 2), ("ada", 3), ("fay", 1)):
        actions.tell(cast.places[name].mailbox, "groups.opened", about="abc", at=AT + timedelta(hours=hours))
    order = list(Outbox.objects.order_by("made_at").values_list("message_id", flat=True))
    office.controller.start()
    with time_machine.travel(AT + timedelta(hours=5), tick=False):
        assert jobs.send_letters() == 3
    assert office.taken == order


def test_it_gives_up_after_five_days_and_no_sooner(cast):
    actions.tell(cast.places["ada"].mailbox, "groups.opened", about="abc", at=AT)
    now = AT
    while Outbox.objects.filter(given_up_at=None).exists():
        now = Outbox.objects.get().due_at
        with time_machine.travel(now, tick=False):
            jobs.send_letters()
    assert timedelta(days=5) < now - AT < timedelta(days=5, hours=2)


class TestASlowOne:
    @pytest.fixture(autouse=True)
    def _letters(self, cast):
        for name in ("ada", "eve", "fay"):
            actions.tell(cast.places[name].mailbox, "groups.opened", about="abc", at=AT)

    def test_holds_the_worker_up_for_one_round_alone(self, office, monkeypatch):
        monkeypatch.setattr(limits, "ROUND", 0.3)
        office.wait = 0.4
        office.controller.start()
        begin = time.monotonic()
        assert jobs.send_letters() == 1
        assert time.monotonic() - begin < 3
        assert [jobs.send_letters(), jobs.send_letters(), jobs.send_letters()] == [1, 1, 0]
        assert len(set(office.taken)) == len(office.taken) == 3

    def test_leases_each_letter_when_its_turn_has_come(self, office, monkeypatch):
        held = []

        def send(server, letter):
            held.append(Outbox.objects.exclude(leased_until=None).count())
            sent(server, letter)

        sent = mail.send
        monkeypatch.setattr(mail, "send", send)
        office.controller.start()
        assert jobs.send_letters() == 3
        assert held == [1, 1, 1]

    def test_that_takes_too_long_is_asked_again_with_the_same_id(self, office, monkeypatch):
        monkeypatch.setattr(mail, "TIMEOUT", 0.3)
        office.wait = 1.0
        office.controller.start()
        assert jobs.send_letters() == 0
        assert {row.attempts for row in Outbox.objects.all()} == {1}
        office.wait = 0
        letters = set(Outbox.objects.values_list("message_id", flat=True))
        with time_machine.travel(AT + timedelta(days=1000), tick=False):
            assert jobs.send_letters() == 3
        assert set(office.taken) == letters
