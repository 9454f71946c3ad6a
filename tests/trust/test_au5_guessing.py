"""AU5: of ten thousand guesses hardly any is looked at, from wherever they come, also after a restart; and the owner still comes in."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers
from django.test import Client

from kith.core import clock
from kith.core.errors import Refused
from kith.people import limits
from kith.people.actions import check_sign_in, drop_old_tallies, sign_up
from kith.people.actions.guessing import Guessed, check_guesses, note_failure
from kith.people.models import Tally
from kith.testing.cast import PHRASE
from kith.web import cookies, throttle
from kith.web.people import known

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return sign_up(name="plum", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())


@pytest.fixture
def looked_at(monkeypatch):
    """How many pass-phrases were held against a hash, or against none for a name that nobody has."""
    seen = []
    for name in ("check_password", "make_password"):
        real = getattr(hashers, name)
        monkeypatch.setattr(f"kith.people.actions.phrases.{name}", lambda *a, real=real, **k: (seen.append(1), real(*a, **k))[1])
    return seen


def guess(name, place, phrase="wrong wrong wrong", client=None, **more):
    return (client or Client()).post("/account/login/", {"name": name, "phrase": phrase} | more, REMOTE_ADDR=place)


@pytest.mark.slow
@pytest.mark.parametrize("exists", [True, False])
def test_of_ten_thousand_guesses_twenty_are_looked_at(account, looked_at, exists):
    name, refused = account.sign_in_name if exists else "nobody 1234", 0
    for _guess in range(10_000):
        try:
            check_sign_in(name=name, phrase="wrong wrong wrong", at=clock.now())
        except Guessed:
            refused += 1
        except Refused:
            pass
    assert len(looked_at) == limits.GUESSES_AN_HOUR
    assert refused == 10_000 - limits.GUESSES_AN_HOUR


@pytest.mark.parametrize("exists", [True, False])
def test_wherever_they_come_from_and_after_a_restart(account, looked_at, exists):
    name = account.sign_in_name if exists else "nobody 1234"
    for number in range(60):
        if number % 10 == 9:
            throttle.forget()  # a restart: what was in memory is gone
        answer = guess(name, f"198.51.{number}.7")
    assert len(looked_at) == limits.GUESSES_AN_HOUR
    assert answer.status_code == 422
    assert "Too many have tried this name" in answer.content.decode()


def test_the_owner_comes_in_from_a_device_of_hers_and_with_a_code(account):
    hers = Client()
    assert guess(account.sign_in_name, "203.0.113.7", PHRASE, hers, device="own").status_code == 302
    assert cookies.name(known.COOKIE) in hers.cookies
    for number in range(40):
        guess(account.sign_in_name, f"198.51.100.{number}")
    assert guess(account.sign_in_name, "203.0.113.8", PHRASE).status_code == 422  # right, but from a strange device
    del hers.cookies[cookies.name()]  # her session has run out
    assert guess(account.sign_in_name, "203.0.113.7", PHRASE, hers, device="own").status_code == 302
    for number in range(40):
        guess(account.sign_in_name, f"198.51.100.{number}")
    fields = {"name": account.sign_in_name, "code": account.codes[0], "phrase": "another quiet phrase"}
    assert Client().post("/account/code/", fields, REMOTE_ADDR="203.0.113.8").status_code == 302
    assert guess(account.sign_in_name, "203.0.113.8", "another quiet phrase").status_code == 302


def test_somebody_elses_device_is_not_known(account):
    other = sign_up(name="fig", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())
    theirs = Client()
    guess(other.sign_in_name, "203.0.113.7", PHRASE, theirs, device="own")
    for number in range(40):
        guess(account.sign_in_name, f"198.51.100.{number}")
    assert guess(account.sign_in_name, "203.0.113.7", PHRASE, theirs).status_code == 422
    forged = Client()
    forged.cookies[cookies.name(known.COOKIE)] = "nonce." + "0" * 32
    assert guess(account.sign_in_name, "203.0.113.7", PHRASE, forged).status_code == 422


def test_an_hour_later_it_goes_on_but_never_past_a_hundred_in_a_row(account):
    at = clock.now().replace(minute=10)
    for hour in range(5):
        for _guess in range(limits.GUESSES_AN_HOUR):
            check_guesses("sign_in", "x", at=at + timedelta(hours=hour))
            note_failure("sign_in", "x", at=at + timedelta(hours=hour))
    with pytest.raises(Guessed) as too_many:
        check_guesses("sign_in", "x", at=at + timedelta(days=3))
    assert too_many.value.wait == 0
    check_guesses("sign_in", "y", at=at)
    check_guesses("way_in", "x", at=at)


def test_a_right_one_forgets_the_wrong_ones(account):
    for _guess in range(3):
        guess(account.sign_in_name, "203.0.113.7")
    assert Tally.objects.count() == 1
    check_sign_in(name=account.sign_in_name, phrase=PHRASE, at=clock.now())
    assert not Tally.objects.exists()


def test_what_is_counted_names_nobody_and_goes_after_thirty_days(account):
    guess(account.sign_in_name, "203.0.113.7")
    guess("nobody 1234", "203.0.113.7")
    for _guess in range(9):
        guess("nobody 1234", "203.0.113.8")
    rows = list(Tally.objects.all())
    assert [len(row.tag) for row in rows] == [32, 32]
    assert len({len(bytes(row.sealed)) for row in rows}) == 1
    drop_old_tallies(at=clock.now() + timedelta(days=29))
    assert Tally.objects.exists()
    drop_old_tallies(at=clock.now() + timedelta(days=31))
    assert not Tally.objects.exists()
