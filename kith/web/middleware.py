"""What every answer passes: the headers, packing, and who is behind the request."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from kith.core.errors import Invalid, NotFound, Refused, SignInFirst, Stale, StepFirst
from kith.groups.viewer import GUEST
from kith.people.queries import find_signed_in
from kith.people.sealing import Unreadable
from kith.web import cookies, errors
from kith.web.headers import safety
from kith.web.request import MethodRefused, Request
from kith.web.throttle import TooMany
from kith.web.viewing import viewer_of
from kith.web.words import pause_words

Handler = Callable[[HttpRequest], HttpResponse]

_ELSEWHERE = b"This site does not go by that name. (If you run it: KITH_HOSTS lists its names.)\n"


class Headers:
    """Put the same safety headers on every answer, whatever its status; answer only to the names of this site."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if _is_ours(request) else HttpResponse(_ELSEWHERE, "text/plain", 400)
        dress(response, request.META.get("kith.opens", ()))
        return response


def _is_ours(request: HttpRequest) -> bool:
    """Say whether the address that was asked for is this site's; a look at its health may come by any."""
    try:
        return request.path == "/up" or bool(request.get_host())
    except DisallowedHost:
        return False


def dress(response: HttpResponse, opens: tuple[str, ...] = ()) -> None:
    """Put the headers on one answer; personal pages are never kept."""
    for header, value in safety(opens).items():
        response.headers[header] = value
    response.headers.setdefault("Cache-Control", "no-store")


class Pack(GZipMiddleware):
    """Pack pages; Django's random padding answers BREACH. Streams and pictures are left alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack what is worth packing."""
        packed = response.streaming or response.headers.get("Content-Type", "").startswith("image/")
        return response if packed else super().process_response(request, response)


class SignedIn:
    """Find who is signed in, in one query; turn what rooms answer into pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:  # type: ignore[override]
        if request.path in ("/up", "/exit/"):
            request.viewer, request.signed_in = GUEST, None
            return self.get_response(request)
        try:
            site, signed_in = find_signed_in(cookies.read(request))
        except OperationalError:
            return errors.busy(request)
        request.site, request.signed_in = site, signed_in
        request.viewer = viewer_of(signed_in)
        language = signed_in.language if signed_in and signed_in.language else _asked(request)
        with translation.override(language):
            response = errors.not_found(request) if "\x00" in request.path else self.get_response(request)  # no column holds it
        if (
            signed_in
            and not response.cookies
            and cookies.is_due(request, signed_in.own_device, signed_in.steward, signed_in.idle)
        ):
            cookies.renew(request, response, signed_in.own_device, signed_in.steward, signed_in.idle)
        return response

    def process_exception(self, request: Request, problem: Exception) -> HttpResponse | None:
        """Answer what a room refused with a page for that person."""
        if isinstance(problem, MethodRefused):
            return errors.not_a_page(request, problem.allowed)
        if isinstance(problem, StepFirst):
            return errors.step_first(request, str(problem))
        if isinstance(problem, SignInFirst):
            return errors.sign_in_first(request, str(problem))
        if isinstance(problem, NotFound):
            return errors.not_found(request)
        if isinstance(problem, Stale):
            return errors.given_back(request, 409, str(problem), again=False)
        if isinstance(problem, Refused):
            return errors.given_back(request, 403, str(problem), again=False)
        if isinstance(problem, Invalid):
            return errors.given_back(request, 422, str(problem))
        if isinstance(problem, TooMany):
            return errors.given_back(request, 429, pause_words(problem.wait))
        if isinstance(problem, Unreadable):
            return errors.sealed(request)
        if isinstance(problem, OperationalError):
            return errors.busy(request)
        return None


def _asked(request: HttpRequest) -> str:
    return translation.get_language_from_request(request)
