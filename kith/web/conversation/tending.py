"""What hosts do to topics: pin, close, sort, move; and the tags of the group."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

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


@reach("host", "POST")
def pin(request: Request, code: str, number: int) -> HttpResponse:
    """Pin a topic to the top of the list, or let it go."""
    pinned = request.POST.get("pin") != "off"
    actions.tend_topic(get_desk_place(request.viewer, code), number, pinned=pinned, at=clock.now())
    return _done(code, number, "pinned" if pinned else "unpinned")


@reach("host", "POST")
def closure(request: Request, code: str, number: int) -> HttpResponse:
    """Close a topic, or open it again."""
    closed = request.POST.get("closure") != "off"
    actions.tend_topic(get_desk_place(request.viewer, code), number, closed=closed, at=clock.now())
    return _done(code, number, "closed" if closed else "opened")


@reach("host", "POST")
def sorting(request: Request, code: str, number: int) -> HttpResponse:
    """Give a topic its tags."""
    actions.sort_topic(get_desk_place(request.viewer, code), number, numbers_of(request, "tag"), at=clock.now())
    return _done(code, number, "tags")


def _done(code: str, number: int, what: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("topic", args=[code, number]) + f"?done={what}")


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
