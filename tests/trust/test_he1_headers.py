"""HE1: the same headers on whatever is answered, value by value; a page opens only what it declares."""

from dataclasses import replace

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db.utils import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from kith.core.errors import Invalid, NotFound, Refused, SignInFirst, Stale
from kith.testing.cast import make_cast
from kith.testing.clients import client_of
from kith.testing.walk import routes
from kith.web.request import reach
from kith.web.throttle import TooMany
from tests.trust.golden import GOLDEN, missing

FAULTS = {
    400: RequestDataTooBig(), 401: SignInFirst(), 403: Refused("No."), 404: NotFound(), 409: Stale("Older."), 422: Invalid(name="Which?"),
    429: TooMany(3), 500: RuntimeError(), 503: OperationalError(),
}  # fmt: skip
PLAIN = (200, 204, 206, 302, 304, 405, 410, 413, 415, 431)
# Whoever opens a feature of the browser for a page writes it down here too: it is looked at by somebody else.
OPENED = {  # only where a passkey is made or shown
    "factor_passkey": ("publickey-credentials-create",),
    **dict.fromkeys(("sign_in", "way_in", "step", "by_passkey"), ("publickey-credentials-get",)),
}


@reach("anyone", "GET", "POST")
def answer(request, status):
    if status in FAULTS:
        raise FAULTS[status]
    return HttpResponse(status=status)


@reach("person", "GET", opens=("microphone", "publickey-credentials-get"))
def recording(request):
    if "broken" in request.GET:
        raise Refused("No.")
    return HttpResponse()


urlpatterns = [path("answer/<int:status>/", answer), path("recording/", recording), path("", include("kith.urls"))]
handler400, handler500 = "kith.web.errors.too_large", "kith.web.errors.broken"


@pytest.fixture(params=["http", "https"])
def https(request, settings):
    settings.ENV = replace(settings.ENV, https=request.param == "https")
    return settings.ENV.https


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestEveryStatus:
    @pytest.mark.parametrize("status", [*FAULTS, *PLAIN])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_has_them_all(self, https, status, method):
        answered = getattr(Client(raise_request_exception=False), method)(f"/answer/{status}/")
        assert answered.status_code == status
        assert missing(answered.headers, https=https) == {}
        assert answered["Cache-Control"] == "no-store"

    def test_a_form_that_is_not_from_here_too(self, https):
        answered = Client(enforce_csrf_checks=True).post("/answer/200/")
        assert answered.status_code == 419
        assert missing(answered.headers, https=https) == {}

    @pytest.mark.parametrize("host", ["evil.example", ""])
    def test_another_host_too(self, https, host):
        answered = Client().get("/answer/200/", headers={"host": host})
        assert answered.status_code == 400
        assert missing(answered.headers, https=https) == {}


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestWhatAPageOpens:
    def test_is_open_for_itself_alone(self):
        ada = client_of(make_cast().viewer("ada"))
        for query in ("", "?broken"):
            said = ada.get(f"/recording/{query}").headers["Permissions-Policy"].split(", ")
            closed = GOLDEN["Permissions-Policy"].split(", ")
            assert set(said) - set(closed) == {"microphone=(self)", "publickey-credentials-get=(self)"}
            assert len(said) == len(closed)
        assert missing(ada.get("/answer/200/").headers) == {}

    def test_stays_closed_for_whoever_may_not_see_it(self):
        assert missing(Client().get("/recording/").headers) == {}

    def test_what_no_browser_knows_is_a_mistake(self):
        with pytest.raises(ValueError, match="microfone"):
            reach("anyone", opens=("microfone",))


def test_no_route_opens_what_is_not_written_down():
    assert {name: view.opens for name, view in routes() if view.opens} == OPENED


@pytest.mark.slow
def test_a_real_server_sends_them_with_pages_pictures_assets_and_streams(story):
    opened = {reverse(name): opens for name, opens in OPENED.items()}
    wrong = []
    for method, asked, status, headers in story.answers:
        opens = () if status == 419 else opened.get(asked.partition("?")[0], ())  # a form that is not taken reaches no page
        wrong += [(method, asked, status, found)] if (found := missing(headers, https=True, opens=opens)) else []
    assert wrong == []
    seen = {(path.split("/")[1], status) for _method, path, status, _headers in story.answers}
    assert {
        ("static", 200),
        ("static", 304),
        ("static", 404),
        ("static", 405),
        ("static", 416),
        ("live", 200),
        ("live", 404),
    } <= seen
    assert {
        ("", 200),
        ("", 400),
        ("up", 200),
        ("me", 401),
        ("me", 302),
        ("account", 419),
        ("account", 422),
        ("g", 200),
        ("g", 404),
    } <= seen
    assert any(headers.get("Content-Type", "").startswith("image/") for _method, _path, _status, headers in story.answers)
