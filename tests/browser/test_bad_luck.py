"""What goes wrong around somebody who writes: no network, the back key, a second tab, a sign-in that has run out."""

import re

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from tests.browser.test_story import Person

pytestmark = pytest.mark.browser
WORDS = "It took me an hour to write this."


@pytest.fixture
def mia(browser, site):
    person = Person(browser, site, scripts=True)
    person.sign_in("mia 1000")
    person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    person.page.goto(f"{person.page.url}topics/1/")
    person.page.locator("[data-started~=autosave]").wait_for(state="attached")
    yield person
    box = person.page.get_by_label("Your words")
    if box.count():
        box.fill("")  # so that no draft is left for the next test
        person.page.get_by_role("button", name="Throw away the draft").click()
    person.context.close()


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
    expect(mia.page.get_by_text("Half a wor")).to_be_visible()
    mia.page.go_back()
    mia.page.go_back()
    expect(mia.page.get_by_label("Your words")).to_have_value("Half a wor")


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
