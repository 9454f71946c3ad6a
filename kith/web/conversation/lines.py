"""A line to the hosts: what a member says to those who lead her group, and to nobody else."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from kith.conversation import actions, queries
from kith.conversation.rows import DraftRow
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place, list_leaders
from kith.groups.rows import Place
from kith.web.conversation.drafts import keep, throw_away
from kith.web.conversation.pointing import NOTHING, Pointed, point_out, shown
from kith.web.page import page
from kith.web.pages.place import waiting_words
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.typed import intent_of, new_intent, number_of


@reach("member", "GET", "POST")
def line(request: Request, code: str) -> HttpResponse:
    """Show my lines to the hosts, for a host those of all members; begin one, or ask a host to write."""
    place = get_place(request.viewer, code)
    if request.method != "POST":
        return _show(request, place, queries.get_draft(place, "line"))
    draft = DraftRow("line", "", request.POST.get("words", ""), "", "", number_of(request, "base"))
    deed = next((deed for button, deed in _DEEDS.items() if button in request.POST), _send)
    return deed(request, place, draft)


@reach("member", "POST")
def asking(request: Request, code: str) -> HttpResponse:
    """Ask a host to write to me, without a word."""
    return _send(request, get_place(request.viewer, code), DraftRow("line", "", "", "", "", 0))


def _send(request: Request, place: Place, draft: DraftRow) -> HttpResponse:
    if (pointed := point_out(request, draft.words)).things:
        return _show(request, place, draft, pointed=pointed)
    pace("post", place.persona)
    try:
        posted = actions.start_line(place, words=draft.words, at=clock.now(), intent=intent_of(request))
    except Invalid as problem:
        return _show(request, place, draft, problem, pointed=pointed)
    return HttpResponseRedirect(reverse("topic", args=[place.code, posted.topic]) + "?done=sent")


def _throw_away(request: Request, place: Place, draft: DraftRow) -> HttpResponse:
    return throw_away(request, place, draft, back=request.path, after=request.path)


def _keep(request: Request, place: Place, draft: DraftRow) -> HttpResponse:
    return HttpResponseRedirect(reverse("line", args=[place.code]) + ("?done=kept" if keep(place, draft) else ""))


def _look_over(request: Request, place: Place, draft: DraftRow) -> HttpResponse:
    return _show(request, place, draft, preview=queries.preview(place, draft.words))


# What a form of words can do beside being sent: all of it needs what was typed, so it is one address.
_DEEDS = {"bin": _throw_away, "keep": _keep, "preview": _look_over}


def _show(
    request: Request,
    place: Place,
    draft: DraftRow,
    problem: Invalid | None = None,
    preview: Markup | str = "",
    pointed: Pointed = NOTHING,
) -> HttpResponse:
    lines, now = queries.list_lines(place), clock.now()
    waits = waiting_words(lines, now)
    return page(
        request, "conversation/line.html", status=422 if problem or pointed.things else 200, pointed=shown(request, pointed), place=place, lines=lines, draft=draft, waits=waits,
        whens={row.number: clock.say_when(row.last_at, now.date(), within=True) for row in lines}, leaders=list_leaders(place.key),
        problems=problem.problems if problem else {}, intent=new_intent(), preview=preview,
    )  # fmt: skip
