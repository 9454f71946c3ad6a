"""The hosts' desk: who asks to come in, who waits for an answer, what was reported."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.conversation.queries import list_lines, list_waiting, list_waits
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups import actions, queries
from kith.groups.limits import MIN_HOSTS
from kith.safety.actions import answer_report
from kith.safety.queries import list_reports
from kith.web.folding import fold_rows, folding_of
from kith.web.page import page
from kith.web.pages.place import waiting_long, waiting_words
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.typed import intent_of, is_on, new_intent, number_of
from kith.web.words import passed_words, reason_words, relay_words, wish_words


@reach("host")
def desk(request: Request, code: str) -> HttpResponse:
    """Show the desk, the longest wait first."""
    place, now = queries.get_desk_place(request.viewer, code), clock.now()
    waiting, lines = list_waiting(place), [line for line in list_lines(place) if line.waiting_since]
    waits, long = waiting_words([*waiting, *lines], now), waiting_long([*waiting, *lines], now, place)
    leaders = queries.list_leaders(place.key)
    waits_for_steward = not place.opened or place.kind == "unchecked"
    reports = [(row, clock.say_wait(row.made_at, now)) for row in list_reports(place)]
    asking = [(row, clock.say_day(row.day, now.date())) for row in queries.list_asking(place)]
    return page(
        request, "groups/desk.html", place=place, waiting=waiting, lines=lines, folded=fold_rows(folding_of(request), waiting), reports=reports, asking=asking, reasons=reason_words(),
        wishes=wish_words(), leaders=leaders, waits=waits, long=long, intent=new_intent(),
        opening=queries.get_opening(place) if waits_for_steward else None, alone=len(leaders) < MIN_HOSTS,
        own_check=queries.get_own_check(place),
    )  # fmt: skip


@reach("host")
def waiting(request: Request, code: str) -> HttpResponse:
    """Show who waits for an answer, the longest wait first, and how far each was passed on."""
    place, now = queries.get_desk_place(request.viewer, code), clock.now()
    rows, later = list_waits(place, after=number_of(request, "after", source="GET"))
    hours = queries.relay_hours(place)
    late = now - timedelta(hours=hours)
    shown = [(row, clock.say_wait(row.since, now), row.since <= late, passed_words(row, now.date())) for row in rows]
    return page(request, "groups/waiting.html", place=place, waiting=shown, later=later, when=relay_words()[hours])


@reach("host", "POST")
def answer(request: Request, code: str, handle: str) -> HttpResponse:
    """Let somebody in who asked, or say no."""
    place = queries.get_desk_place(request.viewer, code)
    act = {"yes": actions.welcome, "no": actions.decline}.get(request.POST.get("answer", ""))
    if act is None:
        raise Invalid(answer=_("Choose “Welcome in” or “Not this group”. Nobody was let in, and nobody was told no."))
    act(place, handle, at=clock.now())
    return HttpResponseRedirect(reverse("desk", args=[code]) + "#asking")


@reach("host", "POST")
def check(request: Request, code: str) -> HttpResponse:
    """Ask the people who run the site to check that this host is a professional."""
    actions.ask_check(queries.get_desk_place(request.viewer, code), at=clock.now())
    return HttpResponseRedirect(reverse("desk", args=[code]) + "#check")


@reach("host", "POST")
def report(request: Request, code: str, key: int) -> HttpResponse:
    """Close a report without touching the post."""
    place = queries.get_desk_place(request.viewer, code)
    answer_report(place, key, outcome="keep", at=clock.now())
    return HttpResponseRedirect(reverse("desk", args=[code]) + "#reports")


@reach("host", "GET", "POST")
def ending(request: Request, code: str) -> HttpResponse:
    """Close the group for good, after saying what that does."""
    place = queries.get_desk_place(request.viewer, code)
    sure = is_on(request, "sure")
    if request.method == "POST" and sure:
        actions.close_group(place, at=clock.now())
        return HttpResponseRedirect(reverse("words"))
    status = 422 if request.method == "POST" else 200
    others = [leader for leader in queries.list_leaders(place.key) if leader.handle != place.handle]
    return page(request, "groups/ending.html", status=status, place=place, others=others, problem=status == 422)


@reach("host", "POST")
def invitations(request: Request, code: str) -> HttpResponse:
    """Make an invitation and show it, this one time."""
    place = queries.get_desk_place(request.viewer, code)
    pace("invite", place.persona)
    made = actions.invite(place, role=request.POST.get("role", ""), at=clock.now(), intent=intent_of(request))
    address = request.build_absolute_uri(reverse("invitation", args=[made.code]))
    return page(request, "groups/invited.html", place=place, made=made, address=address, intent=new_intent())
