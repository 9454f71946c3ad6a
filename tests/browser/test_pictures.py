"""A picture goes up in a real browser, with and without scripts, and is seen by another; what cannot be used is said, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from kith.testing.pictures import as_file, hollow, photograph
from tests.browser.test_story import Person

pytestmark = pytest.mark.browser
WORDS = "This is the view from the ward."


def a_file(data, name="IMG_2041.jpg", kind="image/jpeg"):
    return {"name": name, "mimeType": kind, "buffer": data}


def loaded(image):
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("i => i.naturalWidth") > 0


def open_topic(person, name):
    person.sign_in(name)
    person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    person.page.goto(f"{person.page.url}topics/1/")


def test_a_picture_goes_up_and_is_seen(browser, site, scripts):
    mia, hugo = Person(browser, site, scripts=scripts), Person(browser, site, scripts=scripts)
    open_topic(mia, "mia 1000")
    page = mia.page
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_text("Add pictures").click()
    # What cannot be used is said; the words stay.
    page.get_by_label("A picture", exact=True).first.set_input_files(a_file(hollow(20_000, 20_000), "wall.png", "image/png"))
    page.get_by_role("button", name="Post this").click()
    expect(page.get_by_role("alert").get_by_text("400 million dots")).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    # What it shows is asked once; two of them, one inside the other.
    page.get_by_label("A picture", exact=True).first.set_input_files(a_file(as_file(photograph(1200, 900))))
    page.get_by_text("Another picture", exact=True).first.click()
    page.get_by_label("A picture", exact=True).nth(1).set_input_files(a_file(as_file(photograph(600, 900)), "b.jpg"))
    page.get_by_label(re.compile("What does it show")).nth(1).fill("The stairs.")
    page.get_by_role("button", name="Post this").click()
    expect(page.get_by_role("alert").get_by_text("What does this picture show?")).to_be_visible()
    loaded(page.get_by_alt_text("One of your pictures"))
    page.get_by_label(re.compile("What does it show")).first.fill("Roofs in the rain.")
    page.get_by_role("button", name="Post this").click()
    for alt in ("Roofs in the rain.", "The stairs."):
        loaded(page.get_by_alt_text(alt).last)
    open_topic(hugo, "hugo 1000")
    loaded(hugo.page.get_by_alt_text("Roofs in the rain.").last)
    hugo.page.get_by_role("link", name="Roofs in the rain.").last.click()
    expect(hugo.page).to_have_url(re.compile(r"/pictures/\w+/$"))
    loaded(hugo.page.get_by_alt_text("Roofs in the rain."))
    expect(hugo.page.get_by_role("button", name="Leave this site")).to_be_visible()
    hugo.page.get_by_role("link", name="Back to the topic").click()
    # One is taken out again.
    page.get_by_role("link", name="Edit").last.click()
    page.get_by_label(re.compile("Take it out")).first.check()
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text(WORDS).last).to_be_visible()
    hugo.page.reload()
    expect(hugo.page.locator(".post").last.locator("img")).to_have_count(1)
    page.get_by_role("link", name="Take it back").last.click()
    page.get_by_role("button", name="Take it back").click()
    for person in (mia, hugo):
        assert person.problems == []
        assert person.foreign == []
        person.context.close()


def test_thirty_megabytes_are_answered_with_the_words(browser, site, scripts, tmp_path):
    (tmp_path / "large.jpg").write_bytes(as_file(photograph()) + b"\0" * 30_000_000)
    mia = Person(browser, site, scripts=scripts)
    open_topic(mia, "mia 1000")
    page = mia.page
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_text("Add pictures").click()
    page.get_by_label("A picture", exact=True).first.set_input_files(tmp_path / "large.jpg")
    page.get_by_role("button", name="Post this").click()
    expect(page.get_by_role("alert").get_by_text("larger than 12 MB")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Your words")).to_have_value(WORDS)
    page.get_by_role("button", name="Throw away the draft").click()
    expect(page.get_by_text("It cannot come back.")).to_be_visible()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_label("Your words")).to_have_value("")
    mia.context.close()
