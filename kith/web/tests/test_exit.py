"""Quick exit: no token asked, the session ended, the cookie changed, nothing of us on the page."""

import pytest
from django.http import HttpResponse
from django.test import Client

from kith.people.actions import open_session
from kith.people.models import Session
from kith.testing.cast import AT, make_cast
from kith.web import cookies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_ends_everything_at_once(method):
    cast, client, response = make_cast(), Client(enforce_csrf_checks=True), HttpResponse()
    cookies.write(response, open_session(cast.viewer("ben").person, device="phone", own_device=True, at=AT), own_device=True)
    client.cookies[cookies.name()] = response.cookies[cookies.name()].value
    answer = getattr(client, method)("/exit/")
    assert answer.status_code == 200
    assert not Session.objects.exists()
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert answer.cookies[cookies.name()].value == "gone"
    assert b"https://www.wikipedia.org/" in answer.content
    assert b"Kith" not in answer.content
    assert len(answer.content) < 500
