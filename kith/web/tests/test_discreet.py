"""Discreet mode: whatever somebody looks at, the tab, the top of the page and the history say "Notes"; addresses of concerns say nothing."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.concerns.actions import load_core
from kith.concerns.queries import list_concerns
from kith.conversation import actions as talk
from kith.core.models import Site
from kith.people.models import Person
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web import jinja
from kith.web.finding.addresses import concern_path, slug_of

pytestmark = pytest.mark.django_db
TITLE, HEAD = re.compile(r"<title>(.*?)</title>"), re.compile(r"<head>.*?</head>|<header.*?</header>", re.DOTALL)
NAME = "Lantern House"
TEMPLATES = Path(jinja.__file__).resolve().parent / "templates"


@pytest.fixture
def cast(db):
    made = make_cast()
    Site.objects.filter(pk=1).update(name=NAME)
    talk.start_topic(made.places["ada"], title="The school play", words="A line.", at=AT, intent="")
    return made


def paths(cast):
    return (
        "/",
        "/find/browse/",
        "/me/words/",
        "/me/privacy/",
        "/display/",
        f"/g/{cast.group}/",
        f"/g/{cast.group}/topics/1/",
        "/no/such/page",
        "/help-now/",
    )


def check(answer, *, discreet):
    html = answer.content.decode()
    (title,) = TITLE.findall(html)
    shown = "".join(HEAD.findall(html))
    assert (title == "Notes") is discreet, title
    assert (NAME in title) is not discreet
    assert (f">{NAME}</a>" in shown) is not discreet
    assert (">Notes</a>" in shown) is discreet
    assert ('<svg class="mark' in shown or "mark-seat" in shown) is not discreet
    assert '<link rel="icon" href="data:,">' in shown
    assert "manifest" not in shown
    assert "application-name" not in shown


class TestAMember:
    def test_chooses_it_and_takes_it_back(self, cast):
        ben = client_of(cast.viewer("ben"))
        for discreet in (True, False):
            assert ben.post("/display/", {"discreet": "1"} if discreet else {}).status_code == 302
            assert Person.objects.filter(discreet=True).count() == discreet
            assert ('name="discreet" value="1" checked' in ben.get("/display/").content.decode()) is discreet
            for path in paths(cast):
                check(ben.get(path), discreet=discreet)

    def test_is_discreet_on_her_other_devices_and_nobody_else_is(self, cast):
        client_of(cast.viewer("ben")).post("/display/", {"discreet": "1"})
        check(client_of(cast.viewer("ben")).get("/"), discreet=True)
        check(client_of(cast.viewer("fay")).get("/"), discreet=False)

    def test_keeps_what_else_she_chose(self, cast):
        ben = client_of(cast.viewer("ben"))
        ben.post("/display/", {"theme": "dark", "text": "large", "discreet": "1"})
        assert b'data-theme="dark" data-text="large"' in ben.get("/").content

    def test_pays_no_query_for_it(self, cast):
        ben, counts = client_of(cast.viewer("ben")), []
        for fields in ({}, {"discreet": "1"}):
            ben.post("/display/", fields)
            ben.get(f"/g/{cast.group}/topics/1/")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                ben.get(f"/g/{cast.group}/topics/1/")
            counts.append(len(seen))
        assert counts[0] == counts[1] > 0


class TestBeforeSigningIn:
    @pytest.mark.parametrize("theme", ["", "dark"])
    def test_a_cookie_holds_it_until_the_browser_is_closed(self, cast, theme):
        guest = Client()
        guest.post("/display/", {"discreet": "1", "theme": theme})
        assert guest.cookies["theme"]["max-age"] == ""
        for path in ("/", "/account/login/", "/display/", "/me/privacy/"):
            answer = guest.get(path)
            check(answer, discreet=True)
            assert (b'data-theme="dark"' in answer.content) is (theme == "dark")
        guest.post("/display/", {})
        assert guest.cookies["theme"].value == ""
        check(guest.get("/"), discreet=False)

    def test_the_page_where_she_signs_in_again_stays_discreet(self, cast):
        ben = client_of(cast.viewer("ben"))
        ben.post("/display/", {"discreet": "1"})
        del ben.cookies["seat"]
        check(ben.get("/account/login/"), discreet=True)

    @pytest.mark.parametrize("value", ["", "1", ".", ".2", "dark.", "blue.0", "..1", "x" * 4000])
    def test_an_odd_cookie_is_none(self, cast, value):
        guest = Client()
        guest.cookies["theme"] = value
        check(guest.get("/"), discreet=False)


class TestTheWholeSite:
    def test_is_made_discreet_by_its_steward(self, cast):
        sue = client_of(cast.viewer("sue"))
        fields = {"name": NAME, "exit_url": "https://www.wikipedia.org/"}
        for discreet in (True, False):
            assert sue.post("/steward/site/", fields | ({"discreet": "1"} if discreet else {})).status_code == 302
            assert ('name="discreet" value="1" checked' in sue.get("/steward/site/").content.decode()) is discreet
            for client in (Client(), client_of(cast.viewer("fay"))):
                check(client.get("/"), discreet=discreet)

    def test_where_the_choice_cannot_be_read_pages_are_discreet(self, cast, monkeypatch):
        def broken(_token):
            raise OperationalError

        monkeypatch.setattr("kith.web.middleware.find_signed_in", broken)
        busy = Client().get("/")
        assert (busy.status_code, TITLE.findall(busy.content.decode())) == (503, ["Notes"])


def test_only_the_frame_of_all_pages_writes_a_title():
    writing = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if "<title" in path.read_text()}
    assert writing == {"layouts/base.html", "export/words.html", "export/about.html"}


class TestAddressesOfConcerns:
    @pytest.fixture
    def concerns(self, db):
        load_core()
        return list_concerns()

    def test_say_nothing_and_are_each_their_own(self, concerns):
        addresses = {concern_path(row.slug) for row in concerns}
        assert len(addresses) == len(concerns) > 100
        assert all(re.fullmatch(r"/concerns/[0-9a-f]{16}/", path) for path in addresses)

    def test_lead_to_the_concern(self, client, concerns):
        for row in concerns[:5]:
            assert slug_of(concern_path(row.slug).split("/")[2]) == row.slug
            assert row.name in client.get(concern_path(row.slug)).content.decode()

    def test_no_page_leads_to_one_by_its_name(self, client, concerns):
        slugs = {row.slug for row in concerns}
        for path in ("/", "/find/browse/", concern_path("chronic-pain")):
            led = re.findall(r'href="/concerns/([^"/]+)/"', client.get(path).content.decode())
            assert path == "/" or led
            assert slugs.isdisjoint(led)

    def test_one_on_paper_leads_there_too_and_none_leads_nowhere(self, client, concerns):
        assert client.get("/concerns/chronic-pain/").status_code == 200
        for none in ("0" * 16, "no-such-concern", "f" * 400):
            assert client.get(f"/concerns/{none}/").status_code == 404
