"""What hosts may do to a post."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect

from kith.conversation import actions, queries
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_desk_place
from kith.web.conversation.posts import done_there
from kith.web.folding import fold_hostable, folding_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import look_over


@reach("host", "GET", "POST", looks=True)
def fold(request: Request, code: str, number: int) -> HttpResponse:
    """Fold a post behind a host's note."""
    return _with_reason(request, code, number, "fold", actions.fold_post, "host-folded")


@reach("host", "GET", "POST", looks=True)
def giving_back(request: Request, code: str, number: int) -> HttpResponse:
    """Give a post back to its author with the reason and her text."""
    return _with_reason(request, code, number, "return", actions.return_post, "given-back")


def _with_reason(request: Request, code: str, number: int, act: str, action: Callable[..., object], done: str) -> HttpResponse:
    place = get_desk_place(request.viewer, code)
    post = queries.get_hostable(place, number)
    reason, problems = request.POST.get("reason", ""), {}
    if request.method == "POST":
        try:
            look_over(request)
            action(place, number, reason=reason, at=clock.now())
            return HttpResponseRedirect(done_there(code, post.topic, number, done))
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "conversation/hosting.html", status=422 if problems else 200, place=place, post=post, act=act, reason=reason,
        problems=problems, asked=fold_hostable(folding_of(request), post),
    )  # fmt: skip


@reach("host", "POST")
def opening(request: Request, code: str, number: int) -> HttpResponse:
    """Open a folded post again."""
    place = get_desk_place(request.viewer, code)
    post = actions.unfold_post(place, number, at=clock.now())
    return HttpResponseRedirect(done_there(code, post.topic.number, number, "host-opened"))
