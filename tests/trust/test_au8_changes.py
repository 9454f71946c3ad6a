"""AU8: each change of an account asks for the pass-phrase, says so in the app, and can be put back for three days; AU7: also from outside."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from kith.core import clock
from kith.core.errors import NotFound, Refused
from kith.groups.viewer import Viewer
from kith.people import actions, queries, undoing
from kith.people.models import Factor, Happening, Person, RecoveryCode, Session, Undo
from kith.testing.cast import PHRASE
from kith.testing.clients import client_of
from kith.web import cookies

pytestmark = pytest.mark.django_db
NEW = "another quiet phrase of mine"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def account():
    made = actions.sign_up(name="plum", phrase=PHRASE, email="old@example.org", adult=True, health_consent=True, at=clock.now())
    actions.add_app(
        made.person, secret=SECRET, code=pyotp.TOTP(SECRET).at(clock.now()), phrase=PHRASE, name="Mine", at=clock.now()
    )
    Undo.objects.all().delete()
    Happening.objects.all().delete()
    return made


def phrase(person, given, at):
    actions.change_phrase(person, phrase=given, new=NEW, stay="", at=at)


def email(person, given, at):
    actions.set_email(person, email="new@example.org", phrase=given, at=at)


def no_email(person, given, at):
    actions.set_email(person, email="", phrase=given, at=at)


def codes(person, given, at):
    actions.renew_codes(person, phrase=given, at=at)


def step_added(person, given, at):
    secret = SECRET[::-1]
    actions.add_app(person, secret=secret, code=pyotp.TOTP(secret).at(at), phrase=given, name="Another", at=at)


def step_gone(person, given, at):
    actions.drop_factor(person, Factor.objects.get().pk, phrase=given, at=at)


CHANGES = [phrase, email, no_email, codes, step_added, step_gone]


def state(person):
    """What an account is made of, but for what is sealed anew each time."""
    row = Person.objects.get(pk=person)
    return {
        "phrase": row.password, "email": queries.get_account(person).email, "tag": bytes(row.email_tag or b""), "confirmed": row.email_confirmed,
        "codes": set(RecoveryCode.objects.filter(person=person, used_on=None).values_list("code_hash", flat=True)),
        "steps": [(step.key, step.kind, step.name) for step in queries.list_factors(person)],
    }  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
class TestEachChange:
    def test_asks_for_the_phrase(self, account, change):
        before = state(account.person)
        with pytest.raises(Refused):
            change(account.person, "not her phrase at all", clock.now())
        assert state(account.person) == before
        assert not Happening.objects.exists()
        assert not Undo.objects.exists()

    def test_says_so_in_the_app(self, account, change):
        actions.open_session(account.person, device="phone", own_device=False, at=clock.now())
        change(account.person, PHRASE, clock.now())
        assert [row.new for row in queries.list_happenings(account.person)] == [True]
        client = client_of(Viewer(account.person))
        assert "About your account" in client.get("/me/notices/").content.decode()
        client.post("/me/notices/")
        assert [row.new for row in queries.list_happenings(account.person)] == [False]
        assert not Session.objects.filter(notices=True).exists()

    def test_can_be_put_back_for_three_days_with_the_phrase(self, account, change):
        before, at = state(account.person), clock.now()
        change(account.person, PHRASE, at)
        assert state(account.person) != before
        (row,) = queries.list_changes(account.person, at=at)
        now = NEW if change is phrase else PHRASE
        with pytest.raises(Refused):
            actions.put_back(account.person, row.key, phrase="not her phrase at all", at=at)
        actions.put_back(account.person, row.key, phrase=now, at=at + timedelta(hours=71))
        assert state(account.person) == before
        with pytest.raises(NotFound):
            actions.put_back(account.person, row.key, phrase=PHRASE, at=at)
        assert queries.list_happenings(account.person)[0].what == "put_back"

    def test_not_later_and_then_it_is_forgotten(self, account, change):
        at = clock.now()
        change(account.person, PHRASE, at)
        after, (row,) = state(account.person), queries.list_changes(account.person, at=at)
        with pytest.raises(NotFound):
            actions.put_back(account.person, row.key, phrase=NEW if change is phrase else PHRASE, at=at + timedelta(hours=73))
        assert state(account.person) == after
        actions.drop_old_undos(at=at + timedelta(hours=71))
        assert Undo.objects.count() == 1
        actions.drop_old_undos(at=at + timedelta(hours=73))
        assert not Undo.objects.exists()

    def test_nobody_else_puts_it_back(self, account, change):
        change(account.person, PHRASE, clock.now())
        other = actions.sign_up(name="fig", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())
        (row,) = queries.list_changes(account.person, at=clock.now())
        with pytest.raises(NotFound):
            actions.put_back(other.person, row.key, phrase=PHRASE, at=clock.now())


class TestSomebodyElseHasTakenTheAccount:
    def take(self, account):
        """Another who knows the phrase changes everything."""
        for change in (email, codes, step_gone, step_added):
            change(account.person, PHRASE, clock.now())
        phrase(account.person, PHRASE, clock.now())

    def test_a_code_of_before_puts_everything_back(self, account):
        before = state(account.person)
        self.take(account)
        theirs = actions.open_session(account.person, device="phone", own_device=False, at=clock.now())
        fields = {"name": account.sign_in_name, "code": account.codes[0], "phrase": "my own quiet phrase", "undo": "1"}
        answer = Client().post("/account/code/", fields)
        assert answer.status_code == 200  # her own second step is asked for again
        assert "The number in your app" in answer.content.decode()
        after = state(account.person)
        assert {name: after[name] for name in ("email", "tag", "confirmed", "steps")} == {
            name: before[name] for name in ("email", "tag", "confirmed", "steps")
        }
        assert after["codes"] == before["codes"] - {next(iter(before["codes"] - after["codes"]))}
        assert len(after["codes"]) == 9
        assert actions.check_sign_in(name=account.sign_in_name, phrase="my own quiet phrase", at=clock.now())
        assert theirs
        assert not Session.objects.exists()

    def test_after_three_days_a_replaced_code_is_worth_nothing(self, account):
        self.take(account)
        with pytest.raises(Refused):
            actions.use_code(
                name=account.sign_in_name, code=account.codes[0], phrase="my own quiet phrase", undo=True,
                at=clock.now() + timedelta(hours=73),
            )  # fmt: skip

    def test_the_other_ones_codes_are_worth_nothing_then(self, account):
        theirs = actions.renew_codes(account.person, phrase=PHRASE, at=clock.now())
        actions.use_code(
            name=account.sign_in_name, code=account.codes[0], phrase="my own quiet phrase", undo=True, at=clock.now()
        )
        for code in theirs:
            with pytest.raises(Refused):
                actions.use_code(name=account.sign_in_name, code=code, phrase="the other one's phrase", at=clock.now())
        with pytest.raises(Refused):  # and hers worked once
            actions.use_code(name=account.sign_in_name, code=account.codes[0], phrase="once more a phrase", at=clock.now())


class TestSigningIn:
    def sign_in(self, account, client=None, device="shared"):
        client = client or Client()
        client.post("/account/login/", {"name": account.sign_in_name, "phrase": PHRASE, "device": device})
        return client

    @pytest.fixture
    def plain(self):
        return actions.sign_up(name="pear", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())

    def test_from_a_strange_device_is_told_to_the_others(self, plain):
        first = self.sign_in(plain)
        assert [(row.what, row.new) for row in queries.list_happenings(plain.person)] == [("signed_in_computer", False)]
        self.sign_in(plain)
        assert [row.new for row in queries.list_happenings(plain.person)] == [True, False]
        assert "Somebody signed in as you on another computer." in first.get("/me/notices/").content.decode()

    def test_from_a_known_one_it_is_not(self, plain):
        client = self.sign_in(plain, device="own")
        del client.cookies[cookies.name()]
        Happening.objects.all().delete()
        self.sign_in(plain, client, device="own")
        assert not Happening.objects.exists()


def test_what_is_kept_names_nothing_and_has_one_size(account):
    for change in (email, codes, step_gone, step_added, phrase):
        change(account.person, PHRASE, clock.now())
    for model in (Happening, Undo):
        assert len({len(bytes(row.sealed)) for row in model.objects.all()}) == 1
        assert all(b"example" not in bytes(row.sealed) for row in model.objects.all())
    assert timedelta(hours=72) == undoing.WINDOW


def test_only_the_last_fifty_are_kept(account):
    from kith.people.happenings import note_happening

    for day in range(53):
        note_happening(account.person, "email", at=clock.now() + timedelta(days=day))
    rows = queries.list_happenings(account.person)
    assert len(rows) == 50
    assert rows[0].day == (clock.now() + timedelta(days=52)).date()
