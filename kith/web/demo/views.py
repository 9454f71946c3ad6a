"""One press signs you in as one of the demo's people."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core import clock
from kith.core.errors import NotFound
from kith.people import actions
from kith.web import cookies
from kith.web.page import page
from kith.web.people.door import device_of
from kith.web.request import Request, reach

PEOPLE = ("newcomer", "member", "host", "facilitator", "steward")


@reach("demo")
def people(request: Request) -> HttpResponse:
    """Show the demo's people."""
    return page(request, "demo/people.html", people=PEOPLE)


@reach("demo", "POST")
def sign_in(request: Request) -> HttpResponse:
    """Sign in as one of them."""
    who = request.POST.get("who", "")
    person = actions.find_person(f"{who} 2026") if who in PEOPLE else None
    if person is None:
        raise NotFound
    token = actions.open_session(person, device=device_of(request), own_device=False, at=clock.now())
    response = HttpResponseRedirect(reverse("home"))
    cookies.write(response, token, own_device=False)
    return response
