"""Signing up, in and out."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kith.core import clock
from kith.core.errors import Invalid, Refused
from kith.people import actions, queries
from kith.people.rows import NewAccount
from kith.people.rules import plain_name
from kith.web import cookies, throttle
from kith.web.page import page
from kith.web.people.carrying import become, go_on, kept_in
from kith.web.people.codes import drop_codes, keep_codes, read_codes
from kith.web.people.known import is_known, make_known
from kith.web.people.stepping import ask_step
from kith.web.request import Request, reach
from kith.web.typed import is_on
from kith.web.words import guessed_words, too_many_words

FROM_HERE = 10  # guesses at one name in a quarter of an hour from one network


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
        next=next_of(request), kept=kept_in(request),
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
    response: HttpResponse = HttpResponseRedirect(reverse("codes") + query_of(next_of(request)))
    if kept := kept_in(request):  # they would be lost on the way to another page
        become(request, token)
        onward = next_of(request) or reverse("home")
        response = page(request, "people/codes.html", name=account.sign_in_name, codes=account.codes, next=onward, kept=kept)
    cookies.write(response, token, own_device=False)
    keep_codes(response, account)
    return response


@reach("person", "GET", "POST")
def codes(request: Request) -> HttpResponse:
    """Show ten fresh codes, to be printed; after "carry on" they cannot be seen again."""
    onward = next_of(request) or reverse("home")
    if request.method == "POST":
        response = go_on(request, onward, kept_in(request))
        if "later" not in request.POST:
            drop_codes(response)
        return response
    held = read_codes(request)
    if held is None:
        return HttpResponseRedirect(onward)
    return page(request, "people/codes.html", name=held[0], codes=held[1], next=onward, kept=[])


@reach("anyone", "GET", "POST", looks=True, opens=("publickey-credentials-get",))
def sign_in(request: Request) -> HttpResponse:
    """Sign in with name and pass-phrase; words of a refused form are carried through."""
    name, problem = request.POST.get("name", ""), ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            _slow_down(request, "sign_in", name)
            phrase, at = request.POST.get("phrase", "")[:2000], clock.now()
            person = actions.check_sign_in(name=name, phrase=phrase, known=lambda each: is_known(request, each), at=at)
            throttle.forgive("sign_in_name_here", _here(request, name))
            return enter(request, person, own=request.POST.get("device") == "own")
        except Refused as refused:
            problem = str(refused)
        except throttle.TooMany as many:
            problem = too_many_words(many.wait)
        except actions.Guessed as guessed:
            problem = guessed_words(guessed.wait)
    return sign_in_again(request, problem, name=name)


def sign_in_again(request: Request, problem: str, *, name: str = "") -> HttpResponse:
    """Show the form; words that came along go on with it."""
    return page(
        request, "people/sign_in.html", status=422 if problem else 200, name=name, problem=problem, next=next_of(request),
        kept=kept_in(request),
    )  # fmt: skip


def _slow_down(request: Request, kind: str, name: str) -> None:
    """Slow guessing down by network and name, in memory; what fails at a name from anywhere is counted by `people.actions.guessing`."""
    throttle.pace(kind, throttle.network_of(request))
    throttle.allow(f"{kind}_name_here", _here(request, name), most=FROM_HERE, seconds=throttle.QUARTER)


def _here(request: Request, name: str) -> str:
    return f"{throttle.network_of(request)} {plain_name(name)[:80]}"


def enter(request: Request, person: int, *, own: bool, strong: bool = False) -> HttpResponse:
    """Sign a device in and lead on; whoever has a second step is asked for it first, and no session is opened before."""
    if not strong and (kinds := queries.kinds_of(person)):
        return ask_step(request, person, kinds, own=own)
    token = actions.open_session(
        person,
        device=device_of(request),
        own_device=own,
        strong=strong,
        strange=not is_known(request, person) and request.viewer.person != person,
        at=clock.now(),
    )
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    become(request, token)
    response = go_on(request, next_of(request) or reverse("home"), kept_in(request))
    cookies.write(response, token, own)
    drop_codes(response)
    if own:
        make_known(response, person)
    return response


@reach("anyone", "POST")
def sign_out(request: Request) -> HttpResponse:
    """Sign this device out."""
    if request.signed_in:
        actions.end_session(request.signed_in.token)
    response = HttpResponseRedirect(reverse("home"))
    cookies.clear(response)
    return response


@reach("anyone", "GET", "POST", looks=True, opens=("publickey-credentials-get",))
def way_in(request: Request) -> HttpResponse:
    """Set a new pass-phrase with a printed code."""
    typed, problems = {name: request.POST.get(name, "") for name in ("name", "code")}, {}
    if request.method == "POST" and "look" not in request.POST:
        try:
            _slow_down(request, "way_in", typed["name"])
            phrase = request.POST.get("phrase", "")
            person = actions.use_code(
                name=typed["name"], code=typed["code"][:100], phrase=phrase, undo=is_on(request, "undo"), at=clock.now()
            )
            return enter(request, person, own=request.POST.get("device") == "own")
        except Invalid as problem:
            problems = problem.problems
        except Refused as refused:
            problems = {"code": str(refused)}
        except throttle.TooMany as many:
            problems = {"code": too_many_words(many.wait)}
        except actions.Guessed as guessed:
            problems = {"code": guessed_words(guessed.wait)}
    return page(
        request, "people/way_in.html", status=422 if problems else 200, typed=typed, problems=problems, next=next_of(request),
        kept=kept_in(request),
    )  # fmt: skip


def device_of(request: Request) -> str:
    """Say what kind of device this is, as coarsely as helps its owner; nothing else of the header is kept."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or "Tablet" in agent:
        return "tablet"
    return "phone" if "Mobi" in agent or "Android" in agent else "computer"


def next_of(request: Request) -> str:
    """Return where to go on afterwards, if it is a path of this site."""
    path = request.POST.get("next") or request.GET.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and len(path) < 2000 else ""


def query_of(path: str) -> str:
    """Write that path behind another one."""
    return "?" + urlencode({"next": path}) if path else ""
