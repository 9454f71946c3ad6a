"""A watch over every cookie that any test is sent (check SE1): one of five, for this host alone, out of reach of scripts."""

from collections.abc import Callable

from django.http import HttpResponse

NAMES = ("seat", "form", "theme", "codes", "known")


def watched(dress: Callable[..., None]) -> Callable[..., None]:
    """Return the step that puts the headers on an answer, with the watch before it."""

    def watch(response: HttpResponse, *opens: tuple[str, ...]) -> None:
        for name, cookie in response.cookies.items():
            held = (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
            assert name.removeprefix("__Host-") in NAMES, f"a cookie of another name: {name}"
            assert held == (True, "Lax", "/", ""), f"a cookie that others can reach: {name}"
            assert bool(cookie["secure"]) is name.startswith("__Host-"), f"a cookie without https: {name}"
        dress(response, *opens)

    return watch
