"""Beginning a group, and changing what it says of itself: one form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.concerns.queries import list_concerns
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups import actions, limits, queries
from kith.groups.names import free_names
from kith.groups.plans import Plan
from kith.web.groups.naming import NameElsewhere, check_elsewhere, name_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import intent_of, look_over, new_intent, number_of
from kith.web.words import concern_kind_words, kind_words, meets_words, relay_words, tint_words

_AGREEMENTS, _MORE = 5, 2  # how many to begin with; how many empty ones below those that are written


def _starters() -> tuple[tuple[str, str], ...]:
    return (
        (_("What is said here stays here."), _("Do not repeat it, even kindly.")),
        (_("Speak from your own life."), _("Say what you tried, not what others should do.")),
        (_("Look at what would help."), _("The person who starts a topic can say what she hopes for.")),
    )


@reach("person", "GET", "POST", looks=True)
def begin(request: Request) -> HttpResponse:
    """Begin a group with its charter and agreements; it opens when its second host has accepted."""
    if request.method != "POST":
        return _form(request, "groups/begin.html", Plan("", "", "", "", _starters()), own="", names=free_names(0))
    plan, own, intent = _typed(request), name_of(request, "persona"), intent_of(request)
    if begun := queries.find_begun(request.viewer, intent):
        return HttpResponseRedirect(reverse("place", args=[begun]))
    try:
        look_over(request)
        check_elsewhere(request, own, field="persona")
        persona = actions.begin_group(plan, by=request.viewer, persona_name=own, at=clock.now(), intent=intent)
        return HttpResponseRedirect(reverse("place", args=[persona.group.code]))
    except Invalid as problem:
        return _form(request, "groups/begin.html", plan, problem, own=own, names=free_names(0))


@reach("host", "GET", "POST", looks=True)
def change(request: Request, code: str) -> HttpResponse:
    """Change what the group says of itself, its charter and its agreements."""
    place = queries.get_desk_place(request.viewer, code)
    door = queries.get_front_door(request.viewer, code)
    if request.method != "POST":
        return _form(request, "groups/change.html", queries.get_plan(place), place=place, base=door.charter_number)
    plan = _typed(request)
    try:
        look_over(request)
        actions.change_group(place, plan, base=number_of(request, "base"), at=clock.now())
        return HttpResponseRedirect(reverse("charter", args=[code]))
    except Invalid as problem:
        return _form(request, "groups/change.html", plan, problem, place=place, base=door.charter_number)


def _form(request: Request, template: str, plan: Plan, problem: Invalid | None = None, **more: object) -> HttpResponse:
    rows = list(plan.agreements)
    rows += [("", "")] * (min(max(_AGREEMENTS, len(rows) + _MORE), limits.MAX_AGREEMENTS) - len(rows))
    return page(
        request, template, status=422 if problem and problem.problems else 200, plan=plan, problems=problem.problems if problem else {},
        again=isinstance(problem, NameElsewhere), agreements=rows, concerns=list_concerns(),
        concern_kinds=concern_kind_words(), most_concerns=limits.MAX_CONCERNS, most_agreements=limits.MAX_AGREEMENTS,
        kinds=kind_words(), meets=meets_words(), tints=tint_words(), relays=relay_words(), intent=new_intent(), **more,
    )  # fmt: skip


def _typed(request: Request) -> Plan:
    post = request.POST
    return Plan(
        name=post.get("name", ""), line=post.get("line", ""), for_whom=post.get("for_whom", ""),
        not_for=post.get("not_for", ""), charter=post.get("charter", ""),
        agreements=tuple(zip(post.getlist("agreement_title"), post.getlist("agreement_text"), strict=False)),
        kind=post.get("kind", ""), span=post.get("span", ""), door=post.get("door", ""), readable="readable" in post,
        meets=tuple(post.getlist("meets")), place=post.get("place", ""), tint=post.get("tint", ""),
        concerns=tuple(slug for slug in post.getlist("concerns") if slug),
        relay_hours=number_of(request, "relay_hours"),
    )  # fmt: skip
