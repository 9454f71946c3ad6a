"""The first start: the code that `kith serve` printed makes the first steward."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core import clock
from kith.core.actions import use_first_code
from kith.core.errors import Invalid, NotFound
from kith.people import actions
from kith.web import cookies, throttle
from kith.web.page import page
from kith.web.people.codes import keep_codes
from kith.web.people.door import device_of
from kith.web.request import Request, reach
from kith.web.typed import is_on
from kith.web.words import too_many_words


@reach("first_start", "GET", "POST", looks=True)
def first(request: Request) -> HttpResponse:
    """Make the first steward's account, once."""
    if request.site.set_up:
        raise NotFound
    typed, problems = {name: request.POST.get(name, "") for name in ("code", "name", "email")}, {}
    if request.method == "POST" and "look" not in request.POST:
        try:
            throttle.pace("first", "all")
            return _begin(request)
        except Invalid as problem:
            problems = problem.problems
        except throttle.TooMany as many:
            problems = {"code": too_many_words(many.wait)}
    ticked = {name for name in ("adult", "health_consent") if is_on(request, name)}
    return page(request, "steward/first.html", status=422 if problems else 200, typed=typed, ticked=ticked, problems=problems)


def _begin(request: Request) -> HttpResponse:
    from django.db import transaction

    now, post = clock.now(), request.POST
    with transaction.atomic():
        use_first_code(post.get("code", ""), at=now)
        account = actions.sign_up(
            name=post.get("name", ""), phrase=post.get("phrase", ""), email=post.get("email", "").strip(),
            adult=is_on(request, "adult"), health_consent=is_on(request, "health_consent"), at=now,
        )  # fmt: skip
        actions.make_steward(account.person, at=now)
    response = HttpResponseRedirect(reverse("codes") + "?next=" + reverse("steward_site"))
    token = actions.open_session(account.person, device=device_of(request), own_device=False, strong=True, at=now)
    cookies.write(response, token, own_device=False)
    keep_codes(response, account)
    return response
