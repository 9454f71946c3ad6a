"""What the browser's own folder holds after "Leave this site": addresses in its history, and not one word of a page."""

import time

import pytest
from playwright.sync_api import expect

from kith.testing.cast import PHRASE
from kith.testing.serving import run_in, serving
from tests.browser.conftest import FLAGS
from tools.services import chromium_path

pytestmark = pytest.mark.browser
# A page's text, the title of a topic, a group's name, another persona. The browser itself keeps addresses, and what was typed to sign in.
CANARIES = ("He would have filmed it", "The school play", "Widowed young", "Old Kettle")
DISCREET = """
from kith.cli.preparing import prepare; prepare()
from kith.core.models import Site
from kith.core import clock
Site.objects.filter(pk=1).update(set_up_at=clock.now(), name="Lantern House", discreet=True)
"""


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


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_in_discreet_mode_not_even_a_title_or_a_concern(tmp_path, play, elsewhere, scripts):
    """The name of the site, of any page and of any concern: none is there, in the history of titles and of addresses neither."""
    data = tmp_path / "data"
    run_in(data, DISCREET)
    folder = tmp_path / "profile"
    with serving(data, KITH_EXIT_URL=elsewhere, KITH_WORKERS="1") as served:
        context = play.chromium.launch_persistent_context(
            str(folder), executable_path=chromium_path(), args=FLAGS, base_url=served.url, java_script_enabled=scripts
        )
        page = context.pages[0]
        for name in ("All groups", "Chronic pain"):
            page.goto("/find/browse/") if name == "All groups" else page.locator("a", has_text=name).last.evaluate(
                "e => e.click()"
            )
            expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
            expect(page).to_have_title("Notes")
        assert "/concerns/" in page.url
        for path in ("/help-now/", "/account/login/", "/no/such/page"):
            page.goto(path)
            expect(page).to_have_title("Notes")
        page.get_by_role("button", name="Leave this site").click()
        expect(page).to_have_title("Weather")
        time.sleep(1)  # for the browser to write
        context.close()
    assert _holding(folder, ["/find/browse/"]), "the search finds what the browser itself keeps: its history of addresses"
    assert _holding(folder, ["Lantern House", "All groups", "Chronic pain", "chronic-pain", "Nothing here", "Sign in –"]) == set()


def test_holds_no_word_of_a_page_after_leaving(profile):
    folder = profile()
    assert _holding(folder, ["topics/1"]), "the search finds what the browser itself keeps: its history of addresses"
    assert _holding(folder, CANARIES) == set()
