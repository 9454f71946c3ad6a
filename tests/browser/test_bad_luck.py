"""What goes wrong around somebody who writes: no network, the back key, a second tab, a sign-in that has run out, a busy or full server."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from kith.testing.serving import run_in, serving
from tests.browser.conftest import BUILD
from tests.browser.test_story import Person

pytestmark = pytest.mark.browser
WORDS = "It took me an hour to write this."
# A disk of the server's own, so small that it can be filled; what was built before is copied to it.
SMALL = 'mount -t tmpfs -o size=24m,mode=700 none "$0" && cp -a "$1"/. "$0" && shift && exec "$@"'
SENT = """async (count) => {
  const form = document.querySelector("form.composer"), token = form.elements.csrfmiddlewaretoken.value;
  for (let n = 0; n < count; n++) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, words: `Again ${n}.`, intent: `many-${n}` });
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  }
}"""


def open_topic(browser, site):
    person = Person(browser, site, scripts=True)
    person.sign_in("mia 1000")
    person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    person.page.goto(f"{person.page.url}topics/1/")
    person.page.locator("[data-started~=autosave]").wait_for(state="attached")
    return person


@pytest.fixture(scope="module")
def small_site(tmp_path_factory, elsewhere):
    """Serve from a disk of 24 MB."""
    built, disk = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("disk")
    run_in(built, BUILD)
    inside = ("unshare", "-rm", "sh", "-c", SMALL, str(disk), str(built))
    with serving(disk, inside=inside, KITH_EXIT_URL=elsewhere, KITH_WORKERS="1") as served:
        yield served


@contextmanager
def full(site):
    """Fill the disk of a server, seen from within."""
    path = Path(f"/proc/{site.pid}/root{site.data}/filler")
    with path.open("wb", buffering=0) as filler:
        with pytest.raises(OSError, match="No space left"):
            _fill(filler)
        try:
            yield
        finally:
            path.unlink()


def _fill(file):
    while True:
        file.write(b"x" * 4096)


@pytest.fixture
def mia(browser, site):
    person = open_topic(browser, site)
    yield person
    box = person.page.get_by_label("Your words")
    if box.count():
        box.fill("")  # so that no draft is left for the next test
        person.page.get_by_role("button", name="Keep it as a draft").click()
        throw_away(person.page)
    person.context.close()


def throw_away(page):
    """Throw the draft away that is kept here, if one is."""
    page.wait_for_load_state()
    button = page.get_by_role("button", name="Throw away the draft")
    if button.count():
        button.click()
        page.get_by_role("button", name="Throw it away").click()


def saved(page):
    return page.locator(".composer [data-saved]")


def write(page, words):
    page.get_by_label("Your words").fill(words)
    page.get_by_label("Your words").blur()


def test_without_a_network_the_words_stay_and_are_kept_once_it_is_back(mia):
    mia.context.set_offline(True)
    write(mia.page, WORDS)
    expect(saved(mia.page)).to_contain_text("Your words are still on this page")
    expect(mia.page.get_by_label("Your words")).to_have_value(WORDS)
    mia.context.set_offline(False)
    write(mia.page, f"{WORDS} Twice.")
    expect(saved(mia.page)).to_contain_text("Draft saved")
    mia.page.reload()
    expect(mia.page.get_by_label("Your words")).to_have_value(f"{WORDS} Twice.")


def test_the_back_key_brings_the_words(mia):
    write(mia.page, WORDS)
    expect(saved(mia.page)).to_contain_text("Draft saved")
    mia.page.goto("/find/browse/")
    mia.page.go_back()
    expect(mia.page.get_by_label("Your words")).to_have_value(WORDS)


def test_leaving_the_page_in_the_middle_of_a_word_keeps_it(mia):
    mia.page.get_by_label("Your words").press_sequentially("Half a wor")
    mia.page.goto("/find/browse/")  # before the pause after which a draft is saved
    mia.page.goto("/me/words/")
    for _ in range(20):  # what is sent on leaving may arrive after the next page was asked for
        if mia.page.get_by_text("Half a wor").count():
            break
        mia.page.reload()
    expect(mia.page.get_by_text("Half a wor")).to_be_visible()
    mia.page.go_back()
    mia.page.go_back()
    expect(mia.page.get_by_label("Your words")).to_have_value("Half a wor")


def test_words_typed_before_the_scripts_came_are_kept(mia):
    late = []
    mia.page.route("**/autosave*.js", lambda route: late.append(route))
    mia.page.reload(wait_until="commit")
    mia.page.get_by_label("Your words").press_sequentially(WORDS)
    expect(mia.page.locator("[data-started~=once]")).to_be_attached()
    late[0].continue_()
    expect(saved(mia.page)).to_contain_text("Draft saved")


def test_a_second_tab_is_told_of_newer_words(mia):
    other = mia.context.new_page()
    other.goto(mia.page.url)
    other.locator("[data-started~=autosave]").wait_for(state="attached")
    write(mia.page, "In the first tab.")
    expect(saved(mia.page)).to_contain_text("Draft saved")
    write(other, "In the second tab.")
    expect(saved(other)).to_contain_text("newer words")
    expect(other.get_by_label("Your words")).to_have_value("In the second tab.")
    other.close()


def test_a_sign_in_that_ran_out_carries_the_words_through(mia):
    write(mia.page, WORDS)
    expect(saved(mia.page)).to_contain_text("Draft saved")
    mia.context.clear_cookies(name="seat")
    write(mia.page, f"{WORDS} And more.")
    mia.page.get_by_role("button", name="Post this").click()
    expect(mia.page.get_by_role("heading", name="Please sign in")).to_be_visible()
    mia.page.get_by_label("Your sign-in name").fill("mia 1000")
    mia.page.get_by_label("Your pass-phrase").fill(PHRASE)
    mia.page.get_by_role("button", name="Sign in", exact=True).click()
    expect(mia.page.get_by_label("Your words")).to_have_value(re.compile("And more"))
    mia.page.locator("[data-started~=autosave]").wait_for(state="attached")


def test_a_full_disk_takes_no_word_from_the_page(browser, small_site):
    mia = open_topic(browser, small_site)
    with full(small_site):
        write(mia.page, WORDS * 400)
        expect(saved(mia.page)).to_contain_text("Your words are still on this page")
        mia.page.get_by_role("button", name="Post this").click()
        expect(mia.page.get_by_text("We could not save that just now. Your words are below.")).to_be_visible()
        expect(mia.page.locator("textarea").first).to_have_value(WORDS * 400)
    mia.page.get_by_role("button", name="Send it again").click()
    expect(mia.page.locator(".post").last).to_contain_text(WORDS)
    expect(mia.page.get_by_label("Your words")).to_have_value("")
    mia.context.close()


def test_a_draft_that_the_server_could_not_keep_is_kept_later_by_itself(browser, small_site):
    mia = open_topic(browser, small_site)
    mia.page.clock.install()
    with full(small_site):
        write(mia.page, WORDS * 200)
        expect(saved(mia.page)).to_contain_text("Your words are still on this page")
    mia.page.clock.fast_forward(11_000)
    expect(saved(mia.page)).to_contain_text("Draft saved")
    mia.page.reload()
    throw_away(mia.page)
    expect(mia.page.get_by_label("Your words")).to_have_value("")
    mia.context.close()


def test_too_much_at_once_is_said_and_the_words_come_back(browser, small_site):
    mia = open_topic(browser, small_site)
    mia.page.evaluate(SENT, 31)
    write(mia.page, WORDS)
    mia.page.get_by_role("button", name="Post this").click()
    expect(mia.page.get_by_role("alert")).to_contain_text("Please wait")
    expect(mia.page.locator("textarea").first).to_have_value(WORDS)
    mia.page.go_back()
    expect(mia.page.get_by_label("Your words")).to_have_value(WORDS)
    mia.context.close()
