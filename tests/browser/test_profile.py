"""What the browser's own folder holds after "Leave this site": addresses in its history, and not one word of a page."""

import time

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from tests.browser.conftest import FLAGS
from tools.services import chromium_path

pytestmark = pytest.mark.browser
# A page's text, the title of a topic, a group's name, another persona. The browser itself keeps addresses, and what was typed to sign in.
CANARIES = ("He would have filmed it", "The school play", "Widowed young", "Old Kettle")


def _holding(folder, words):
    needles = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    }


@pytest.fixture
def profile(tmp_path, site, play):
    """Read a topic in a browser with a folder of its own, leave, and close the browser; return the folder."""

    def read():
        folder = tmp_path / "profile"
        context = play.chromium.launch_persistent_context(
            str(folder), executable_path=chromium_path(), args=FLAGS, base_url=site.url
        )
        page = context.pages[0]
        page.goto("/account/login/")
        page.get_by_label("Your sign-in name").fill("mia 1000")
        page.get_by_label("Your pass-phrase").fill(PHRASE)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Widowed young", exact=True).first.click()
        page.goto(f"{page.url}topics/1/")
        expect(page.get_by_text("He would have filmed it.")).to_be_visible()
        page.get_by_role("button", name="Leave this site").click()
        expect(page).to_have_title("Weather")
        time.sleep(1)  # for the browser to write
        context.close()
        return folder

    return read


def test_holds_no_word_of_a_page_after_leaving(profile):
    folder = profile()
    assert _holding(folder, ["topics/1"]), "the search finds what the browser itself keeps: its history of addresses"
    assert _holding(folder, CANARIES) == set()
