"""Leaving at once (check SE5): blank before anybody could have read a line, and nothing comes back, whatever is pressed afterwards."""

import http.client
import time
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from tests.browser.conftest import FLAGS
from tests.browser.test_story import Person
from tools.services import chromium_path

pytestmark = pytest.mark.browser
# What stood on the page: a post, a topic, a group, the name of the site.
CANARIES = ("He would have filmed it", "The school play", "Widowed young", "Kith")
BLANK = 200  # milliseconds
# Tells how long after what was pressed nothing is on the screen: asked anew before each frame that is drawn.
WATCH = """kind => addEventListener(kind, () => {
  const pressed = performance.now();
  const look = () => document.body?.innerText.trim() || document.title ? requestAnimationFrame(look) : report(performance.now() - pressed);
  look();
}, {capture: true})"""


@pytest.fixture(scope="module")
def keeping(play):
    """Start a browser that keeps pages for Back, as people's browsers do; Playwright's own never does."""
    chromium = play.chromium.launch(
        executable_path=chromium_path(), args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def reader(keeping, site):
    """Let somebody read a topic; with or without scripts."""
    people = []

    def read(scripts=True, **options):
        person = Person(keeping, site, scripts=scripts, **options)
        people.append(person)
        person.sign_in("mia 1000")
        to_the_topic(person.page)
        return person

    yield read
    for person in people:
        person.context.close()


def to_the_topic(page):
    page.get_by_role("link", name="Widowed young", exact=True).first.click()
    page.goto(f"{page.url}topics/1/")
    expect(page.get_by_text("He would have filmed it.")).to_be_visible()


def press_exit(page):
    page.get_by_role("button", name="Leave this site").click()


def press_shift(page):
    for _time in range(3):
        page.keyboard.press("Shift")


def is_elsewhere(page):
    expect(page.get_by_text("Mild.")).to_be_visible()


def shows(page):
    """List what a page shows that only a member may see; that there is such a group anybody may."""
    return [canary for canary in (*CANARIES[:2], "Start a topic", "Sign out") if canary in page.content()]


def step(page, go):
    """Press Back or Forward and wait for whatever then stands there; a page that the browser kept has no event of its own."""
    go(wait_until="commit")
    page.wait_for_function("document.readyState === 'complete' && document.body")


def asked(site, cookie):
    """Ask for a page of hers as somebody who copied her cookie."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    line.request("GET", "/me/privacy/", headers={"Cookie": f"seat={cookie}"})
    return line.getresponse().status


@pytest.mark.parametrize(("press", "kind"), [(press_exit, "click"), (press_shift, "keyup")], ids=["button", "shift three times"])
def test_the_page_is_blank_at_once_on_a_slow_line_too(reader, press, kind):
    person, took = reader(), []
    person.page.expose_function("report", lambda found: took.append(found))
    press_shift_first = kind == "keyup"
    if press_shift_first:
        for _time in range(2):
            person.page.keyboard.press("Shift")
    person.page.evaluate(WATCH, kind)
    line = person.context.new_cdp_session(person.page)
    line.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": 2000, "downloadThroughput": -1, "uploadThroughput": -1}
    )
    person.page.keyboard.press("Shift") if press_shift_first else press(person.page)
    is_elsewhere(person.page)
    assert len(took) == 1
    assert took[0] < BLANK


def test_nothing_is_left_for_the_eye_or_for_a_screen_reader(reader):
    page = reader().page
    page.route("**/exit/", lambda _route: None)  # neither of them ever answers
    page.route(
        "**/*",
        lambda route: None if "/exit/" in route.request.url or route.request.is_navigation_request() else route.continue_(),
    )
    tree = page.context.new_cdp_session(page)

    def told():
        return str(tree.send("Accessibility.getFullAXTree"))

    assert all(canary in told() and canary in page.content() for canary in CANARIES[:2])
    press_exit(page)
    page.wait_for_function("!document.body")
    assert [canary for canary in CANARIES if canary in page.content() + told()] == []
    assert page.evaluate("document.title") == ""


def test_the_session_ends_and_the_browser_keeps_no_cookie(reader, site, scripts):
    person = reader(scripts)
    (seat,) = (cookie["value"] for cookie in person.context.cookies() if cookie["name"] == "seat")
    assert asked(site, seat) == 200
    press_exit(person.page)
    is_elsewhere(person.page)
    assert asked(site, seat) == 401
    until = time.monotonic() + 2
    while held := [cookie["name"] for cookie in person.context.cookies() if cookie["domain"] == "127.0.0.1"]:
        assert time.monotonic() < until, held
        time.sleep(0.05)


def test_the_page_leaves_the_history(reader):
    page = reader().page
    press_exit(page)
    is_elsewhere(page)
    entries = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    assert "topics/1" not in str(entries)
    assert "/exit/" not in str(entries)
    assert entries[-1]["title"] == "Weather"


def test_back_and_forward_show_nothing(reader, scripts):
    page = reader(scripts).page
    press_exit(page)
    is_elsewhere(page)
    steps = 0
    for go in (page.go_back,) * 6 + (page.go_forward,) * 6:
        step(page, go)
        steps += "127.0.0.1" in page.url and "Weather" not in page.title()
        assert shows(page) == [], page.url
    assert steps > 2


def test_signing_out_leaves_nothing_for_back_either(reader, scripts):
    page = reader(scripts).page
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("textbox", name="Tell us")).to_be_visible()
    for _step in range(4):
        step(page, page.go_back)
        assert shows(page) == [], page.url


def test_a_page_kept_for_back_is_emptied_and_asked_for_anew(keeping, site):
    """SE6: whoever presses Back may be somebody else; the copy that the browser kept is never shown."""
    person = Person(keeping, site, scripts=True)
    person.context.add_init_script(  # what stood there when it went again: a message sent at that moment may be lost with it
        "let kept = false; addEventListener('pageshow', e => { kept = e.persisted; });"
        "addEventListener('pagehide', () => kept && sessionStorage.setItem('stood', document.documentElement.childElementCount));"
    )
    person.page.goto("/about/")
    person.page.wait_for_function("document.querySelector('.safety').dataset.started")
    person.page.goto("/privacy/")
    with person.page.expect_request("**/about/"):
        person.page.go_back(wait_until="commit")
    expect(person.page.get_by_role("heading", name="About this site")).to_be_visible()
    assert person.page.evaluate("sessionStorage.getItem('stood')") == "0"
    person.context.close()


@contextmanager
def opened(play, site, folder, *more):
    context = play.chromium.launch_persistent_context(
        str(folder), executable_path=chromium_path(), args=[*FLAGS, *more], base_url=site.url,
        ignore_default_args=["--disable-back-forward-cache"],
    )  # fmt: skip
    yield context
    context.close()


def test_a_restored_tab_shows_nothing(play, site, elsewhere, tmp_path):
    with opened(play, site, tmp_path) as context:
        page = context.pages[0]
        page.goto("/account/login/")
        page.get_by_label("Your sign-in name").fill("mia 1000")
        page.get_by_label("Your pass-phrase").fill(PHRASE)
        page.get_by_label("Only mine").check()  # a cookie that outlives the browser
        page.get_by_role("button", name="Sign in").click()
        to_the_topic(page)
        press_exit(page)
        is_elsewhere(page)
        time.sleep(1)  # for the browser to write
    with opened(play, site, tmp_path, "--restore-last-session") as context:
        (page,) = (page for page in context.pages if page.url.startswith("http"))
        assert page.url == elsewhere
        seen = []
        for _step in range(4):
            step(page, page.go_back)
            seen.append(page.url)
            assert shows(page) == [], page.url
        assert site.url in str(seen)


def test_works_without_scripts(reader, site):
    page = reader(scripts=False).page
    begin = time.monotonic()
    press_exit(page)
    is_elsewhere(page)
    assert time.monotonic() - begin < 5
    assert shows(page) == []


def test_a_server_that_does_not_answer_keeps_nobody(reader):
    page = reader().page
    page.route("**/exit/", lambda _route: None)
    press_exit(page)
    is_elsewhere(page)


def test_stands_uncovered_at_every_place_of_a_long_page(reader):
    page = reader(viewport={"width": 320, "height": 480}).page
    topic = page.url
    for path in (topic, "/", "/find/browse/", "/privacy/", "/me/privacy/", "/help-now/"):
        page.goto(path)
        covered = page.evaluate(
            """async () => {
              const wrong = [], exit = document.querySelector(".quick-exit"), most = document.documentElement.scrollHeight;
              for (let at = 0; at <= most; at += 120) {
                scrollTo({top: at, behavior: "instant"});
                await new Promise(requestAnimationFrame);
                const box = exit.getBoundingClientRect();
                for (const [x, y] of [[.5, .5], [.05, .2], [.95, .2], [.05, .8], [.95, .8]]) {
                  const [left, top] = [box.x + box.width * x, box.y + box.height * y];
                  const seen = document.elementFromPoint(left, top);
                  if (!exit.contains(seen)) wrong.push([at, left, top, seen?.className ?? "outside"]);
                }
                if (box.height < 44 || box.width < 44) wrong.push([at, "small", box.height]);
              }
              return wrong;
            }"""
        )
        assert covered == [], path


@pytest.mark.parametrize("path", ["/", "/account/login/", "/help-now/", "/privacy/", "/no/such/page", "/me/privacy/"])
def test_is_the_first_stop_of_the_tab_key(keeping, site, path):
    person = Person(keeping, site, scripts=True)
    person.page.goto(path)
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "quick-exit"
    person.context.close()


def test_what_it_cannot_do_is_said_where_somebody_looks_for_it(reader):
    page = reader().page
    page.goto("/privacy/")
    expect(
        page.get_by_text("cannot wipe the history of your browser, and nothing here can stop a watching program")
    ).to_be_visible()
    page.goto("/me/privacy/")
    expect(page.get_by_text("It cannot wipe the history of your browser.")).to_be_visible()
    expect(page.get_by_text("your browser may remember that you came to this address")).to_be_visible()
