"""Before an answer is posted, a number in it is pointed out where one writes; with scripts and without, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_story import Person

pytestmark = pytest.mark.browser


def test_asked_once_then_posted(browser, site, scripts):
    person = Person(browser, site, scripts=scripts)
    person.sign_in("mia 1000")
    page = person.page
    page.get_by_role("link", name="Widowed young", exact=True).first.click()
    page.goto(f"{page.url}topics/1/")
    page.get_by_label("Your words").fill(f"Ring me on 07700 900 12{int(scripts)}.")
    page.get_by_role("button", name="Post this").click()
    notice = page.get_by_role("alert").filter(has_text="Somebody could find you by this")
    notice.wait_for()
    assert page.evaluate("window.scrollY") > 0  # where one writes, not at the top of a long topic
    if scripts:
        expect(notice).to_be_focused()
    page.get_by_role("link", name="Change my words").press("Enter")
    assert re.search("#words$", page.url)
    expect(page.get_by_label("Your words")).to_be_focused()
    from_to = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
    assert from_to == ([24, 24] if scripts else [0, 0])  # behind the number, where scripts can; nothing is selected
    page.get_by_role("button", name="Post it as it is").press("Enter")
    page.get_by_text(f"07700 900 12{int(scripts)}").first.wait_for()
    assert "post=" in page.url
    assert page.get_by_role("alert").count() == 0
    assert person.problems == []
    person.context.close()


def test_the_keyboard_goes_to_the_field_that_holds_it(browser, site):
    person = Person(browser, site, scripts=True)
    person.sign_in("mia 1000")
    page = person.page
    page.get_by_role("link", name="Widowed young", exact=True).first.click()
    page.goto(f"{page.url}topics/new/")
    page.get_by_label("A title").fill("Ring 07700 900 199 at night")
    page.get_by_label("Your words").fill("Please.")
    page.get_by_role("button", name="Post this").click()
    page.get_by_role("link", name="Change my words").press("Enter")
    expect(page.get_by_label("A title")).to_be_focused()
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [18, 18]
    page.keyboard.type("9")
    expect(page.get_by_label("A title")).to_have_value("Ring 07700 900 1999 at night")
    assert person.problems == []
    person.context.close()


def test_what_is_wrong_and_how_it_will_look_are_where_one_goes_on(browser, site):
    person = Person(browser, site, scripts=True)
    person.sign_in("mia 1000")
    page = person.page
    page.get_by_role("link", name="Widowed young", exact=True).first.click()
    page.goto(f"{page.url}topics/1/")
    page.get_by_role("button", name="Post this").click()
    expect(page.locator("#write [role=alert]")).to_be_focused()
    expect(page.locator("#write [role=alert]")).to_be_in_viewport()
    page.get_by_label("Your words").fill("Hm.")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator("#preview")).to_be_focused()
    expect(page.locator("#preview")).to_be_in_viewport()
    page.get_by_role("button", name="Throw away the draft").click()
    page.get_by_role("button", name="Throw it away").click()
    assert person.problems == []
    person.context.close()


def test_a_note_to_myself_becomes_a_draft(browser, site, scripts):
    person = Person(browser, site, scripts=scripts)
    person.sign_in("hugo 1000")
    page = person.page
    page.goto("/me/own/new/")
    page.get_by_label("Your words").fill("What I never said.")
    page.get_by_role("button", name="Keep it and make it a post").click()
    page.get_by_role("button", name="Widowed young").click()
    page.wait_for_url("**/topics/new/")
    assert "What I never said." in page.get_by_label("Your words").input_value()
    page.goto("/me/own/")
    assert page.get_by_text("What I never said.").count() >= 1
    assert person.problems == []
    person.context.close()
