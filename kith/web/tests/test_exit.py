"""Quick exit: no token asked, the session ended, the cookie changed, nothing of us on the page; at once, whatever the database does."""

import time
from threading import Event

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from kith.conversation.actions import save_draft
from kith.conversation.models import Draft
from kith.core.models import Site
from kith.groups.models import Group, Persona
from kith.groups.personas import owner_of
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.people.actions import open_session
from kith.people.models import Person, Session
from kith.testing.cast import AT, make_cast
from kith.web import aside, cookies

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    cast, client, response = make_cast(), Client(enforce_csrf_checks=True), HttpResponse()
    cookies.write(response, open_session(cast.viewer("ben").person, device="phone", own_device=True, at=AT), own_device=True)
    client.cookies[cookies.name()] = response.cookies[cookies.name()].value
    return client


@pytest.fixture
def here(monkeypatch):
    """Do at once what is done on another thread, which cannot see what a test has not committed."""
    monkeypatch.setattr("kith.web.people.exit.aside", lambda job, otherwise: job())


def check(answer):
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert {name: cookie.value for name, cookie in answer.cookies.items() if name == cookies.name()} == {cookies.name(): "gone"}
    assert answer.cookies["codes"].value == ""
    assert b"Kith" not in answer.content
    assert b'<link rel="icon" href="data:,">' in answer.content  # else the browser comes back to ask for one
    assert len(answer.content) < 500


@pytest.mark.parametrize("method", ["get", "post"])
def test_ends_everything_at_once(client, here, method):
    answer = getattr(client, method)("/exit/")
    check(answer)
    assert not Session.objects.exists()
    assert b"https://www.wikipedia.org/" in answer.content


def test_goes_where_the_steward_says(client, here, monkeypatch):
    monkeypatch.setattr("kith.web.people.exit._known", {"url": ""})
    Site.objects.filter(pk=1).update(exit_url="https://weather.example/")
    assert b"https://weather.example/" in client.post("/exit/").content


@pytest.mark.parametrize("fault", ["slow", "broken"])
def test_does_not_wait_for_the_database_which_follows_later(client, monkeypatch, fault):
    free, ended = Event(), Event()

    def end(_token):
        if fault == "slow":
            free.wait(10)
        elif not free.is_set():
            raise DatabaseError
        ended.set()

    monkeypatch.setattr("kith.web.people.exit.end_session", end)
    monkeypatch.setattr("kith.web.people.exit.get_site", Site)
    monkeypatch.setattr(aside, "PAUSE", 0.05)
    monkeypatch.setattr(aside, "TRIES", 100)
    begin = time.monotonic()
    check(client.post("/exit/"))
    assert time.monotonic() - begin < 1
    assert not ended.is_set()
    free.set()
    assert ended.wait(5)


class TestDrafts:
    @pytest.fixture
    def drafts(self, client):
        """Have ben, whose client it is, begin to write, and somebody else too."""
        group = Group.objects.get()
        for name in ("Wren", "Fig"):
            place = get_place(Viewer(owner_of(Persona.objects.get(group=group, name=name))), group.code)
            save_draft(place, "topic", words=f"Half a thought of {name}")
        return Draft.objects

    def test_stay_unless_she_has_asked_for_it(self, client, drafts, here):
        check(client.post("/exit/"))
        assert drafts.count() == 2

    def test_go_if_she_has_and_nobody_elses(self, client, drafts, here):
        client.post("/me/exit/", {"drafts": "1", "csrfmiddlewaretoken": csrf_of(client)})
        assert Person.objects.get(exit_drops_drafts=True).sign_in_name == "ben 1000"
        check(client.post("/exit/"))
        assert [draft.words for draft in drafts.all()] == ["Half a thought of Fig"]

    def test_stay_where_only_a_link_was_followed(self, client, drafts, here):
        Person.objects.update(exit_drops_drafts=True)  # anybody's page could hold such a link
        check(client.get("/exit/"))
        assert drafts.count() == 2
        assert not Session.objects.exists()


def csrf_of(client):
    page = client.get("/me/privacy/").content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
