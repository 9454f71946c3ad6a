"""A group that waits for a steward: all that it says of itself, opening it, and saying no with a reason."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.actions import approve_group, decline_group
from kith.groups.queries import get_waiting_group
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import kind_words, meets_words


@reach("steward", "GET", "POST")
def group(request: Request, code: str) -> HttpResponse:
    """Show a group that waits; approve it."""
    if request.method != "POST":
        return _show(request, code)
    try:
        approve_group(code, by=request.viewer, checked=request.POST.getlist("checked"), at=clock.now())
    except Invalid as problem:
        return _show(request, code, problem)
    return HttpResponseRedirect(reverse("steward"))


@reach("steward", "POST")
def decline(request: Request, code: str) -> HttpResponse:
    """Say no for now, and why."""
    try:
        decline_group(code, by=request.viewer, why=request.POST.get("why", ""), at=clock.now())
    except Invalid as problem:
        return _show(request, code, problem)
    return HttpResponseRedirect(reverse("steward"))


def _show(request: Request, code: str, problem: Invalid | None = None) -> HttpResponse:
    waiting, door = get_waiting_group(request.viewer, code)
    return page(
        request, "steward/group.html", status=422 if problem else 200, waiting=waiting, door=door, kinds=kind_words(),
        meets=meets_words(), problems=problem.problems if problem else {}, why=request.POST.get("why", ""),
    )  # fmt: skip
