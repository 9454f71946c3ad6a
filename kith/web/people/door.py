"""Signing up, in and out."""

import json
import time

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kith.conversation.actions import save_draft
from kith.core import clock
from kith.core.errors import Invalid, NotFound, Refused
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.people import actions
from kith.people.rows import NewAccount
from kith.people.sealing import Unreadable, seal, unseal
from kith.web import cookies, throttle
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import is_on
from kith.web.words import too_many_words

CODES_COOKIE, CODES_SECONDS = "codes", 1800


@reach("anyone", "GET", "POST")
def sign_up(request: Request) -> HttpResponse:
    """Make an account with a name and a pass-phrase; email only if she likes."""
    typed = {name: request.POST.get(name, "") for name in ("name", "email", "way")}
    problems: dict[str, str] = {}
    if request.method == "POST" and "show" not in request.POST:
        try:
            throttle.allow("sign_up", throttle.place_of(request), most=20, seconds=3600)
            return _welcome(request, _make(request))
        except Invalid as problem:
            problems = problem.problems
        except throttle.TooMany as many:
            problems = {"name": too_many_words(many.wait)}
    ticked = {name for name in ("adult", "health_consent") if is_on(request, name)}
    return page(
        request, "people/sign_up.html", status=422 if problems else 200, typed=typed, ticked=ticked, problems=problems,
        next=_next(request),
    )  # fmt: skip


def _make(request: Request) -> NewAccount:
    post = request.POST
    email = post.get("email", "").strip() if post.get("way") != "none" else ""
    return actions.sign_up(
        name=post.get("name", ""), phrase=post.get("phrase", ""), email=email, adult=is_on(request, "adult"),
        health_consent=is_on(request, "health_consent"), at=clock.now(),
    )  # fmt: skip


def _welcome(request: Request, account: NewAccount) -> HttpResponse:
    response = HttpResponseRedirect(reverse("codes") + _query(_next(request)))
    token = actions.open_session(account.person, device=device_of(request), own_device=False, at=clock.now())
    cookies.write(response, token, own_device=False)
    keep_codes(response, account.sign_in_name, account.codes)
    return response


def keep_codes(response: HttpResponse, name: str, codes: tuple[str, ...]) -> None:
    """Carry fresh codes to the page that shows them, sealed, for half an hour at most."""
    plain = json.dumps({"name": name, "codes": codes, "until": int(time.time()) + CODES_SECONDS}).encode()
    value = seal(plain, place="cookie.codes:0").hex()
    response.set_cookie(
        CODES_COOKIE, value, max_age=CODES_SECONDS, path=reverse("codes"), httponly=True, samesite="Lax",
        secure=cookies.name().startswith("__"),
    )  # fmt: skip


@reach("person", "GET", "POST")
def codes(request: Request) -> HttpResponse:
    """Show ten fresh codes, to be printed; after "carry on" they cannot be seen again."""
    onward = _next(request) or reverse("home")
    if request.method == "POST":
        response: HttpResponse = HttpResponseRedirect(onward)
        response.delete_cookie(CODES_COOKIE, path=reverse("codes"))
        return response
    try:
        held = json.loads(unseal(bytes.fromhex(request.COOKIES.get(CODES_COOKIE, "")), place="cookie.codes:0"))
    except (Unreadable, ValueError):
        held = {"until": 0}
    if held["until"] < time.time():
        return HttpResponseRedirect(onward)
    return page(request, "people/codes.html", name=held["name"], codes=held["codes"], next=onward)


@reach("anyone", "GET", "POST")
def sign_in(request: Request) -> HttpResponse:
    """Sign in with name and pass-phrase; words of a refused form are carried through."""
    name, problem = request.POST.get("name", ""), ""
    kept = _kept(request)
    if request.method == "POST":
        try:
            _slow_down(request, name)
            person = actions.check_sign_in(name=name, phrase=request.POST.get("phrase", "")[:2000])
            return _open(request, person, kept)
        except Refused as refused:
            problem = str(refused)
        except throttle.TooMany as many:
            problem = too_many_words(many.wait)
    return page(
        request,
        "people/sign_in.html",
        status=422 if problem else 200,
        name=name,
        problem=problem,
        next=_next(request),
        typed=kept,
    )


def _slow_down(request: Request, name: str) -> None:
    throttle.allow("sign_in", throttle.place_of(request), most=60, seconds=900)
    throttle.allow("sign_in_name", " ".join(name.split()).casefold()[:80], most=10, seconds=900)


def _kept(request: Request) -> list[tuple[str, str]]:
    return [(name.removeprefix("kept_"), str(value)) for name, value in request.POST.items() if name.startswith("kept_")]


def _open(request: Request, person: int, kept: list[tuple[str, str]]) -> HttpResponse:
    own = request.POST.get("device") == "own"
    token = actions.open_session(person, device=device_of(request), own_device=own, at=clock.now())
    onward = _next(request) or reverse("home")
    if kept:
        onward = _hand_back(Viewer(person), onward, dict(kept))
    response = HttpResponseRedirect(onward)
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    cookies.write(response, token, own)
    return response


def _hand_back(viewer: Viewer, path: str, kept: dict[str, str]) -> str:
    """Put words that a signed-out form carried into a draft, and lead to where it waits."""
    try:
        match = resolve(path.partition("?")[0])
        code, number = match.kwargs.get("code", ""), match.kwargs.get("number", 0)
        where = {"new_topic": "topic", "reply": f"reply:{number}", "edit": f"edit:{number}"}[match.url_name or ""]
        words, title, wish, note = (kept.get(name, "") for name in ("words", "title", "wish", "note"))
        save_draft(get_place(viewer, code), where, words=words, title=title, wish=wish, note=note)
    except (Resolver404, KeyError, NotFound, Invalid):
        return reverse("home")
    onward = {"topic": reverse("new_topic", args=[code]), "edit": path}
    return onward.get(where.partition(":")[0], reverse("topic", args=[code, number]) + "#write" if number else reverse("home"))


@reach("anyone", "POST")
def sign_out(request: Request) -> HttpResponse:
    """Sign this device out."""
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    response = HttpResponseRedirect(reverse("home"))
    cookies.clear(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@reach("anyone", "GET", "POST")
def way_in(request: Request) -> HttpResponse:
    """Set a new pass-phrase with a printed code."""
    typed, problems = {name: request.POST.get(name, "") for name in ("name", "code")}, {}
    if request.method == "POST":
        try:
            _slow_down(request, typed["name"])
            phrase = request.POST.get("phrase", "")
            person = actions.use_code(name=typed["name"], code=typed["code"][:100], phrase=phrase, at=clock.now())
            return _open(request, person, [])
        except Invalid as problem:
            problems = problem.problems
        except Refused as refused:
            problems = {"code": str(refused)}
        except throttle.TooMany as many:
            problems = {"code": too_many_words(many.wait)}
    return page(request, "people/way_in.html", status=422 if problems else 200, typed=typed, problems=problems)


def device_of(request: Request) -> str:
    """Say what kind of device this is, as coarsely as helps its owner; nothing else of the header is kept."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or "Tablet" in agent:
        return "tablet"
    return "phone" if "Mobi" in agent or "Android" in agent else "computer"


def _next(request: Request) -> str:
    """Return where to go on afterwards, if it is a path of this site."""
    path = request.POST.get("next") or request.GET.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and len(path) < 2000 else ""


def _query(path: str) -> str:
    from urllib.parse import urlencode

    return "?" + urlencode({"next": path}) if path else ""
