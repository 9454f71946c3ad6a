"""A second step of signing in: having one, showing it, taking it away."""

import json

import pyotp
import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import Invalid, Refused
from kith.people import actions, queries
from kith.web import throttle
from kith.web.page import page
from kith.web.people.door import enter, next_of, query_of, sign_in_again
from kith.web.people.known import is_known
from kith.web.people.stepping import as_json, ask_passkey, ask_step, host_of, open_half, seal_half
from kith.web.request import Request, reach
from kith.web.words import guessed_words, too_many_words


def _me(request: Request) -> int:
    return request.viewer.person or 0


@reach("person")
def factors(request: Request) -> HttpResponse:
    """Show which second steps I have."""
    return _factors(request)


def _factors(request: Request, *, problems: dict[str, str] | None = None) -> HttpResponse:
    today = clock.now().date()
    rows = [(row, clock.say_day(row.day, today)) for row in queries.list_factors(_me(request))]
    return page(
        request, "people/factors.html", status=422 if problems else 200, factors=rows, problems=problems or {}, onward=query_of(next_of(request)),
        codes=queries.get_account(_me(request)).codes_left,
    )  # fmt: skip


@reach("person", "GET", "POST")
def app(request: Request) -> HttpResponse:
    """Add an app that shows a number every half minute."""
    held, problems = open_half(request.POST.get("held", "")), dict[str, str]()
    secret = str(held.get("secret") or actions.new_secret())
    if request.method == "POST" and held.get("secret"):
        try:
            throttle.pace("step", _me(request))
            actions.add_app(
                _me(request), secret=secret, code=request.POST.get("code", "")[:20], phrase=request.POST.get("phrase", "")[:2000],
                name=request.POST.get("name", ""), at=clock.now(),
            )  # fmt: skip
            return _added(request)
        except Invalid as problem:
            problems = problem.problems
        except Refused as refused:
            problems = {"phrase": str(refused)}
        except throttle.TooMany as many:
            problems = {"code": too_many_words(many.wait)}
    elif request.method == "POST":
        problems = {"code": _("This page was open for more than five minutes. Scan the new picture, please.")}
    address = pyotp.TOTP(secret).provisioning_uri(name=request.site.name, issuer_name=request.site.name)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return page(
        request, "people/factor_app.html", status=422 if problems else 200, held=seal_half({"secret": secret}), picture=picture,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), problems=problems, name=request.POST.get("name", ""),
        next=next_of(request),
    )  # fmt: skip


@reach("person", "GET", "POST", opens=("publickey-credentials-create",))
def passkey(request: Request) -> HttpResponse:
    """Add a passkey."""
    site, host, problems = request.site.name, host_of(request), dict[str, str]()
    if request.method == "POST":
        try:
            actions.add_passkey(
                _me(request), state=open_half(request.POST.get("held", "")).get("passkey") or {}, answer=_answer(request), host=host,
                site=site, phrase=request.POST.get("phrase", "")[:2000], name=request.POST.get("name", ""), at=clock.now(),
            )  # fmt: skip
            return _added(request)
        except Invalid as problem:
            problems = problem.problems
        except Refused as refused:
            problems = {"phrase": str(refused)}
    options, state = actions.begin_passkey(_me(request), host=host, site=site)
    return page(
        request, "people/factor_passkey.html", status=422 if problems else 200, options=as_json(options),
        held=seal_half({"passkey": state}), problems=problems, name=request.POST.get("name", ""), next=next_of(request),
    )  # fmt: skip


def _added(request: Request) -> HttpResponse:
    """Go on with a session that has the step in it, and a new name; every other device has to show it too."""
    own = bool(request.signed_in and request.signed_in.own_device)
    response = enter(request, _me(request), own=own, strong=True)
    if not next_of(request):
        response.headers["Location"] = reverse("factors") + "?done=step"
    return response


def _answer(request: Request) -> dict[str, object]:
    try:
        answer = json.loads(request.POST.get("answer", "")[:20_000])
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


@reach("person", "POST")
def drop(request: Request, key: int) -> HttpResponse:
    """Take one away."""
    try:
        actions.drop_factor(_me(request), key, phrase=request.POST.get("phrase", "")[:2000], at=clock.now())
    except Refused as refused:
        return _factors(request, problems={f"phrase_{key}": str(refused)})
    return HttpResponseRedirect(reverse("factors") + "?done=step-gone")


@reach("anyone", "GET", "POST", looks=True, opens=("publickey-credentials-get",))
def step(request: Request) -> HttpResponse:
    """Show the second step: on the way in, or later where something asks for it."""
    held = open_half(request.POST.get("half", ""))
    person, own = held.get("person") or _me(request), bool(held.get("own"))
    if not person:
        return sign_in_again(
            request, _("This took more than five minutes. Please sign in once more.") if "half" in request.POST else ""
        )
    if not held and request.signed_in:
        own = request.signed_in.own_device
    kinds, problem = queries.kinds_of(person), ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            throttle.pace("step", person)
            _check(request, person)
            return enter(request, person, own=own, strong=True)
        except Refused as refused:
            problem = str(refused)
        except throttle.TooMany as many:
            problem = too_many_words(many.wait)
        except actions.Guessed as guessed:
            problem = guessed_words(guessed.wait)
    return ask_step(request, person, kinds, own=own, problem=problem)


def _check(request: Request, person: int) -> None:
    if request.POST.get("answer"):
        state = open_half(request.POST.get("held", "")).get("passkey") or {}
        actions.check_passkey(person, state=state, answer=_answer(request), host=host_of(request), site=request.site.name)
    else:
        code = request.POST.get("code", "")[:100]
        actions.check_step(person, code, known=is_known(request, person), at=clock.now())


@reach("anyone", "GET", "POST", opens=("publickey-credentials-get",))
def by_passkey(request: Request) -> HttpResponse:
    """Sign in with a passkey alone: it has asked for a finger, a face or a PIN, so it is two steps in one."""
    problem = ""
    if request.method == "POST":
        try:
            throttle.pace("sign_in", throttle.network_of(request))
            state = open_half(request.POST.get("held", "")).get("passkey") or {}
            person = actions.check_passkey(
                None, state=state, answer=_answer(request), host=host_of(request), site=request.site.name
            )
            return enter(request, person, own=request.POST.get("device") == "own", strong=True)
        except Refused:
            problem = _("That passkey is not one of this site’s, or it took too long. Please try once more.")
        except throttle.TooMany as many:
            problem = too_many_words(many.wait)
    return page(
        request, "people/by_passkey.html", status=422 if problem else 200, problem=problem, passkey=ask_passkey(request, None),
        next=next_of(request), onward=query_of(next_of(request)),
    )  # fmt: skip
