"""SE6: leaving, signing out and closing the account each have the browser throw away all that it keeps, and change the cookie."""

import pytest

from kith.people.models import Session
from kith.testing.cast import PHRASE, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
WAYS = {
    "exit": ("/exit/", {}),
    "sign out": ("/account/logout/", {}),
    "closing": ("/me/closing/", {"words": "keep", "when": "later", "phrase": PHRASE}),
}


@pytest.mark.parametrize("way", WAYS)
def test_everything_goes_and_the_cookie_changes(way, monkeypatch):
    monkeypatch.setattr("kith.web.people.exit.aside", lambda job, otherwise: job())
    ben = client_of(make_cast().viewer("ben"))
    assert ben.get("/me/privacy/").status_code == 200
    before = ben.cookies["seat"].value
    path, fields = WAYS[way]
    answer = ben.post(path, fields)
    assert answer.status_code in (200, 302)
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert answer.cookies["seat"].value not in ("", before)
    assert answer.cookies["seat"]["max-age"] == 1
    assert answer.cookies["codes"]["max-age"] == 0
    assert answer["Cache-Control"] == "no-store"
    assert not Session.objects.exists()
    ben.cookies["seat"] = before
    assert ben.get("/me/privacy/").status_code == 401


def test_a_closing_that_was_refused_takes_nothing_away():
    ben = client_of(make_cast().viewer("ben"))
    answer = ben.post("/me/closing/", {"words": "keep", "phrase": "not this one"})
    assert answer.status_code == 422
    assert "Clear-Site-Data" not in answer
    assert ben.get("/me/privacy/").status_code == 200


def test_no_page_is_kept_by_the_browser():
    ben = client_of(make_cast().viewer("ben"))
    for path in ("/", "/me/privacy/", "/me/words/", "/account/login/", "/no/such/page"):
        assert ben.get(path)["Cache-Control"] == "no-store"
