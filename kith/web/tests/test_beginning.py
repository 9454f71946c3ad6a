"""The form that begins or changes a group: what it folds, what it gives back, what it says may change later."""

import re
from html import unescape

import pytest

from kith.concerns.actions import load_core
from kith.groups import limits
from kith.groups.models import GroupConcern
from kith.groups.viewer import Viewer
from kith.people.actions import seed_person
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of
from kith.web.tests.test_sent_twice import PLAN

pytestmark = pytest.mark.django_db
SIX = ["chronic-pain", "bereavement", "cycling", "climate", "epilepsy", "stroke"]


@pytest.fixture
def person(db):
    load_core()
    return client_of(Viewer(seed_person(name="plum 1000", phrase=PHRASE, at=AT)))


def form(answer):
    return unescape(answer.content.decode())


def ticked(html):
    return re.findall(r'name="concerns" value="([\w-]+)" checked', html)


class TestWhatItIsAbout:
    def test_stands_folded_by_kind(self, person):
        html = form(person.get("/groups/new/"))
        assert html.count('<details class="fold tick-fold">') == 5
        assert html.count('type="checkbox" name="concerns"') > 400
        assert f"Tick up to {limits.MAX_CONCERNS} things" in html

    def test_is_open_where_something_is_ticked(self, person):
        html = form(person.post("/groups/new/", PLAN | {"name": "", "concerns": SIX[:3]}))
        assert sorted(ticked(html)) == sorted(SIX[:3])
        assert html.count('<details class="fold tick-fold" open>') == 3

    def test_says_when_it_is_too_much_and_gives_everything_back(self, person):
        answer = person.post("/groups/new/", PLAN | {"concerns": SIX})
        assert answer.status_code == 422
        html = form(answer)
        assert "Tick 5 things at most. You have ticked 6." in html
        assert '<a href="#concerns">' in html
        assert sorted(ticked(html)) == sorted(SIX)
        assert 'value="My new group"' in html

    def test_is_kept(self, person):
        assert person.post("/groups/new/", PLAN | {"concerns": [*SIX[:5], SIX[0]]}).status_code == 302
        assert GroupConcern.objects.count() == 5

    def test_is_ticked_for_a_host_who_changes_it(self, person):
        cast = make_cast(concerns=("chronic-pain", "stroke"))
        html = form(client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/group/"))
        assert sorted(ticked(html)) == ["chronic-pain", "stroke"]
        assert "(2 ticked)" in html
