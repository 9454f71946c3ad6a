"""Take a picture of each main page of the demo, wide and narrow, light and dark, into docs/pictures/: `make pictures`."""

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from kith.testing.serving import serving
from tools.services import chromium_path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {"desktop": (1280, 900), "mobile": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
GUEST = {
    "front": "/",
    "browse": "/find/browse/",
    "sign-up": "/account/signup/",
    "sign-in": "/account/login/",
    "help-now": "/help-now/",
}
MEMBER = {
    "home": "/", "words": "/me/words/", "take-back": "/me/words/withdrawal/", "download": "/me/words/download/",
    "filters": "/me/filters/", "notices": "/me/notices/", "kept": "/me/privacy/", "begin": "/groups/new/",
}  # fmt: skip
WORDS = "My shoulders keep slipping out and nobody at work believes me. I am 24 and I was told last month that it has a name."


def main() -> None:
    """Serve a fresh demo and look at it as a guest, a member, a host and the steward."""
    only = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data), command=("demo", "--serve"), KITH_DEMO="1", KITH_WORKERS="1") as site,
        sync_playwright() as play,
    ):
        chromium = play.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                _round(chromium, site.url, f"{size}-{theme}", width, height, theme, only)
        chromium.close()


def _round(chromium: Browser, url: str, suffix: str, width: int, height: int, theme: str, only: list[str]) -> None:
    def fresh() -> Page:
        context = chromium.new_context(
            base_url=url, viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
        )
        return context.new_page()

    def shoot(page: Page, name: str) -> None:
        if only and name not in only:
            return
        # As tall as the page, so that what stays at the foot of the screen stands at its end and covers nothing.
        tall = max(height, int(page.evaluate("document.documentElement.scrollHeight")))
        page.set_viewport_size({"width": width, "height": tall})
        _save(page.screenshot(full_page=True), FOLDER / f"{name}-{suffix}.png")
        page.set_viewport_size({"width": width, "height": height})

    page = fresh()
    for name, path in GUEST.items():
        page.goto(path)
        shoot(page, name)
    page.goto("/")
    page.locator("#words").fill(WORDS)
    page.locator(".finder button").click()
    shoot(page, "found")
    if page.locator(".group-card").count() == 0:
        page.goto("/find/browse/")
    page.locator(".group-card h2 a, .group-grid a").first.click()
    shoot(page, "front-door")
    page.goto("/no/such/page/")
    shoot(page, "not-found")
    _member(fresh(), shoot)
    _host(fresh(), shoot)


def _save(shot: bytes, path: Path) -> None:
    """Keep a picture with 256 colours, the best for it: a third of the size, and no difference to see."""
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(256, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


def _come_in(page: Page, who: str) -> None:
    page.goto("/demo/")
    page.locator(f"button[value={who}]").click()


def _member(page: Page, shoot) -> None:  # type: ignore[no-untyped-def]
    _come_in(page, "member")
    for name, path in MEMBER.items():
        page.goto(path)
        shoot(page, name)
    page.goto("/")
    page.locator(".group-row h3 a").first.click()
    shoot(page, "group")
    base = page.url
    page.goto(base + "topics/")
    shoot(page, "topics")
    page.locator(".topic-row__title").nth(1).click()
    shoot(page, "topic")
    page.locator("#words").fill("Write to me at plum@example.org if you like.")
    page.get_by_role("button", name="Post this").click()
    shoot(page, "pointed-out")
    for name in ("topics/new", "members", "line", "leave"):
        page.goto(f"{base}{name}/")
        shoot(page, re.sub(r"\W", "-", name))
    page.goto("/search/")
    page.locator("#words").fill("sleep")
    page.get_by_role("button", name="Search", exact=True).click()
    shoot(page, "search")
    page.goto("/me/words/")
    page.locator("a[href$='/mine/']").first.click()
    shoot(page, "mine")
    page.goto("/me/own/new/")
    page.locator("textarea").first.fill("Monday. Slept four hours. The new tablets taste of tin.")
    page.get_by_role("button", name="Keep").first.click()
    page.goto("/me/own/")
    shoot(page, "own")


def _host(page: Page, shoot) -> None:  # type: ignore[no-untyped-def]
    _come_in(page, "host")
    page.locator(".group-row h3 a").first.click()
    page.goto(page.url + "desk/")
    shoot(page, "desk")
    desk = page.url
    for name in ("waiting", "tags"):
        page.goto(f"{desk}{name}/")
        shoot(page, name)
    _come_in(page, "steward")
    page.goto("/steward/")
    shoot(page, "steward")
    page.goto("/steward/components/")
    shoot(page, "components")


if __name__ == "__main__":
    main()
