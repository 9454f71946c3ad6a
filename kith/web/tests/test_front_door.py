"""A group's front door: the ways in stand after the facts, and again where the page ends, with the same addresses."""

import re

import pytest

from kith.groups import actions
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


def door(cast, who="guest"):
    html = client_of(cast.viewer(who)).get(f"/g/{cast.group}/").content.decode()
    early = html.partition('class="early-way-in')[2].partition("<section")[0]
    return early, html.partition("<aside")[2].partition("</aside>")[0]


def links(html):
    return re.findall(r'<a class="button[^"]*" href="([^"]+)">([^<]+)</a>', html)


def test_a_guest_may_come_in_or_read():
    cast = make_cast(readable=True)
    code = cast.group
    early, late = door(cast)
    assert links(early) == [(f"/account/signup/?next=/g/{code}/join/", "Come in"), (f"/g/{code}/topics/", "Just read for now")]
    assert set(links(early)) < set(links(late))


def test_somebody_signed_in_goes_straight_to_the_name():
    cast = make_cast(door="request")
    early, late = door(cast, "cleo")
    assert links(early) == links(late) == [(f"/g/{cast.group}/join/", "Ask to come in")]


def test_somebody_who_has_asked_is_told_so_at_once():
    cast = make_cast(door="request")
    actions.join_group(cast.group, by=cast.viewer("cleo"), name="Heron", words="", at=AT)
    early, _late = door(cast, "cleo")
    assert links(early) == []
    assert "You have asked to come in." in early
