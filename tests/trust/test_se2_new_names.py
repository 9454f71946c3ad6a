"""SE2: a session gets a new name at signing in, at the second step and at a new pass-phrase from outside; SE4: one device or all others end at once."""

import pytest
from django.test import Client

from kith.core import clock
from kith.people import actions
from kith.people.actions.phrases import new_codes
from kith.people.models import Session
from kith.testing.cast import PHRASE, make_cast
from kith.web import cookies
from kith.web.people.door import device_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def seat(client):
    return client.cookies[cookies.name()].value


def sign_in(client, who="ben"):
    client.post("/account/login/", {"name": f"{who} 1000", "phrase": PHRASE, "device": "shared"})
    return seat(client)


def alive(value):
    client = Client()
    client.cookies[cookies.name()] = value
    return client.get("/me/privacy/").status_code == 200


class TestANewName:
    def test_at_signing_in_anew_and_the_old_one_is_dead(self, cast):
        client = Client()
        first = sign_in(client)
        second = sign_in(client)
        assert first != second
        assert (alive(first), alive(second)) == (False, True)

    def test_at_signing_in_as_somebody_else(self, cast):
        client = Client()
        first = sign_in(client)
        second = sign_in(client, "fay")
        assert (alive(first), alive(second)) == (False, True)

    def test_at_the_second_step(self, cast):
        client = Client()
        first = sign_in(client, "ada")
        client.post("/account/step/", {"code": new_codes(cast.viewer("ada").person)[0]})
        second = seat(client)
        assert (alive(first), alive(second)) == (False, True)
        assert Session.objects.get().strong

    def test_at_a_printed_code(self, cast):
        client = Client()
        first = sign_in(client)
        code = new_codes(cast.viewer("ben").person)[0]
        client.post("/account/code/", {"name": "ben 1000", "code": code, "phrase": "another quiet phrase"})
        second = seat(client)
        assert (alive(first), alive(second)) == (False, True)

    def test_one_that_was_given_to_her_before_is_never_taken_on(self, cast):
        client = Client()
        client.cookies[cookies.name()] = "planted.1.2"
        assert "planted" not in sign_in(client)


class TestDevices:
    def test_one_is_ended_and_the_other_goes_on(self, cast):
        one, other = Client(), Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 16) Mobile"})
        first, second = sign_in(one), sign_in(other)
        html = one.get("/me/sessions/").content.decode()
        assert "A computer" in html
        assert "A phone" in html
        assert "Android" not in html
        key = Session.objects.exclude(token_hash=_hash(first)).get().token_hash[:16]
        one.post("/me/sessions/", {"device": key})
        assert (alive(first), alive(second)) == (True, False)

    def test_all_others_are_ended(self, cast):
        seats = [sign_in(Client()) for _device in range(3)]
        last = Client()
        here = sign_in(last)
        last.post("/me/sessions/", {"device": ""})
        assert [alive(value) for value in seats] == [False] * 3
        assert alive(here)

    def test_nobody_ends_another_ones(self, cast):
        first = sign_in(Client())
        other = Client()
        sign_in(other, "fay")
        other.post("/me/sessions/", {"device": _hash(first)[:16]})
        other.post("/me/sessions/", {"device": ""})
        assert alive(first)

    def test_a_new_phrase_ends_the_others(self, cast):
        first = sign_in(Client())
        here = Client()
        kept = sign_in(here)
        here.post("/me/phrase/", {"phrase": PHRASE, "new": "another quiet phrase"})
        assert (alive(first), alive(kept)) == (False, True)

    @pytest.mark.parametrize(
        ("agent", "device"),
        [
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148", "phone"),
            ("Mozilla/5.0 (Linux; Android 16; Pixel 9) Mobile Safari", "phone"),
            ("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X)", "tablet"),
            ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/150.0", "computer"),
            ("", "computer"),
        ],
    )
    def test_of_a_device_its_kind_alone_is_kept(self, rf, agent, device):
        assert device_of(rf.get("/", headers={"user-agent": agent})) == device


def _hash(value):
    from kith.people.sealing import token_hash

    return token_hash(value.partition(".")[0])


def test_a_token_is_kept_as_a_hash_alone(cast):
    token = actions.open_session(cast.viewer("ben").person, device="phone", own_device=False, at=clock.now())
    row = Session.objects.get()
    assert row.token_hash == _hash(token)
    assert token not in str(vars(row))
