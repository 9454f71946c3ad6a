"""Pages for what went otherwise: what happened, that the words are safe, and one way on."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from kith.core.rows import SiteRow
from kith.groups.viewer import GUEST
from kith.web.page import page
from kith.web.request import Request

_NEVER_BACK = {"csrfmiddlewaretoken", "phrase", "new", "code", "word", "intent", "look", "seen"}
_SECRETS = ("phrase", "new", "code", "word")
_WORDS = {
    "words", "title", "note", "own_note", "quoted", "charter", "line", "for_whom", "not_for", "agreement_title", "agreement_text",
}  # fmt: skip
_CHOICES = {"keep", "nameless", "withdraw"}  # of a field that is called `words` elsewhere
_LONG = 40  # letters from which anything was surely written by hand
Typed = list[tuple[str, str]]
_SITE = SiteRow("Kith", "", "", "", (), "", True, True)  # what the steward chose cannot be read just now


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: unseen and absent look alike."""
    return page(_ready(request), "errors/not_found.html", status=404)


def not_a_page(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """Answer 405 where an address is not asked in this way: most often that of a button, from the bar of addresses."""
    response = HttpResponseNotAllowed(allowed, content_type="text/plain; charset=utf-8")
    if request.accepts("text/html"):
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.content = page(_ready(request), "errors/not_a_page.html").content
    else:
        response.content = f"{_('This address is a button, not a page.')}\n"
    return response


def given_back(request: HttpRequest, status: int, words: str, *, again: bool = True) -> HttpResponse:
    """Say why something was not done, and give back everything that was typed."""
    ready, typed_ = _ready(request), typed(request)
    look = any(request.POST.get(name) for name in _SECRETS) if typed_ else False
    title = _("That did not work. Your words are safe.") if words_of(typed_) else _("That did not work")
    return _back(ready, status, title, words, typed_, action=ready.path, again=again, look=look)


def hand_back(request: Request, path: str, kept: Typed) -> HttpResponse:
    """Give back, after a sign-in, what was typed before it: to be read, and then to go to the form that it was typed into."""
    title = _("Your words are here") if words_of(kept) else _("You are signed in")
    words = _("You are signed in. Look at what you typed, then go on with it.")
    if not path:
        words = _("You are signed in. This account cannot put them there. Copy them, if you want to keep them.")
    return _back(request, 200, title, words, kept, action=path, again=bool(path), look=True)


def _back(
    request: Request, status: int, title: str, words: str, typed_: Typed, *, action: str, again: bool, look: bool
) -> HttpResponse:  # fmt: skip
    parts = [(name, value, _is_words(name, value)) for name, value in typed_]
    look = look and _looks(action)
    return page(
        request, "errors/given_back.html", status=status, title=title, words=words, typed=parts, action=action, again=again, look=look,
    )  # fmt: skip


def _looks(path: str) -> bool:
    try:
        return bool(getattr(resolve(path.partition("?")[0]).func, "looks", False))
    except Resolver404:
        return False


def sign_in_first(request: Request, words: str) -> HttpResponse:
    """Ask a guest to sign in; what she typed is carried through sign-in and offered back."""
    words = words or _("Please sign in to go on. You come back here afterwards.")
    kept = typed(request)
    return page(
        request, "errors/sign_in_first.html", status=401, words=words, kept=kept, written=words_of(kept), next=request.get_full_path(),
    )  # fmt: skip


def step_first(request: Request, words: str) -> HttpResponse:
    """Ask whoever leads or runs the site for a second step; what she typed is shown, to be taken along."""
    kept = typed(request)
    return page(
        request, "errors/step_first.html", status=403, words=words, kept=kept, written=words_of(kept), next=request.get_full_path(),
    )  # fmt: skip


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or too old: its words are given back with a fresh token."""
    if not typed(request):
        return given_back(
            request, 419, _("This page was open for a long time. Please go back, load it again, and try once more.")
        )
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        words = _("This came from another site, so we did not take it. If you wrote it yourself, copy it from here.")
        return given_back(request, 419, words, again=False)
    words = _(
        "This page was open for a long time, so we could not take it as it was. Nothing is lost: press the button to go on."
    )
    return given_back(request, 419, words)


def busy(request: HttpRequest) -> HttpResponse:
    """Answer when the database cannot take it just now: the words are given back."""
    words = _("We could not do that just now. Wait a minute, then try again.")
    if words_of(typed(request)):
        words = _(
            "We could not save that just now. Your words are below. Wait a minute, then press the button to send them again."
        )
    response = given_back(request, 503, words)
    response.headers["Retry-After"] = "60"
    return response


def sealed(request: HttpRequest) -> HttpResponse:
    """Answer when something sealed does not open: the key that it was sealed with is not here."""
    words = _(
        "Something that is locked does not open: its key is missing on this machine. Nothing is lost. Please tell the people who run "
        "this site: they have the key on paper."
    )
    return given_back(request, 503, words)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return given_back(
        request,
        400,
        _("We could not read what your browser sent. Please go back and try again, with less text if it was very long."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours."""
    words = _("Something broke on our side. It was not you.")
    return given_back(request, 500, f"{words} {_('What you typed is below.')}" if words_of(typed(request)) else words)


def typed(request: HttpRequest) -> Typed:
    """Return what was typed into the refused form, but secrets."""
    if request.method != "POST":
        return []
    try:
        return [(name, value) for name, values in request.POST.lists() if name not in _NEVER_BACK for value in values]
    except Exception:  # noqa: BLE001 - a body that cannot be read has nothing to give back
        return []


def words_of(typed_: Typed) -> list[str]:
    """Return what of it somebody wrote: no choices, no names of fields."""
    return [value for name, value in typed_ if _is_words(name, value)]


def _is_words(name: str, value: str) -> bool:
    return len(value) > _LONG or (name in _WORDS and value not in _CHOICES and not value.isspace() and value != "")


def _ready(request: HttpRequest) -> Request:
    """Make sure that even a request which failed early can be shown a page."""
    ready: Request = request  # type: ignore[assignment]
    if not hasattr(ready, "viewer"):
        ready.viewer, ready.signed_in = GUEST, None
    if not hasattr(ready, "site"):
        ready.site = _SITE
    translation.activate(translation.get_language() or "en")
    return ready
