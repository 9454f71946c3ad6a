"""Pages for what went otherwise: what happened, that the words are safe, and one way on."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from kith.core.rows import SiteRow
from kith.groups.viewer import GUEST
from kith.web.page import page
from kith.web.request import Request

_NEVER_BACK = {"csrfmiddlewaretoken", "phrase", "new", "code", "intent"}
_SITE = SiteRow("Kith", "", "", "", (), "", True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: unseen and absent look alike."""
    return page(_ready(request), "errors/not_found.html", status=404)


def given_back(request: HttpRequest, status: int, words: str) -> HttpResponse:
    """Say why something was not done, and give back everything that was typed."""
    ready = _ready(request)
    return page(
        ready, "errors/given_back.html", status=status, words=words, typed=typed(ready), action=ready.path, again=status != 403
    )


def sign_in_first(request: Request, words: str) -> HttpResponse:
    """Ask a guest to sign in; what she typed is carried through sign-in and offered back."""
    words = words or _("Please sign in to go on. You come back here afterwards.")
    return page(request, "errors/sign_in_first.html", status=401, words=words, typed=typed(request), next=request.get_full_path())


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old: its words are given back with a fresh token."""
    return given_back(
        request,
        419,
        _(
            "This page was open for a long time, so we could not take it as it was. Nothing is lost: press the button to send it again."
        ),
    )


def busy(request: HttpRequest) -> HttpResponse:
    """Answer when the database cannot take it just now: the words are given back."""
    response = given_back(
        request,
        503,
        _("We could not save that just now. Your words are below. Wait a minute, then press the button to send them again."),
    )
    response.headers["Retry-After"] = "60"
    return response


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return given_back(
        request,
        400,
        _("We could not read what your browser sent. Please go back and try again, with less text if it was very long."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours."""
    return given_back(
        request, 500, _("Something broke on our side. It was not you. What you typed is below, if there was anything.")
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed into the refused form, but secrets."""
    if request.method != "POST":
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() if name not in _NEVER_BACK for value in values]
    except Exception:  # noqa: BLE001 - a body that cannot be read has nothing to give back
        return []


def _ready(request: HttpRequest) -> Request:
    """Make sure that even a request which failed early can be shown a page."""
    ready: Request = request  # type: ignore[assignment]
    if not hasattr(ready, "viewer"):
        ready.viewer, ready.signed_in = GUEST, None
    if not hasattr(ready, "site"):
        ready.site = _SITE
    translation.activate(translation.get_language() or "en")
    return ready
