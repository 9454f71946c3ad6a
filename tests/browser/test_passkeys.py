"""Passkeys in a real browser with an authenticator that Chromium pretends to have: made, asked for, and enough alone."""

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from tests.browser.test_story import Person

pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


class AtLocalhost:
    """A passkey belongs to a name, and an address is none."""

    def __init__(self, site):
        self.url, self.data = site.url.replace("127.0.0.1", "localhost"), site.data


@pytest.fixture
def person(browser, site):
    person = Person(browser, AtLocalhost(site), scripts=True)
    devtools = person.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield person
    person.context.close()


def first_step(page):
    page.goto("/account/login/")
    page.get_by_label("Your sign-in name").fill("pia 1000")
    page.get_by_label("Your pass-phrase").fill(PHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").last.click()


def test_is_made_asked_for_and_enough_alone(person):
    page = person.page
    first_step(page)
    expect(page.get_by_role("heading", name="Your groups")).to_be_visible()
    page.goto("/me/factors/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My laptop")
    page.get_by_label("Your pass-phrase").fill(PHRASE)
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_text("From now on it is asked for")).to_be_visible()
    expect(page.get_by_role("heading", name="My laptop")).to_be_visible()
    sign_out(page)
    first_step(page)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Your groups")).to_be_visible()
    sign_out(page)
    page.goto("/account/passkey/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Your groups")).to_be_visible()
    assert person.problems == []


def test_without_scripts_it_says_what_to_do(browser, site):
    person = Person(browser, AtLocalhost(site), scripts=False)
    person.page.goto("/account/passkey/")
    expect(person.page.get_by_text("A passkey needs a browser with scripts")).to_be_visible()
    expect(person.page.get_by_role("button", name="Use my passkey")).to_be_hidden()
    expect(person.page.get_by_role("link", name="Sign in with my pass-phrase")).to_be_visible()
    person.context.close()


def test_somebody_elses_passkey_is_refused(person):
    page = person.page
    page.goto("/account/passkey/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_text("No passkey was shown")).to_be_visible()
