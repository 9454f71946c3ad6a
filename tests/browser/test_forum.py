"""Talking in a group, by two people: without a name, by name, in a line to the hosts; live where there are scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_story import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def two(browser, site, scripts):
    """Let a member and a host come in; afterwards nothing may have gone wrong on their pages."""
    member, host = (Person(browser, site, scripts=scripts) for _ in range(2))
    member.sign_in("mia 1000")
    host.sign_in("hugo 1000")
    for person in (member, host):
        person.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    yield member.page, host.page
    for person in (member, host):
        assert person.problems == []
        assert person.foreign == []
        person.context.close()


def test_without_a_name_and_by_name(two, scripts):
    member, host = two
    title = "With scripts" if scripts else "Without scripts"
    host.get_by_role("link", name="Start a topic").click()
    host.get_by_label("A title").fill(title)
    host.get_by_label("Your words").fill("How are the evenings?")
    host.get_by_role("button", name="Post this").click()
    expect(host.get_by_role("heading", name=title)).to_be_visible()
    # A member looks at her words first, then answers without her name.
    member.get_by_role("link", name="Topics", exact=True).first.click()
    member.get_by_role("link", name=title, exact=True).click()
    box = member.get_by_label("Your words")
    box.fill("Long, @Heron.")
    if scripts:
        box.evaluate("area => area.setSelectionRange(0, 4)")
        member.get_by_role("button", name="Bold", exact=True).click()
        assert box.input_value() == "**Long**, @Heron."
        expect(member.locator(".composer [data-saved]")).to_contain_text("Draft saved")  # then nothing moves any more
    else:
        expect(member.get_by_role("button", name="Bold", exact=True)).to_have_count(0)
        box.fill("**Long**, @Heron.")
    member.get_by_label(re.compile("Post this one without my name")).check()
    member.get_by_role("button", name="Look at it first").click()
    expect(member.locator("#preview strong")).to_have_text("Long")
    expect(member.get_by_label(re.compile("Post this one without my name"))).to_be_checked()
    member.get_by_role("button", name="Post this").click()
    expect(member.get_by_role("heading", name=re.compile("Nameless 1.*You"))).to_be_visible()
    if not scripts:
        host.reload()
    expect(host.get_by_role("heading", name=re.compile("Nameless 1"))).to_be_visible(timeout=15000)
    expect(host.locator("article", has_text="Nameless 1")).not_to_contain_text("Fig")
    host.goto("/me/notices/")
    expect(host.get_by_role("link", name=re.compile("Somebody called you by your name")).first).to_be_visible()


@pytest.mark.parametrize("scripts", [True], ids=["with-scripts"])  # without, it stands there at the next look
def test_a_quiet_answer_comes_to_the_open_page_of_its_author_alone(two):
    member, host = two
    member.get_by_role("link", name="Start a topic").click()
    member.get_by_label("A title").fill("A quiet evening")
    member.get_by_label("Your words").fill("Nothing to say, really.")
    member.get_by_role("button", name="Post this").click()
    member.locator("[data-started~=live]").wait_for(state="attached")
    host.get_by_role("link", name="Topics", exact=True).first.click()
    host.get_by_role("link", name="A quiet evening", exact=True).click()
    host.get_by_text("Answer without words").first.click()
    host.get_by_role("button", name="I hear you").first.click()
    expect(member.get_by_text("Heron: I hear you.")).to_be_visible(timeout=15000)


def test_a_line_to_the_hosts(two, scripts):
    member, host = two
    member.get_by_role("link", name="Write to the hosts alone").click()
    member.get_by_role("button", name="Ask a host to write to me").click()
    expect(member.get_by_role("heading", name="A line to the hosts")).to_be_visible()
    host.get_by_role("link", name="What members wrote to the hosts").click()
    host.locator(".topic-row__title", has_text="Fig").first.click()
    expect(host.get_by_text("Please write to me.")).to_be_visible()
    host.get_by_label("Your words").fill("I am here on Thursday evening.")
    host.get_by_role("button", name="Send it").click()
    expect(host.get_by_text("I am here on Thursday evening.")).to_be_visible()
    if not scripts:
        member.reload()
    expect(member.get_by_text("I am here on Thursday evening.")).to_be_visible(timeout=15000)
