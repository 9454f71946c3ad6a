"""SE1: five cookies and no other, each for this host alone, over https alone, out of reach of scripts and other sites."""

from http.cookies import SimpleCookie

import pytest

from kith.web import cookies, middleware

OURS = {"__Host-seat", "__Host-form", "__Host-theme", "__Host-codes", "__Host-known"}


@pytest.mark.slow
def test_over_https_every_cookie_of_a_whole_story_is_held_to_its_host(story):
    seen = {}
    for text in story.set_cookies:
        ((name, morsel),) = SimpleCookie(text).items()
        seen.setdefault(name, []).append(morsel)
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"], morsel["domain"]) == (
            True, True, "Lax", "/", "",
        ), text  # fmt: skip
    assert set(seen) == OURS
    # Kept past the end of the browser only where she says that the device is her own, and what is on its way to a page.
    kept = {name for name, morsels in seen.items() if any(int(m["max-age"] or 0) > 1 for m in morsels)}
    assert kept == {"__Host-seat", "__Host-codes", "__Host-known"}


@pytest.mark.slow
def test_no_answer_of_an_asset_a_stream_or_a_look_at_health_sets_one(story):
    setting = {path.split("/")[1] for _method, path, _status, headers in story.answers if headers.get("Set-Cookie")}
    assert setting.isdisjoint({"static", "live", "up"})
    assert setting


def test_the_whole_suite_watches_them():
    """Every test that asks for a page goes through the root conftest's watch; it must be in place, and see."""
    from django.http import HttpResponse

    response = HttpResponse()
    cookies.put(response, "seat", "x")
    middleware.dress(response)
    for more in ({"key": "tracker"}, {"key": "seat", "domain": "example.org"}, {"key": "seat", "path": "/me/"}):
        response = HttpResponse()
        response.set_cookie(value="x", httponly=True, samesite="Lax", **more)
        with pytest.raises(AssertionError):
            middleware.dress(response)
    response = HttpResponse()
    response.set_cookie("theme", "dark", samesite="Lax")
    with pytest.raises(AssertionError):
        middleware.dress(response)
