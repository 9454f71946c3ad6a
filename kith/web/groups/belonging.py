"""Coming in, being there, leaving."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core import clock
from kith.core.errors import Invalid, SignInFirst
from kith.groups import actions, queries
from kith.groups.names import free_names
from kith.groups.rows import FrontDoor
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import is_on, text_of
from kith.web.words import kind_words, meets_words

_NAMES = 6


@reach("person", "GET", "POST")
def join(request: Request, code: str) -> HttpResponse:
    """Choose a name for this group and come in, or ask to."""
    door = queries.get_front_door(request.viewer, code)
    if door.state != "stranger" or door.card.door == "invitation":
        return HttpResponseRedirect(reverse("place", args=[code]))
    if request.method != "POST":
        return _join(request, door, reverse("join", args=[code]))
    name = request.POST.get("own", "").strip() or request.POST.get("name", "")
    words = text_of(request, "words")
    try:
        _agreed(request)
        actions.join_group(code, by=request.viewer, name=name, words=words, at=clock.now())
    except Invalid as problem:
        return _join(request, door, reverse("join", args=[code]), problems=problem.problems, name=name, words=words)
    return HttpResponseRedirect(reverse("place", args=[code]))


def _agreed(request: Request) -> None:
    if not is_on(request, "agree"):
        raise Invalid(agree="Please read what this group agrees, and tick the box.")


def _join(
    request: Request, door: FrontDoor, action: str, *, problems: dict[str, str] | None = None, name: str = "", words: str = "",
    invited: bool = False,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "groups/join.html", status=422 if problems else 200, door=door, names=free_names(door.card.key, count=_NAMES),
        action=action, problems=problems or {}, name=name, words=words, invited=invited, kinds=kind_words(), meets=meets_words(),
    )  # fmt: skip


@reach("anyone", "GET", "POST")
def invitation(request: Request, invitation: str) -> HttpResponse:
    """Come in with an invitation."""
    door = queries.get_invited_door(request.viewer, invitation)
    if request.viewer.is_guest:
        raise SignInFirst
    action = reverse("invitation", args=[invitation])
    if request.method != "POST":
        return _join(request, door, action, invited=True)
    name = request.POST.get("own", "").strip() or request.POST.get("name", "")
    try:
        _agreed(request)
        actions.use_invitation(invitation, by=request.viewer, name=name, at=clock.now())
    except Invalid as problem:
        return _join(request, door, action, problems=problem.problems, name=name, invited=True)
    return HttpResponseRedirect(reverse("place", args=[door.card.code]))


@reach("member", "GET", "POST")
def leave(request: Request, code: str) -> HttpResponse:
    """Leave at once, with a choice about one's words."""
    place = queries.get_place(request.viewer, code)
    choice = request.POST.get("words", "")
    if request.method != "POST" or choice not in ("keep", "nameless", "withdraw"):
        status = 422 if request.method == "POST" else 200
        return page(request, "groups/leave.html", status=status, place=place, problem=status == 422)
    actions.leave_group(place, words=choice, at=clock.now())
    return HttpResponseRedirect(reverse("home"))


@reach("member", "GET", "POST")
def me(request: Request, code: str) -> HttpResponse:
    """Change the name one goes by in this group."""
    place = queries.get_place(request.viewer, code)
    name, problems = request.POST.get("name", place.persona_name), {}
    if request.method == "POST":
        try:
            actions.rename_persona(place, name=name)
            return HttpResponseRedirect(reverse("members", args=[code]))
        except Invalid as problem:
            problems = problem.problems
    return page(request, "groups/persona.html", status=422 if problems else 200, place=place, name=name, problems=problems)


@reach("member", "POST")
def mail(request: Request, code: str) -> HttpResponse:
    """Say whether a letter may tell me that a notice waits."""
    actions.set_mail(queries.get_place(request.viewer, code), wants=is_on(request, "wants"))
    return HttpResponseRedirect(reverse("notices"))


@reach("member")
def members(request: Request, code: str) -> HttpResponse:
    """Show who belongs to this group."""
    place = queries.get_place(request.viewer, code)
    return page(request, "groups/members.html", place=place, members=queries.list_members(request.viewer, code))


@reach("member")
def charter(request: Request, code: str) -> HttpResponse:
    """Show what this group is for and what its members agree."""
    place = queries.get_place(request.viewer, code)
    door = queries.get_front_door(request.viewer, code)
    return page(request, "groups/charter.html", place=place, door=door, kinds=kind_words(), meets=meets_words())
