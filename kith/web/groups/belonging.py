"""Coming in, being there, leaving."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.conversation.limits import TELL_A_DAY
from kith.core import clock
from kith.core.errors import Invalid, SignInFirst
from kith.groups import actions, queries
from kith.groups.names import free_names
from kith.groups.rows import FrontDoor, Place
from kith.web.groups.naming import NameElsewhere, check_elsewhere, name_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import is_on, look_over, text_of
from kith.web.words import kind_words, meets_words

_NAMES = 6


@reach("person", "GET", "POST", looks=True)
def join(request: Request, code: str) -> HttpResponse:
    """Choose a name for this group and come in, or ask to."""
    door = queries.get_front_door(request.viewer, code)
    if door.state != "stranger" or door.card.door == "invitation":
        return HttpResponseRedirect(reverse("place", args=[code]))
    if request.method != "POST":
        return _join(request, door, reverse("join", args=[code]))
    name, words = name_of(request), text_of(request, "words")
    try:
        look_over(request)
        _agreed(request)
        check_elsewhere(request, name, but=door.card.key)
        actions.join_group(code, by=request.viewer, name=name, words=words, at=clock.now())
    except Invalid as problem:
        return _join(request, door, reverse("join", args=[code]), problem=problem, name=name, words=words)
    return HttpResponseRedirect(reverse("place", args=[code]))


def _agreed(request: Request) -> None:
    if not is_on(request, "agree"):
        raise Invalid(agree=_("Please read what this group agrees, and tick the box."))


def _join(
    request: Request, door: FrontDoor, action: str, *, problem: Invalid | None = None, name: str = "", words: str = "",
    invited: bool = False,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "groups/join.html", status=422 if problem and problem.problems else 200, door=door, names=free_names(door.card.key, count=_NAMES),
        action=action, problems=problem.problems if problem else {}, again=isinstance(problem, NameElsewhere), name=name, words=words,
        invited=invited, agreed=is_on(request, "agree"), kinds=kind_words(), meets=meets_words(),
    )  # fmt: skip


@reach("anyone", "GET", "POST", looks=True)
def invitation(request: Request, invitation: str) -> HttpResponse:
    """Come in with an invitation."""
    door = queries.get_invited_door(request.viewer, invitation, today=clock.now().date())
    if request.viewer.is_guest:
        raise SignInFirst
    action = reverse("invitation", args=[invitation])
    if request.method != "POST":
        return _join(request, door, action, invited=True)
    name = name_of(request)
    try:
        look_over(request)
        _agreed(request)
        check_elsewhere(request, name, but=door.card.key)
        actions.use_invitation(invitation, by=request.viewer, name=name, at=clock.now())
    except Invalid as problem:
        return _join(request, door, action, problem=problem, name=name, invited=True)
    return HttpResponseRedirect(reverse("place", args=[door.card.code]))


@reach("member", "GET", "POST")
def leave(request: Request, code: str) -> HttpResponse:
    """Leave at once, with a choice about one's words."""
    place = queries.get_place(request.viewer, code)
    choice = request.POST.get("words", "")
    if queries.is_only_leader(place):
        return page(request, "groups/only_host.html", place=place)
    if request.method != "POST" or choice not in ("keep", "nameless", "withdraw"):
        status = 422 if request.method == "POST" else 200
        return page(request, "groups/leave.html", status=status, place=place, problem=status == 422)
    actions.leave_group(place, words=choice, at=clock.now())
    return HttpResponseRedirect(reverse("home"))


@reach("member", "GET", "POST", looks=True)
def me(request: Request, code: str) -> HttpResponse:
    """Change the name one goes by in this group."""
    place = queries.get_place(request.viewer, code)
    name, refused = request.POST.get("name", place.persona_name), None
    if request.method == "POST":
        try:
            look_over(request)
            check_elsewhere(request, name, but=place.key)
            actions.rename_persona(place, name=name)
            return HttpResponseRedirect(reverse("members", args=[code]))
        except Invalid as problem:
            refused = problem
    return page(
        request, "groups/persona.html", status=422 if refused and refused.problems else 200, place=place, name=name,
        problems=refused.problems if refused else {}, again=isinstance(refused, NameElsewhere),
        willing=queries.is_willing(place), a_day=TELL_A_DAY,
    )  # fmt: skip


@reach("member", "POST")
def mail(request: Request, code: str) -> HttpResponse:
    """Say whether a letter may tell me that a notice waits."""
    actions.set_mail(queries.get_place(request.viewer, code), wants=is_on(request, "wants"))
    return HttpResponseRedirect(reverse("notices"))


@reach("member", "POST")
def willing(request: Request, code: str) -> HttpResponse:
    """Say whether I am glad to be told when somebody here waits for an answer."""
    actions.set_willing(queries.get_place(request.viewer, code), wants=is_on(request, "wants"))
    return HttpResponseRedirect(reverse("persona", args=[code]) + "#told")


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
    return page(
        request, "groups/charter.html", place=place, door=door, charter=queries.get_charter(place, door.charter_number),
        charters=_versions(place), kinds=kind_words(), meets=meets_words(),
    )  # fmt: skip


def _versions(place: Place) -> list[tuple[int, str]]:
    today = clock.now().date()
    return [(number, clock.say_day(day, today)) for number, day in queries.list_charters(place)]


@reach("member")
def charter_version(request: Request, code: str, number: int) -> HttpResponse:
    """Show how the charter read in an earlier version."""
    place = queries.get_place(request.viewer, code)
    charter = queries.get_charter(place, number)
    return page(request, "groups/charter.html", place=place, door=None, charter=charter, charters=_versions(place))
