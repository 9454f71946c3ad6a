"""Telling the hosts, and what they decided."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import Invalid
from kith.core.text import excerpt
from kith.groups.queries import get_place, list_leaders
from kith.safety import actions, queries, reportable
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.typed import look_over
from kith.web.words import reason_words

_GIST = 400  # letters of a post that is about to be reported


@reach("member", "GET", "POST", looks=True)
def report(request: Request, code: str, number: int) -> HttpResponse:
    """Tell the hosts about a post: seven reasons that are the buttons."""
    place = get_place(request.viewer, code)
    found = reportable.find("post", place, number)
    hosts = list_leaders(place.key, but=0 if found.masked else found.author)  # who is missing would tell whose it is
    words, problems = request.POST.get("words", ""), {}
    if request.method == "POST":
        try:
            look_over(request)
            pace("report", place.persona)
            reason = request.POST.get("reason", "")
            actions.report(place, kind="post", number=number, reason=reason, words=words, at=clock.now())
            return page(request, "safety/reported.html", place=place, found=found, hosts=hosts)
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "safety/report.html", status=422 if problems else 200, place=place, found=found, number=number, words=words,
        problems=problems, reasons=reason_words(), hosts=hosts, gist=excerpt(found.words, _GIST),
    )  # fmt: skip


@reach("member")
def decision(request: Request, code: str, key: int) -> HttpResponse:
    """Show what a host decided about my post, why, and my words."""
    place = get_place(request.viewer, code)
    row = queries.get_decision(place, key)
    titles = {"fold": _("A host folded your post"), "return": _("A host gave your post back to you")}
    return page(
        request,
        "safety/decision.html",
        place=place,
        row=row,
        title=titles[row.kind],
        when=clock.say_day(row.made_on, clock.now().date()),
    )
