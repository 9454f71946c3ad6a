"""Mailboxes, notices, and letters that say nothing but that a notice waits."""

import email
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from kith.core.actions import set_mail
from kith.core.models import Site
from kith.notify import actions, jobs, kinds, queries
from kith.notify.models import Mailbox, Notice, Outbox
from kith.people.actions import confirm_email, open_session, set_email, sign_up
from kith.people.models import Session
from kith.people.queries import email_to_confirm
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db
PHRASE = "four quiet words here"


@pytest.fixture
def person(db):
    made = sign_up(name="plum", phrase=PHRASE, email="plum@example.org", adult=True, health_consent=True, at=AT).person
    confirm_email(made, email_to_confirm(made)[1], at=AT)
    Outbox.objects.all().delete()
    return made


class _Letters:
    """A real SMTP server's handler that keeps what it was handed, or refuses."""

    def __init__(self):
        self.kept, self.answer = [], "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.kept.append(envelope)
        return self.answer


@pytest.fixture
def post_office():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = _Letters()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    set_mail(host="127.0.0.1", port=port, security="none", user="", sealed_word=None, sender="notes@example.org")
    yield handler
    controller.stop()


class TestTelling:
    def test_once_for_each_thing(self, person):
        box = actions.open_mailbox(person)
        for _again in range(2):
            actions.tell(box, "groups.opened", about="abc", at=AT)
        assert Notice.objects.filter(mailbox=box).count() == 1

    def test_stands_on_the_sessions_of_its_owner(self, person):
        open_session(person, device="phone", own_device=False, at=AT)
        box = actions.open_mailbox(person)
        actions.tell(box, "groups.opened", about="abc", at=AT)
        assert Session.objects.get(person=person).notices
        actions.mark_seen(person, [box])
        assert not Session.objects.get(person=person).notices
        assert not queries.has_new([box])

    def test_seeing_one_leaves_the_others_new(self, person):
        box, other = actions.open_mailbox(person), actions.open_mailbox(person)
        for mailbox, about in ((box, "abc"), (box, "def"), (other, "abc")):
            actions.tell(mailbox, "groups.opened", about=about, at=AT)
        assert actions.see(box, {"abc", "ghi"})
        assert not actions.see(box, {"abc"})
        abouts = dict(Notice.objects.values_list("pk", "about"))
        new = {(row.mailbox, abouts[row.key]) for row in queries.list_notices([box, other]) if row.new}
        assert new == {(box, "def"), (other, "abc")}

    def test_what_was_seen_is_kept_in_few_words(self, person):
        box = actions.open_mailbox(person)
        for number in range(40):
            actions.tell(box, "groups.opened", about=str(number), at=AT + timedelta(minutes=number))
        actions.see(box, [str(number) for number in range(1, 40, 2)])
        new = [row.new for row in queries.list_notices([box])]  # the newest first
        assert new[:24] == [False, True] * 12
        assert all(new[24:])  # more than it remembers one by one: the oldest are new again, rather than forgotten
        actions.see(box, before=AT + timedelta(minutes=38))
        assert [row.new for row in queries.list_notices([box])] == [False, True] + [False] * 38
        actions.see(box)
        assert not queries.has_new([box])
        actions.tell(box, "groups.opened", about="one more", at=AT)
        assert queries.has_new([box])

    def test_what_was_seen_stands_in_the_seal_alone(self, person):
        boxes = [actions.open_mailbox(person) for _two in range(2)]
        for box in boxes:
            actions.tell(box, "groups.opened", about="abc", at=AT)
        actions.set_wants_mail(boxes[0], True)
        actions.see(boxes[0])
        first, second = (Notice.objects.filter(mailbox=box).values("kind", "about", "who", "made_at") for box in boxes)
        assert list(first) == list(second)
        assert len({len(bytes(row.settings_sealed)) for row in Mailbox.objects.all()}) == 1
        assert queries.list_wanting_mail(boxes) == {boxes[0]}

    def test_a_mailbox_names_nobody(self, person):
        box = Mailbox.objects.get(pk=actions.open_mailbox(person))
        assert str(person).encode() not in bytes(box.owner_sealed)
        assert queries.owner_of(box.pk) == person


class TestLetters:
    def _wanting(self, person):
        box = actions.open_mailbox(person)
        actions.set_wants_mail(box, True)
        return box

    def test_none_until_asked_for(self, person):
        actions.tell(actions.open_mailbox(person), "groups.opened", about="abc", at=AT)
        assert not Outbox.objects.exists()

    def test_one_in_twelve_hours(self, person):
        box = self._wanting(person)
        for number, at in enumerate((AT, AT + timedelta(hours=1), AT + timedelta(hours=13))):
            actions.tell(box, "groups.opened", about=str(number), at=at)
        assert Outbox.objects.count() == 2

    def test_says_nothing_but_that_a_notice_waits(self, person, post_office):
        actions.tell(self._wanting(person), "groups.opened", about="secret-group", who="Wren", at=AT)
        assert jobs.send_letters() == 1
        (letter,) = post_office.kept
        message = email.message_from_bytes(letter.content)
        assert letter.rcpt_tos == ["plum@example.org"]
        assert (message["Subject"], message["From"]) == ("A notice waits", "notes@example.org")
        assert b"secret-group" not in letter.content
        assert b"Wren" not in letter.content
        assert Outbox.objects.get().sent_at is not None
        assert jobs.send_letters() == 0

    def test_letters_differ_only_in_their_id_whatever_it_is_and_whoever_did_it_in_whichever_group(self, person, post_office):
        for kind in sorted(kinds._kinds):
            for about, who in (("6fe8xdmp:1:1", "Wren"), ("zz9pluralz:812:90210", "Somebody With A Long Name")):
                actions.tell(self._wanting(person), kind, about=about, who=who, at=AT)
        while jobs.send_letters():
            pass
        letters = [email.message_from_bytes(letter.content) for letter in post_office.kept]
        assert len(letters) == len({letter["Message-ID"] for letter in letters}) == 2 * len(kinds._kinds) > 20
        for letter in letters:
            del letter["Message-ID"]
        assert len({letter.as_bytes() for letter in letters}) == 1

    def test_is_tried_again_with_the_same_id(self, person, post_office):
        actions.tell(self._wanting(person), "groups.opened", about="abc", at=AT)
        post_office.answer = "451 later"
        assert jobs.send_letters() == 0
        row = Outbox.objects.get()
        assert (row.attempts, row.sent_at, row.leased_until) == (1, None, None)
        Outbox.objects.update(due_at=AT)
        post_office.answer = "250 OK"
        assert jobs.send_letters() == 1
        assert row.message_id in post_office.kept[0].content.decode()

    def test_goes_seven_days_after(self, person):
        actions.tell(self._wanting(person), "groups.opened", about="abc", at=AT)
        actions.letter_sent(Outbox.objects.get().pk, at=AT)
        assert actions.drop_old_letters(at=AT + timedelta(days=6)) == 0
        assert actions.drop_old_letters(at=AT + timedelta(days=8)) == 1

    def test_two_workers_never_hold_one_letter(self, person):
        actions.tell(self._wanting(person), "groups.opened", about="abc", at=AT)
        assert len(actions.lease_letters(at=AT)) == 1
        assert actions.lease_letters(at=AT) == []
        assert len(actions.lease_letters(at=AT + timedelta(minutes=5))) == 1

    def test_none_without_an_address(self, person, post_office):
        set_email(person, email="", phrase=PHRASE, at=AT)
        actions.tell(self._wanting(person), "groups.opened", about="abc", at=AT)
        jobs.send_letters()
        assert post_office.kept == []

    def test_none_without_a_server(self, person):
        Site.objects.filter(pk=1).update(mail_host="")
        actions.tell(self._wanting(person), "groups.opened", about="abc", at=AT)
        assert jobs.send_letters() == 0
        assert Outbox.objects.get().attempts == 0


class TestANewAddress:
    def test_gets_one_letter_that_says_only_that_somebody_gave_it(self, person, post_office):
        set_email(person, email="new@example.org", phrase=PHRASE, at=AT)
        assert jobs.send_letters() == 1
        (letter,) = post_office.kept
        message = email.message_from_bytes(letter.content)
        assert letter.rcpt_tos == ["new@example.org"]
        assert message["Subject"] == "Is this your address?"
        assert f"/me/email/{email_to_confirm(person)[1]}/" in message.get_payload(decode=True).decode()
        assert not [word for word in (b"Kith", b"group", b"notice", b"plum") if word in letter.content]

    def test_gets_no_notice_before_its_owner_pressed_the_link(self, person, post_office):
        set_email(person, email="new@example.org", phrase=PHRASE, at=AT)
        Outbox.objects.all().delete()
        box = actions.open_mailbox(person)
        actions.set_wants_mail(box, True)
        actions.tell(box, "groups.opened", about="abc", at=AT)
        jobs.send_letters()
        assert post_office.kept == []

    def test_gets_none_if_it_was_taken_back_meanwhile(self, person, post_office):
        set_email(person, email="new@example.org", phrase=PHRASE, at=AT)
        set_email(person, email="", phrase=PHRASE, at=AT)
        jobs.send_letters()
        assert post_office.kept == []
