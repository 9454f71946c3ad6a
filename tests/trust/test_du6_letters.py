"""DU6: a letter's row is written with its cause; however often the worker is killed, each letter goes out, and twice only with one Message-ID."""

import pytest
from django.db import connection

from tests.trust.crashing import run

WITH_ITS_CAUSE = """
set_wants_mail(get_place(viewers["ada"], code).mailbox, True)
send(ada, "topic")
assert not Outbox.objects.exists()
killed(ben, "reply")
assert count("reply") == Notice.objects.filter(kind="conversation.answered").count() == Outbox.objects.count() == 1
"""
# Some members are told something; a mail server kills the worker that hands it a letter: before it takes it, as it takes it, or not at all.
SENT = """
import random, socket
from collections import Counter
from datetime import timedelta
import time_machine
from aiosmtpd.controller import Controller
from email import message_from_bytes
from kith.core.actions import set_mail
from kith.notify import jobs
from kith.notify.actions import tell
from kith.people.actions import set_email, confirm_email
from kith.people.queries import email_to_confirm
from kith.testing.cast import AT, PHRASE
KILLS = {kills}
person = viewers["ben"].person
set_email(person, email="ben@example.org", phrase=PHRASE, at=AT)
confirm_email(person, email_to_confirm(person)[1], at=AT)
Outbox.objects.all().delete()
from kith.notify.actions import open_mailbox
for number in range(KILLS * 2):
    box = open_mailbox(person)
    set_wants_mail(box, True)
    tell(box, "groups.opened", about="abc", at=AT)
letters = set(Outbox.objects.values_list("message_id", flat=True))
assert len(letters) == KILLS * 2
class Office:
    def __init__(self):
        self.taken, self.killed, self.worker, self.chance = [], Counter(), 0, random.Random(3)
    async def handle_DATA(self, server, session, envelope):
        how = self.chance.choice(("before", "after", "not", "not")) if self.worker else "not"
        worker = self.worker
        if how != "not":
            self.worker = 0
            self.killed[how] += 1
        if how == "before":
            os.kill(worker, signal.SIGKILL)
            return "250 OK"
        self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        if how == "after":
            server.loop.call_later(self.chance.random() * 0.004, os.kill, worker, signal.SIGKILL)
        return "250 OK"
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
office = Office()
controller = Controller(office, hostname="127.0.0.1", port=port)
controller.start()
set_mail(host="127.0.0.1", port=port, security="none", user="", sealed_word=None, sender="notes@example.org")
now = AT
for _round in range(KILLS * 4):
    now += timedelta(minutes=3)
    connections.close_all()
    worker = os.fork()
    if not worker:
        with time_machine.travel(now, tick=True):
            while jobs.send_letters():
                pass
        os._exit(0)
    office.worker = worker if sum(office.killed.values()) < KILLS else 0
    os.waitpid(worker, 0)
    office.worker = 0
controller.stop()
counts = Counter(one.strip("<>").partition("@")[0] for one in office.taken)
assert counts.keys() == letters, (len(counts), len(letters))
assert sum(office.killed.values()) == KILLS and min(office.killed["before"], office.killed["after"]) > 0, office.killed
assert sum(counts.values()) - len(letters) <= office.killed["after"], counts
assert not Outbox.objects.filter(sent_at=None).exists()
"""


@pytest.fixture(autouse=True)
def _once():
    if connection.vendor != "sqlite":
        pytest.skip("on a database file of its own; the run on SQLite has it")


@pytest.mark.slow
def test_a_kill_behind_the_commit_keeps_the_letter(tmp_path):
    assert run(tmp_path, WITH_ITS_CAUSE) == (0, "")


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_no_letter(tmp_path):
    assert run(tmp_path, SENT.replace("{kills}", "15")) == (0, "")


@pytest.mark.nightly
def test_five_hundred_kills_lose_no_letter(tmp_path):
    assert run(tmp_path, SENT.replace("{kills}", "500")) == (0, "")
