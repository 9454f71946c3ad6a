"""What hosts do to topics: pin, close, sort, move; and the tags of the group."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.conversation import actions, queries
from kith.conversation.limits import GROUP_TAGS
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_desk_place
from kith.web.folding import fold_hostable, folding_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import is_on, look_over, number_of, numbers_of

_ROOM = 3  # empty fields for new tags
_ACTS = {"pin": {"pinned": True}, "unpin": {"pinned": False}, "close": {"closed": True}, "open": {"closed": False}}
_DONE = {"pin": "pinned", "unpin": "unpinned", "close": "closed", "open": "opened", "sort": "tags"}


@reach("host", "POST")
def tend(request: Request, code: str, number: int) -> HttpResponse:
    """Pin a topic or let it go, close it or open it again, or give it tags."""
    place = get_desk_place(request.viewer, code)
    act = request.POST.get("act", "")
    if act == "sort":
        actions.sort_topic(place, number, numbers_of(request, "tag"), at=clock.now())
    elif act in _ACTS:
        actions.tend_topic(place, number, **_ACTS[act], at=clock.now())
    else:
        raise Invalid(act=_("Choose what to do with the topic. Nothing was changed."))
    return HttpResponseRedirect(reverse("topic", args=[code, number]) + f"?done={_DONE[act]}")


@reach("host", "GET", "POST", looks=True)
def move(request: Request, code: str, number: int) -> HttpResponse:
    """Move a post, or it and all that follow, to a topic of their own."""
    place = get_desk_place(request.viewer, code)
    post = queries.get_hostable(place, number)
    title, following = request.POST.get("title", ""), is_on(request, "following")
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            look_over(request)
            posted = actions.move_posts(place, number, title=title, following=following, at=clock.now())
            return HttpResponseRedirect(reverse("topic", args=[code, posted.topic]) + "?done=moved#done")
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "conversation/moving.html", status=422 if problems else 200, place=place, post=post, title=title,
        following=following or request.method != "POST", problems=problems, asked=fold_hostable(folding_of(request), post),
    )  # fmt: skip


@reach("host", "GET", "POST", looks=True)
def tags(request: Request, code: str) -> HttpResponse:
    """Name the words by which the group sorts its topics."""
    place = get_desk_place(request.viewer, code)
    rows = [(tag.number, tag.name) for tag in queries.list_tags(place)]
    problems: dict[str, str] = {}
    if request.method == "POST":
        rows = [(number_of(request, f"number{at}"), request.POST.get(f"name{at}", "")) for at in range(GROUP_TAGS)]
        try:
            look_over(request)
            actions.set_tags(place, rows, at=clock.now())
            return HttpResponseRedirect(reverse("tags", args=[code]) + "?done=tags")
        except Invalid as problem:
            problems = problem.problems
    rows = [row for row in rows if row[0] or row[1]]
    rows += [(0, "")] * min(_ROOM, GROUP_TAGS - len(rows))
    return page(request, "conversation/tags.html", status=422 if problems else 200, place=place, rows=rows, problems=problems)
