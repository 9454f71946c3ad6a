"""The door: codes are their owner's alone, guessing locks nobody out, sign-ins end in time, other hosts are not answered."""

import re
import time

import pytest
from django.test import Client

from kith.core.actions import make_first_code
from kith.core.models import Site
from kith.notify.models import Outbox
from kith.people.actions import set_email, sign_up
from kith.people.models import Person
from kith.people.queries import email_to_confirm, get_account
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of
from kith.web import cookies
from kith.web.headers import HEADERS

pytestmark = pytest.mark.django_db
MINE = "four quiet words here"
CODE = re.compile(r"<li>(\w{4} \w{4} \w{4})</li>")
SIGN_UP = {"name": "plum jam", "phrase": MINE, "way": "none", "adult": "1", "health_consent": "1"}


def door(client, name, phrase=PHRASE, **more):
    return client.post("/account/login/", {"name": name, "phrase": phrase}, **more)


@pytest.fixture
def cast():
    return make_cast()


class TestCodes:
    def test_are_gone_once_their_owner_signed_out(self, cast):
        client = Client()
        client.post("/account/signup/", SIGN_UP)
        (code, *_others) = CODE.findall(client.get("/account/codes/").content.decode())
        client.post("/account/logout/")
        assert not client.cookies["codes"].value
        door(client, "ben 1000")
        assert code not in client.get("/account/codes/", follow=True).content.decode()

    def test_are_not_opened_for_another_person_who_has_the_cookie(self, cast):
        client, ben = Client(), client_of(cast.viewer("ben"))
        client.post("/account/signup/", SIGN_UP)
        ben.cookies["codes"] = client.cookies["codes"].value
        assert ben.get("/account/codes/").status_code == 302
        assert client.get("/account/codes/").status_code == 200

    def test_go_when_somebody_signs_in_over_them(self, cast):
        client = Client()
        client.post("/account/signup/", SIGN_UP)
        door(client, "ben 1000")
        assert not client.cookies["codes"].value


class TestGuessing:
    def guess(self, place, times=12, name="ben 1000"):
        return [door(Client(), name, "wrong wrong wrong", REMOTE_ADDR=place).content for _try in range(times)]

    def test_stops_where_it_comes_from(self, cast):
        answers = self.guess("203.0.113.9")
        assert [b"Please wait" in answer for answer in answers] == [False] * 10 + [True] * 2
        assert all(b"Please wait" in answer for answer in self.guess("203.0.113.9", 1, "BEN\x00  1000"))

    def test_leaves_the_door_of_the_printed_codes_alone(self, cast):
        account = sign_up(name="plum", phrase=MINE, email="", adult=True, health_consent=True, at=AT)
        self.guess("203.0.113.9", 12, account.sign_in_name)
        fields = {"name": account.sign_in_name, "code": account.codes[0], "phrase": "another quiet phrase"}
        assert Client().post("/account/code/", fields, REMOTE_ADDR="203.0.113.9").status_code == 302

    def test_counts_a_network_of_the_new_kind_as_one_place(self, cast):
        for number in range(10):
            self.guess(f"2001:db8:1:2::{number:x}", 1)
        assert b"Please wait" in self.guess("2001:db8:1:2:ffff::1", 1)[0]
        assert b"Please wait" not in self.guess("2001:db8:1:3::1", 1)[0]


class TestTheEndOfASignIn:
    @pytest.mark.parametrize(
        ("who", "own", "hours"), [("ben", False, 12), ("ben", True, 30 * 24), ("sue", False, 12), ("sue", True, 12)]
    )
    def test_comes_even_for_somebody_who_never_rests(self, cast, monkeypatch, who, own, hours):
        now = [time.time()]
        monkeypatch.setattr(cookies.time, "time", lambda: now[0])
        client = client_of(cast.viewer(who))
        client.post("/account/login/", {"name": f"{who} 1000", "phrase": PHRASE, "device": "own" if own else "shared"})
        begin, step = now[0], 600 if hours == 12 else 24 * 3600
        while client.get("/me/privacy/").status_code == 200:
            now[0] += step
            assert now[0] - begin < hours * 3600 + 2 * step
        assert hours * 3600 - step < now[0] - begin <= hours * 3600 + step

    @pytest.mark.parametrize(("who", "minutes"), [("ben", 120), ("sue", 15)])
    def test_comes_after_doing_nothing(self, cast, monkeypatch, who, minutes):
        now = [time.time()]
        monkeypatch.setattr(cookies.time, "time", lambda: now[0])
        client = client_of(cast.viewer(who))
        for wait, status in ((0, 200), (minutes * 60 - 5, 200), (minutes * 60 - 5, 200), (minutes * 60 + 5, 401)):
            now[0] += wait
            assert client.get("/me/privacy/").status_code == status

    def test_the_cookie_is_not_written_with_every_page(self, cast):
        client = client_of(cast.viewer("ben"))
        door(client, "ben 1000")
        client.post("/account/login/", {"name": "ben 1000", "phrase": PHRASE, "device": "own"})
        assert cookies.name() not in client.get("/me/privacy/").cookies


class TestOtherHosts:
    @pytest.mark.parametrize("path", ["/", "/account/login/", "/no/such/page", "/exit/"])
    def test_are_refused_with_our_headers(self, cast, path):
        answer = Client().get(path, headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert b"evil.example" not in answer.content
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS

    def test_may_ask_whether_it_is_up(self, cast):
        assert Client().get("/up", headers={"host": "10.0.0.7"}).status_code == 200


class TestTheFirstSteward:
    def test_is_asked_like_everybody(self, db):
        Site.objects.filter(pk=1).update(set_up_at=None)
        fields = {"code": make_first_code(), "name": "sue", "phrase": MINE}
        answer = Client().post("/steward/first/", fields)
        assert answer.status_code == 422
        assert all(f'id="{name}"'.encode() in answer.content for name in ("adult", "health_consent"))
        assert not Person.objects.exists()
        assert Client().post("/steward/first/", fields | {"adult": "1", "health_consent": "1"}).status_code == 302
        assert Person.objects.get().health_consent == 1


class TestTheLinkToAnAddress:
    @pytest.fixture
    def ben(self, cast):
        person = cast.viewer("ben").person
        set_email(person, email="ben@example.org", phrase=PHRASE, at=AT)
        return person

    def test_does_nothing_by_itself_and_works_once(self, cast, ben):
        path, client = f"/me/email/{email_to_confirm(ben)[1]}/", client_of(cast.viewer("ben"))
        assert b"ben@example.org" in client.get(path).content
        assert not get_account(ben).email_confirmed
        assert client.post(path).status_code == 302
        assert get_account(ben).email_confirmed
        assert b"has done its work" in client.get(path).content
        assert client.post(path).status_code == 422

    def test_shows_nobody_else_the_address(self, cast, ben):
        path = f"/me/email/{email_to_confirm(ben)[1]}/"
        for client in (Client(), client_of(cast.viewer("fay"))):
            assert b"ben@example.org" not in client.get(path).content
            client.post(path)
        assert not get_account(ben).email_confirmed

    def test_is_named_until_it_is_pressed_and_sent_again_on_saving(self, cast, ben):
        client = client_of(cast.viewer("ben"))
        assert b"Not confirmed" in client.get("/me/privacy/").content
        assert b"not confirmed" in client.get("/me/notices/").content
        Outbox.objects.update(sent_at=AT)
        client.post("/me/email/", {"email": "ben@example.org", "phrase": PHRASE})
        assert Outbox.objects.filter(kind="confirm", sent_at=None).count() == 1


def test_the_own_page_tells_what_is_kept_of_a_sign_in(cast):
    html = client_of(cast.viewer("ben")).get("/me/privacy/").content.decode()
    assert "When you were last here" not in html
    assert "the day you signed in" in html
