"""The whole story with three people: a newcomer finds, joins, talks and leaves; a member answers; a host lets her in."""

import json
import re

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE

pytestmark = pytest.mark.browser
WORDS = "My husband died in spring. I am 38 and our two kids keep asking when he comes back."


class Person:
    """Somebody at a browser of her own, with everything her page said went wrong."""

    def __init__(self, browser, site, *, scripts, **options):
        self.codes = site.data / "codes.json"
        self.context = browser.new_context(java_script_enabled=scripts, base_url=site.url, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.problems, self.foreign = [], []
        self.page.on(
            "console", lambda m: self.problems.append(m.text) if m.type == "error" and "status of 4" not in m.text else None
        )
        self.page.on("pageerror", lambda e: self.problems.append(str(e)))
        self.page.on("request", lambda r: None if r.url.startswith((site.url, "data:")) else self.foreign.append(r.url))

    def sign_in(self, name, phrase=PHRASE):
        self.page.goto("/account/login/")
        self.page.get_by_label("Your sign-in name").fill(name)
        self.page.get_by_label("Your pass-phrase").fill(phrase)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Your groups")).to_be_visible()
        if code := self._next_code(name):
            self.page.goto("/account/step/")
            self.page.get_by_label("One of your codes on paper").fill(code)
            self.page.get_by_role("button", name="Go on").click()
            expect(self.page.get_by_role("heading", name="Your groups")).to_be_visible()

    def _next_code(self, name):
        """Whoever leads or runs the site has a card of codes."""
        codes = json.loads(self.codes.read_text()) if self.codes.exists() else {}
        code = codes[name].pop() if codes.get(name) else ""
        if code:
            self.codes.write_text(json.dumps(codes))
        return code


def _sign_up(page):
    page.get_by_label("A name to sign in with").fill("plum jam")
    page.get_by_label("A pass-phrase").fill("four quiet words here")
    page.get_by_label("I am 18 or over").check()
    page.get_by_label(re.compile("I agree that this site keeps")).check()
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Ten codes")).to_be_visible()
    name = page.locator("b.nowrap").inner_text()
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("button", name=re.compile("Carry on")).click()
    return name, code


def _join(page, name):
    page.get_by_label("Or a name of my own").fill(name)
    page.get_by_label(re.compile("A few words to the hosts")).fill("My sister told me about you.")
    page.get_by_label(re.compile("I have read what we agree")).check()
    page.get_by_role("button", name="Ask to come in").click()
    expect(page.get_by_role("heading", name="The hosts have your words")).to_be_visible()


def test_the_whole_story(browser, site, scripts):
    face = "Thistle" if scripts else "Low Tide"
    new, member, host = (Person(browser, site, scripts=scripts) for _ in range(3))
    # Find
    new.page.goto("/")
    new.page.get_by_role("textbox", name=re.compile("Tell us")).fill(WORDS)
    new.page.get_by_role("button", name="Find people").click()
    assert "/find/" in new.page.url
    assert "husband" not in new.page.url
    expect(new.page.get_by_role("link", name="Widowed young", exact=True).first).to_be_visible()
    expect(new.page.get_by_text("Why this may fit")).to_be_visible()
    expect(new.page.locator("body")).not_to_contain_text("kids keep asking")
    new.page.reload()
    expect(new.page.get_by_role("link", name="Widowed young", exact=True).first).to_be_visible()
    # Join
    new.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    new.page.get_by_role("link", name="Ask to come in").click()
    name, code = _sign_up(new.page)
    _join(new.page, face)
    host.sign_in("hanna 1000")
    host.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    host.page.get_by_role("link", name="Desk", exact=True).first.click()
    host.page.get_by_role("button", name=re.compile(f"Welcome in.*{face}")).click()
    expect(host.page.get_by_text("Nobody is asking just now.")).to_be_visible()
    # Talk
    new.page.goto("/me/notices/")
    new.page.get_by_role("link", name=re.compile("You are in")).click()
    new.page.get_by_role("link", name="Start a topic").click()
    new.page.get_by_label("A title").fill("The empty chair")
    new.page.get_by_label("Your words").fill("I still set two plates.")
    new.page.get_by_label("To be heard").check()
    new.page.get_by_role("button", name="Post this").click()
    expect(new.page.get_by_role("heading", name="The empty chair")).to_be_visible()
    _answer(member, face)
    if scripts:
        expect(new.page.get_by_text("I set three.")).to_be_visible(timeout=15000)  # live, without a reload
    # Come back
    new.page.goto("/")
    expect(new.page.get_by_role("heading", name="For you first")).to_be_visible()
    new.page.get_by_role("link", name="The empty chair").first.click()
    expect(new.page.get_by_text("I set three.")).to_be_visible()
    _change_and_take_back(new.page)
    _leave(new, name, code, scripts)
    for person in (new, member, host):
        assert person.problems == []
        assert person.foreign == []
        person.context.close()


def _answer(member, face):
    member.sign_in("mia 1000")
    member.page.get_by_role("link", name="Widowed young", exact=True).first.click()
    expect(member.page.get_by_role("heading", name="Still waiting for a first answer")).to_be_visible()
    member.page.get_by_role("link", name="The empty chair").first.click() if member.page.get_by_role(
        "link", name="The empty chair"
    ).first.is_visible() else member.page.goto(member.page.url + "topics/")
    if "/topics/" not in member.page.url or member.page.url.endswith("/topics/"):
        member.page.get_by_role("link", name="The empty chair").first.click()
    expect(member.page.get_by_text("hoped for: To be heard")).to_be_visible()
    member.page.get_by_role("link", name=re.compile(f"Reply.*{face}")).click()
    member.page.get_by_label("Your words").fill("I set three.")
    member.page.get_by_role("button", name="Post this").click()
    expect(member.page.get_by_text(f"{face} wrote")).to_be_visible()


def _change_and_take_back(page):
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("Your words").fill("I still set two plates. Every night.")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator("#done")).to_be_focused()
    expect(page.locator("#done")).to_be_in_viewport()
    expect(page.get_by_text("Every night.")).to_be_visible()
    page.get_by_role("link", name="only you can see how").click()
    expect(page.locator("ins", has_text="Every night.").first).to_be_visible()
    page.get_by_role("link", name="Back to this post").click()
    page.get_by_role("link", name="Take it back").first.click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="One of your posts")).to_be_visible()


def _leave(new, name, code, scripts):
    page = new.page
    page.goto("/me/words/")
    before = page.url
    if scripts:
        page.locator("[data-started~=exit]").wait_for(state="attached")
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.get_by_role("button", name="Leave this site").click()
    page.wait_for_url(re.compile(r"127\.0\.0\.1:\d+/$"))
    expect(page.get_by_text("Mild.")).to_be_visible()
    new.foreign.clear()  # the one navigation to another origin that is meant
    page.goto(before)
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
    page.goto("/account/code/")
    page.get_by_label("Your sign-in name").fill(name)
    page.get_by_label("A code").fill(code)
    page.get_by_label("A new pass-phrase").fill("another four quiet words")
    page.get_by_role("button", name="Set it and sign in").click()
    expect(page.get_by_role("heading", name="Your groups")).to_be_visible()
