"""Signing up, in and out."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kith.core import clock
from kith.core.errors import Invalid, Refused
from kith.people import actions
from kith.people.rows import NewAccount
from kith.people.rules import plain_name
from kith.web import cookies, throttle
from kith.web.page import page
from kith.web.people.carrying import become, go_on, kept_in
from kith.web.people.codes import drop_codes, keep_codes, read_codes
from kith.web.request import Request, reach
from kith.web.typed import is_on
from kith.web.words import too_many_words

ANYWHERE, FROM_HERE, WHEN_MANY = 300, 10, 3  # guesses at one name in a quarter of an hour; how many from one network


@reach("anyone", "GET", "POST", looks=True)
def sign_up(request: Request) -> HttpResponse:
    """Make an account with a name and a pass-phrase; email only if she likes."""
    typed = {name: request.POST.get(name, "") for name in ("name", "email", "way")}
    problems: dict[str, str] = {}
    if request.method == "POST" and "look" not in request.POST:
        try:
            throttle.pace("sign_up", throttle.network_of(request))
            return _welcome(request, _make(request))
        except Invalid as problem:
            problems = problem.problems
        except throttle.TooMany as many:
            problems = {"name": too_many_words(many.wait)}
    ticked = {name for name in ("adult", "health_consent") if is_on(request, name)}
    return page(
        request, "people/sign_up.html", status=422 if problems else 200, typed=typed, ticked=ticked, problems=problems,
        next=_next(request), kept=kept_in(request),
    )  # fmt: skip


def _make(request: Request) -> NewAccount:
    post = request.POST
    email = post.get("email", "").strip() if post.get("way") != "none" else ""
    return actions.sign_up(
        name=post.get("name", ""), phrase=post.get("phrase", ""), email=email, adult=is_on(request, "adult"),
        health_consent=is_on(request, "health_consent"), at=clock.now(),
    )  # fmt: skip


def _welcome(request: Request, account: NewAccount) -> HttpResponse:
    token = actions.open_session(account.person, device=device_of(request), own_device=False, at=clock.now())
    response: HttpResponse = HttpResponseRedirect(reverse("codes") + _query(_next(request)))
    if kept := kept_in(request):  # they would be lost on the way to another page
        become(request, token)
        onward = _next(request) or reverse("home")
        response = page(request, "people/codes.html", name=account.sign_in_name, codes=account.codes, next=onward, kept=kept)
    cookies.write(response, token, own_device=False)
    keep_codes(response, account)
    return response


@reach("person", "GET", "POST")
def codes(request: Request) -> HttpResponse:
    """Show ten fresh codes, to be printed; after "carry on" they cannot be seen again."""
    onward = _next(request) or reverse("home")
    if request.method == "POST":
        response = go_on(request, onward, kept_in(request))
        if "later" not in request.POST:
            drop_codes(response)
        return response
    held = read_codes(request)
    if held is None:
        return HttpResponseRedirect(onward)
    return page(request, "people/codes.html", name=held[0], codes=held[1], next=onward, kept=[])


@reach("anyone", "GET", "POST", looks=True)
def sign_in(request: Request) -> HttpResponse:
    """Sign in with name and pass-phrase; words of a refused form are carried through."""
    name, problem = request.POST.get("name", ""), ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            _slow_down(request, "sign_in", name)
            person = actions.check_sign_in(name=name, phrase=request.POST.get("phrase", "")[:2000])
            throttle.forgive("sign_in_name_here", _here(request, name))
            return _open(request, person)
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
        kept=kept_in(request),
    )


def _slow_down(request: Request, kind: str, name: str) -> None:
    """Slow guessing down by network and name. Guesses from elsewhere never lock her out: from each network a few are always heard."""
    throttle.pace(kind, throttle.network_of(request))
    try:
        throttle.allow(f"{kind}_name", plain_name(name)[:80], most=ANYWHERE, seconds=throttle.QUARTER)
        most = FROM_HERE
    except throttle.TooMany:
        most = WHEN_MANY
    throttle.allow(f"{kind}_name_here", _here(request, name), most=most, seconds=throttle.QUARTER)


def _here(request: Request, name: str) -> str:
    return f"{throttle.network_of(request)} {plain_name(name)[:80]}"


def _open(request: Request, person: int) -> HttpResponse:
    own = request.POST.get("device") == "own"
    token = actions.open_session(person, device=device_of(request), own_device=own, at=clock.now())
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    become(request, token)
    response = go_on(request, _next(request) or reverse("home"), kept_in(request))
    cookies.write(response, token, own)
    drop_codes(response)
    return response


@reach("anyone", "POST")
def sign_out(request: Request) -> HttpResponse:
    """Sign this device out."""
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    response = HttpResponseRedirect(reverse("home"))
    cookies.clear(response)
    return response


@reach("anyone", "GET", "POST", looks=True)
def way_in(request: Request) -> HttpResponse:
    """Set a new pass-phrase with a printed code."""
    typed, problems = {name: request.POST.get(name, "") for name in ("name", "code")}, {}
    if request.method == "POST" and "look" not in request.POST:
        try:
            _slow_down(request, "way_in", typed["name"])
            phrase = request.POST.get("phrase", "")
            person = actions.use_code(name=typed["name"], code=typed["code"][:100], phrase=phrase, at=clock.now())
            return _open(request, person)
        except Invalid as problem:
            problems = problem.problems
        except Refused as refused:
            problems = {"code": str(refused)}
        except throttle.TooMany as many:
            problems = {"code": too_many_words(many.wait)}
    return page(
        request, "people/way_in.html", status=422 if problems else 200, typed=typed, problems=problems, next=_next(request),
        kept=kept_in(request),
    )  # fmt: skip


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
    return "?" + urlencode({"next": path}) if path else ""
