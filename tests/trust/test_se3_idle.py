"""SE3: whoever does nothing is signed out when she chose, never later than the site's own limits; whoever runs the site after a quarter of an hour."""

import time

import pytest

from kith.people import limits
from kith.testing.cast import PHRASE, make_cast
from kith.testing.clients import client_of
from kith.web import cookies

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def clock(monkeypatch):
    now = [time.time()]
    monkeypatch.setattr(cookies.time, "time", lambda: now[0])
    return now


def sign_in(cast, who, device):
    client = client_of(cast.viewer(who))
    client.post("/account/login/", {"name": f"{who} 1000", "phrase": PHRASE, "device": device})
    return client


@pytest.mark.parametrize(
    ("minutes", "device", "idle"),
    [
        (15, "shared", 15 * 60), (60, "shared", 3600), (24 * 60, "shared", 2 * 3600), (0, "shared", 2 * 3600),
        (15, "own", 15 * 60), (24 * 60, "own", 24 * 3600), (0, "own", 30 * 24 * 3600),
    ],
)  # fmt: skip
def test_comes_when_she_chose_and_never_later_than_usual(cast, clock, minutes, device, idle):
    client = sign_in(cast, "ben", device)
    assert client.post("/me/idle/", {"minutes": minutes}).status_code == 302
    assert client.get("/me/sessions/").status_code == 200
    clock[0] += idle * 0.95
    assert client.get("/me/privacy/").status_code == 200
    clock[0] += idle * 0.95 if idle < limits.OWN_IDLE else 0
    assert client.get("/me/privacy/").status_code == 200
    clock[0] += idle + 5
    assert client.get("/me/privacy/").status_code == 401


def test_the_page_shows_what_she_chose(cast):
    client = client_of(cast.viewer("ben"))
    client.post("/me/idle/", {"minutes": "60"})
    html = client.get("/me/sessions/?done=idle").content.decode()
    assert 'value="60" checked' in html
    assert "It counts from the next page on." in html


@pytest.mark.parametrize("minutes", ["", "7", "-5", "100000", "x"])
def test_what_is_not_offered_is_as_usual(cast, clock, minutes):
    client = sign_in(cast, "ben", "shared")
    client.post("/me/idle/", {"minutes": minutes})
    clock[0] += limits.SHARED_IDLE - 60
    assert client.get("/me/privacy/").status_code == 200


@pytest.mark.parametrize("minutes", [0, 60, 24 * 60])
def test_whoever_runs_the_site_cannot_make_it_longer(cast, clock, minutes):
    client = sign_in(cast, "sue", "own")
    client.post("/me/idle/", {"minutes": minutes})
    clock[0] += limits.STAFF_IDLE + 5
    assert client.get("/me/privacy/").status_code == 401
    assert (limits.STAFF_IDLE, limits.STAFF_MOST) == (15 * 60, 12 * 3600)
