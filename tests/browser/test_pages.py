"""Every page in a real browser: axe finds nothing, the console is quiet, nothing comes from elsewhere, nothing is wider than the screen."""

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from kith.testing.serving import run_in, serving
from tests.browser.test_story import Person
from tools import pseudo

pytestmark = pytest.mark.browser
BUILD = """
from kith.cli.preparing import prepare; prepare()
import json, sys
from kith.testing.world import build_world, token_for, LOOKERS
from kith.testing.walk import found_by, pages
from kith.finding.actions import renew_index
from kith.finding.queries import find
from django.http import HttpResponse
from kith.web import cookies
from kith.core import clock
import kith.testing.world as w
w.AT = clock.now()
world = build_world(one_person=False); renew_index()
world.words["token"] = find("I live with pain every day", at=clock.now())
def seat(who):
    response = HttpResponse()
    if token := token_for(world, who): cookies.write(response, token, own_device=True)
    return response.cookies[cookies.name()].value if response.cookies else ""
people = {who: seat(who) for who in ("guest", "ann", "host_1", "steward", "applicant", "ex_member")}
rows = [(name, path) for name, path, view in pages(world) if "GET" in view.methods and name not in ("exit", "up", "post_fragment", "picture")]
rows += [(f"{name} by {who}", path) for who in ("guest", "ann", "host_1") for name, path in found_by(world, who)]
json.dump({"people": people, "pages": rows}, open(sys.argv[1] if len(sys.argv) > 1 else OUT, "w"))
"""


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}  # all else is as in light
DONE: set[str] = set()  # names of pages that a signed-in role has had looked at


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    import json

    pseudo.build()
    data = tmp_path_factory.mktemp("walk")
    run_in(data, f"OUT = {str(data / 'walk.json')!r}\n" + BUILD)
    with serving(data, KITH_WORKERS="1") as served:
        yield served, json.loads((data / "walk.json").read_text())


def _sit(person, site, value):
    if value:
        person.context.add_cookies([{"name": "seat", "value": value, "url": site.url}])


@pytest.mark.parametrize("who", ["guest", "ann", "host_1", "steward", "applicant", "ex_member"])
def test_axe_is_clean_and_nothing_comes_from_elsewhere(browser, walked, who):
    site, walk = walked
    person = Person(browser, site, scripts=True, bypass_csp=True, reduced_motion="reduce")
    _sit(person, site, walk["people"][who])
    found, seen = [], 0
    for name, path in walk["pages"]:
        if name in DONE and name not in ("home", "place", "topic"):
            continue  # looked at as another role; the walk over every role is tests/test_routes.py
        answer = person.page.goto(path, wait_until="load")
        if answer is None or answer.status in (401, 404):
            continue
        seen += 1
        if who != "guest":
            DONE.add(name)
        for theme, rules in (("light", None), ("dark", COLOURS)):
            person.page.emulate_media(color_scheme=theme)
            for violation in Axe().run(person.page, options=rules).response["violations"]:
                found.append((f"{name}, {theme}", violation["id"], [node["html"][:120] for node in violation["nodes"]][:2]))
    person.context.close()
    assert seen >= 3
    assert [f"{name}: {rule}: {html}" for name, rule, html in found] == []
    assert person.problems == []
    assert person.foreign == []


def visited(person, walk):
    """Go to each page that this one may see; what guests are told instead of a page, once."""
    told = False
    for name, path in walk["pages"]:
        answer = person.page.goto(path)
        if answer is None or answer.status == 404 or (answer.status == 401 and told):
            continue
        told = told or answer.status == 401
        yield name


@pytest.mark.parametrize("who", ["guest", "host_1"])
def test_no_page_scrolls_sideways_and_exit_is_in_sight(browser, walked, who):
    site, walk = walked
    person = Person(browser, site, scripts=True)
    _sit(person, site, walk["people"][who])
    wide, hidden = [], []
    for name in visited(person, walk):
        for width, height in ((320, 256), (390, 844), (1440, 900)):
            person.page.set_viewport_size({"width": width, "height": height})
            box = person.page.locator(".quick-exit").bounding_box()
            if box is None or box["y"] < 0 or box["y"] + box["height"] > height + 1 or box["x"] + box["width"] > width + 1:
                hidden.append((name, width, box))
            if person.page.locator("html").evaluate("e => e.scrollWidth") > width:
                wide.append((name, width))
    person.context.close()
    assert wide == []
    assert hidden == []
    assert person.problems == []  # HE2: nothing that the policies of a page forbid, as the two look at every page


@pytest.mark.parametrize("who", ["ann", "steward"])
def test_no_page_does_what_its_own_policies_forbid(browser, walked, who):
    """HE2: no policy is switched off here. Guests and hosts walk in the test above."""
    site, walk = walked
    person = Person(browser, site, scripts=True)
    _sit(person, site, walk["people"][who])
    seen = list(visited(person, walk))
    open_to_pages = person.page.evaluate("document.featurePolicy.allowedFeatures().filter(name => !name.startsWith('ch-'))")
    person.context.close()
    assert len(seen) > 30
    assert person.problems == []
    assert open_to_pages == [], "a feature of this browser that kith.web.headers.CLOSED does not name"


@pytest.mark.parametrize(
    "planted",
    [
        "document.body.innerHTML = '<p>x'",  # Trusted Types
        "document.body.setAttribute('style', 'color: red')",
        "document.body.append(Object.assign(document.createElement('script'), {textContent: new Date()}))",
        "fetch('http://127.0.0.2:9/').catch(() => {})",
        "document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.2:9/x.png'}))",
    ],
)
def test_what_is_forbidden_would_be_seen(browser, walked, planted):
    site, _walk = walked
    person = Person(browser, site, scripts=True)
    person.page.goto("/about/")
    with contextlib.suppress(Error):
        person.page.evaluate(f"() => {{ {planted} }}")
    person.page.wait_for_timeout(200)
    person.context.close()
    assert person.problems != []


@pytest.mark.parametrize(("locale", "direction"), [("ar-XB", "rtl"), ("en-XA", "ltr")])
@pytest.mark.parametrize("who", ["guest", "host_1"])
def test_longer_words_and_right_to_left_fit_a_small_screen(browser, walked, who, locale, direction):
    site, walk = walked
    person = Person(browser, site, scripts=True, viewport={"width": 320, "height": 600}, locale=locale)
    _sit(person, site, walk["people"][who])
    wrong = []
    for name in visited(person, walk):
        html = person.page.locator("html")
        if html.get_attribute("dir") != direction or html.evaluate("e => e.scrollWidth") > 320:
            wrong.append((name, html.evaluate("e => e.scrollWidth")))
    person.context.close()
    assert wrong == []


def test_exit_is_the_first_stop_of_the_tab_key(browser, walked):
    site, _walk = walked
    person = Person(browser, site, scripts=True)
    person.page.goto("/find/browse/")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "quick-exit"
    person.context.close()


def test_back_shows_nothing_after_exit(browser, site, elsewhere):
    for scripts in (True, False):
        person = Person(browser, site, scripts=scripts)
        person.sign_in("mia 1000")
        person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
        person.page.goto(f"{person.page.url}topics/1/")
        person.page.get_by_role("button", name="Leave this site").click()
        person.page.get_by_text("Mild.").wait_for()
        for _step in range(4):
            person.page.go_back(wait_until="load")
            assert "Start a topic" not in person.page.content()
            assert "The school play" not in person.page.content()
        person.context.close()
