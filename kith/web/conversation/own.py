"""One post of my own: all that I can do with it, on one page."""

from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation import actions, queries
from kith.conversation.limits import KEEP_DAYS, MAX_LATER
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place
from kith.web.conversation.pointing import NOTHING, point_out, shown
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import look_over


def back_to(code: str, number: int, done: str = "") -> HttpResponse:
    """Lead back to what I can do with a post of mine; `done` is a code of components/done.html."""
    return HttpResponseRedirect(reverse("own_post", args=[code, number]) + (f"?done={done}" if done else ""))


@reach("member")
def mine(request: Request, code: str, number: int) -> HttpResponse:
    """Show one post of mine and what I can do with it; where I took it back, its words and the way to bring it back."""
    place, today = get_place(request.viewer, code), clock.now().date()
    post = queries.get_own_post(place, number)
    kept = queries.list_revisions(place, number)[:1] if post.gone_at else []
    until = clock.say_day((post.gone_at + timedelta(days=KEEP_DAYS)).date(), today) if post.gone_at else ""
    return page(
        request,
        "conversation/mine.html",
        place=place,
        post=post,
        when=clock.say_when(post.made_at, today),
        kept=kept,
        drawn=[queries.preview(place, part) for row in kept for part in (row.words, row.later) if part],
        until=until,
    )


@reach("member", "GET", "POST")
def withdrawal(request: Request, code: str, number: int) -> HttpResponse:
    """Take one's own post back, after saying what that does."""
    place = get_place(request.viewer, code)
    post = queries.get_own_post(place, number)
    if request.method != "POST" and post.state != "withdrawn":
        return page(request, "conversation/withdrawal.html", place=place, post=post, days=KEEP_DAYS)
    if request.method == "POST":
        actions.withdraw_post(place, number, unseen=request.POST.get("line") == "", at=clock.now())
    return back_to(code, number)


@reach("member", "POST")
def restoration(request: Request, code: str, number: int) -> HttpResponse:
    """Bring a post back that I took back."""
    actions.restore_post(get_place(request.viewer, code), number, at=clock.now())
    return back_to(code, number, "back")


@reach("member", "GET", "POST", looks=True)
def later(request: Request, code: str, number: int) -> HttpResponse:
    """Add to a post of mine how I see it now, change that, or take it away."""
    place = get_place(request.viewer, code)
    post = queries.get_own_post(place, number)
    if post.state == "withdrawn":
        return back_to(code, number)
    words, problems, pointed = post.later, dict[str, str](), NOTHING
    if request.method == "POST":
        words = "" if "away" in request.POST else request.POST.get("later", "")
        pointed = point_out(request, words, before=f"{post.words}\n{post.later}")
        try:
            look_over(request)
            if not pointed.things:
                noted = actions.note_later(place, number, words=words, at=clock.now())
                return back_to(code, number, "later" if noted.later else "later-gone")
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "conversation/later.html", status=422 if problems or pointed.things else 200, place=place, post=post, words=words,
        most=MAX_LATER, problems=problems, pointed=shown(request, pointed),
    )  # fmt: skip


@reach("member", "GET", "POST")
def shown_name(request: Request, code: str, number: int) -> HttpResponse:
    """Take my name off a post of mine at once, or put it back after saying what that does."""
    place = get_place(request.viewer, code)
    post = queries.get_own_post(place, number)
    if request.method != "POST":
        if not post.nameless or post.line or post.state in ("withdrawn", "returned"):
            return back_to(code, number)
        return page(request, "conversation/shown_name.html", place=place, post=post)
    nameless = request.POST.get("name") != "mine"
    actions.show_name(place, number, nameless=nameless, at=clock.now())
    return back_to(code, number, "nameless" if nameless else "named")


@reach("member", "POST")
def own_fold(request: Request, code: str, number: int) -> HttpResponse:
    """Fold a post of mine, or open it again."""
    folded = request.POST.get("fold") != "open"
    actions.fold_own(get_place(request.viewer, code), number, folded=folded, at=clock.now())
    return back_to(code, number, "folded" if folded else "unfolded")
