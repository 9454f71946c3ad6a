"""A group on a phone: a low head, so that what people say begins high on the screen."""

import pytest

from tests.browser.test_story import Person

pytestmark = pytest.mark.browser


def _top(person, selector):
    return person.page.locator(selector).first.bounding_box()["y"]


def _rows(person, selector):
    return {round(link.bounding_box()["y"]) for link in person.page.locator(selector).all()}


@pytest.fixture
def seat(browser, site):
    made = []

    def sit(name, width, height=844):
        person = Person(browser, site, scripts=False, viewport={"width": width, "height": height})
        made.append(person)
        person.sign_in(name)
        person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
        return person

    yield sit
    for person in made:
        person.context.close()


@pytest.mark.parametrize(("name", "tabs"), [("mia 1000", 4), ("hanna 1000", 5)])
def test_the_places_of_a_group_stand_in_one_row(seat, name, tabs):
    person = seat(name, 360)
    assert person.page.locator(".group-head__in > .tabs a").count() == tabs
    assert len(_rows(person, ".group-head__in > .tabs a")) == 1
    assert len(_rows(person, ".site-nav > ul > li > a")) == 1


def test_talk_begins_in_the_upper_half(seat):
    person = seat("mia 1000", 390)
    base = person.page.url
    person.page.goto(f"{base}topics/")
    assert _top(person, ".topic-row") < 360
    person.page.goto(f"{base}topics/1/")
    assert _top(person, ".post") < 460


def test_the_way_back_up_is_hidden_on_a_phone_and_stays_on_paper_and_wide(seat):
    person = seat("mia 1000", 390)
    person.page.goto(f"{person.page.url}topics/1/")
    crumbs = person.page.locator(".crumbs")
    assert not crumbs.is_visible()
    person.page.emulate_media(media="print")
    assert crumbs.is_visible()
    person.page.emulate_media(media="screen")
    person.page.set_viewport_size({"width": 1200, "height": 800})
    assert crumbs.is_visible()


def test_the_way_in_stands_right_after_the_facts_on_a_phone_and_once_on_a_wide_screen(browser, site):
    person = Person(browser, site, scripts=False, viewport={"width": 390, "height": 844})
    person.page.goto("/find/browse/")
    person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    ways = person.page.get_by_role("link", name="Ask to come in")
    assert ways.count() == 2
    assert _top(person, ".facts") < ways.first.bounding_box()["y"] < _top(person, "#charter")
    person.page.set_viewport_size({"width": 1200, "height": 800})
    assert ways.count() == 1
    ways.click()
    assert person.page.url.endswith("/join/")
    person.context.close()


def test_what_stands_under_a_post_is_for_thumbs_and_never_wider_than_the_screen(seat):
    person = seat("hanna 1000", 320)
    person.page.goto(f"{person.page.url}topics/1/")
    foot = person.page.locator(".post__foot--quiet").first
    first = _rows(person, ".post:first-child .post__foot--quiet > .quiet:first-child > summary")
    reply = foot.get_by_role("link", name="Reply").bounding_box()
    assert {round(reply["y"])} == first  # one row
    foot.get_by_text("Answer without words").click()
    foot.get_by_text("Something else").click()
    assert foot.get_by_role("link", name="Tell the hosts").is_visible()
    assert foot.get_by_role("link", name="Move it").is_visible()
    low = [one.inner_text() for one in foot.locator("summary, a, button").all() if one.bounding_box()["height"] < 44]
    assert low == []
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 320
