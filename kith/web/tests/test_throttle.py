"""Guessing is slowed down, and no address is kept."""

import pytest
from django.test import Client, RequestFactory

from kith.people.actions import sign_up
from kith.testing.cast import AT
from kith.web import throttle


def test_counts_exactly_and_forgets_in_time():
    now = [0.0]
    for _try in range(3):
        throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])
    with pytest.raises(throttle.TooMany):
        throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])
    throttle.allow("x", "1.2.3.5", most=3, seconds=60, clock=lambda: now[0])
    now[0] = 61
    throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])


def test_keeps_no_address():
    throttle.allow("x", "203.0.113.77", most=3, seconds=60)
    assert "203.0.113" not in repr(throttle._seen)


def test_a_forwarded_address_counts_only_from_a_listed_proxy():
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="203.0.113.77")
    assert throttle.place_of(request) == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no:ip", "no:ip"),
    ],
)
def test_a_network_is_one_place(address, place):
    assert throttle.place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


@pytest.mark.django_db
def test_eleven_guesses_at_one_name_are_one_too_many_and_say_how_long_to_wait():
    account = sign_up(name="plum", phrase="four quiet words here", email="", adult=True, health_consent=True, at=AT)
    client = Client()
    for _guess in range(10):
        assert client.post("/account/login/", {"name": account.sign_in_name, "phrase": "no"}).status_code == 422
    answer = client.post("/account/login/", {"name": account.sign_in_name, "phrase": "four quiet words here"})
    assert b"Please wait" in answer.content
    assert "seat" not in answer.cookies
