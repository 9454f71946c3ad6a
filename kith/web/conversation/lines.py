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
    if "bin" in request.POST:
        return throw_away(request, place, draft, back=request.path, after=request.path)
    if "keep" in request.POST:
        return HttpResponseRedirect(reverse("line", args=[code]) + ("?done=kept" if keep(place, draft) else ""))
    if "preview" in request.POST:
        return _show(request, place, draft, preview=queries.preview(place, draft.words))
    pointed = NOTHING if "ask" in request.POST else point_out(request, draft.words)
    if pointed.things:
        return _show(request, place, draft, pointed=pointed)
    pace("post", place.persona)
    try:
        words = "" if "ask" in request.POST else draft.words
        posted = actions.start_line(place, words=words, at=clock.now(), intent=intent_of(request))
    except Invalid as problem:
        return _show(request, place, draft, problem, pointed=pointed)
    return HttpResponseRedirect(reverse("topic", args=[code, posted.topic]) + "?done=sent")


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
