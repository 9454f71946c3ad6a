"""Search, in one group or in all of mine. What is looked for stands in no address: a form leads to a sealed token."""

from dataclasses import replace
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation import queries
from kith.conversation.rows import Sought
from kith.core import clock
from kith.core.errors import Invalid, Stale
from kith.groups.queries import get_reading_place
from kith.web import throttle
from kith.web.folding import fold_found, folding_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import sought_words


@reach("person", "GET", "POST")
def search(request: Request) -> HttpResponse:
    """Ask what to look for in all my groups."""
    return _ask(request, "")


@reach("person")
def searched(request: Request, token: str) -> HttpResponse:
    """Show what was found in all my groups."""
    return _show(request, "", token)


@reach("reader", "GET", "POST")
def search_in(request: Request, code: str) -> HttpResponse:
    """Ask what to look for in one group."""
    return _ask(request, code)


@reach("reader")
def searched_in(request: Request, code: str, token: str) -> HttpResponse:
    """Show what was found in one group."""
    return _show(request, code, token)


def _ask(request: Request, code: str) -> HttpResponse:
    if request.method != "POST":
        return _form(request, code, Sought())
    throttle.pace("search", request.viewer.person or throttle.network_of(request))
    sought = _typed(request)
    try:
        token = queries.seek(request.viewer, code, sought, at=clock.now())
    except Invalid as refused:
        return _form(request, code, sought, status=422, problems=refused.problems)
    return HttpResponseRedirect(_address(code, token))


def _typed(request: Request) -> Sought:
    post = request.POST
    return Sought(
        post.get("words", ""), post.get("author", ""), _day(post.get("since", "")), _day(post.get("until", "")),
        post.get("kind", ""), post.get("order") == "best",
    )  # fmt: skip


def _day(typed: str) -> date | None:
    """Read a day as a browser sends it; anything else is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _address(code: str, token: str) -> str:
    return reverse("searched_in", args=[code, token]) if code else reverse("searched", args=[token])


def _form(
    request: Request, code: str, sought: Sought, *, status: int = 200, problems: dict[str, str] | None = None, over: str = ""
) -> HttpResponse:
    place = get_reading_place(request.viewer, code) if code else None
    return page(
        request, "conversation/search.html", status=status, place=place, sought=_cut(sought), kinds=sought_words(),
        problems=problems or {}, over=over, found=None, whens={}, folded={}, more="",
    )  # fmt: skip


def _cut(sought: Sought) -> Sought:
    """Give back what was typed, but no more of it than anybody types."""
    return replace(sought, words=sought.words[:2000], author=sought.author[:200])


def _show(request: Request, code: str, token: str) -> HttpResponse:
    now = clock.now()
    try:
        place, found = queries.get_found(request.viewer, code, token, at=now)
    except Stale as stale:
        return _form(request, code, Sought(), status=410, over=str(stale))
    whens = {(row.code, row.number): clock.say_when(row.made_at, now.date()) for row in found.posts}
    return page(
        request, "conversation/search.html", place=place, sought=found.sought, kinds=sought_words(), problems={}, over="",
        found=found, whens=whens, folded=fold_found(folding_of(request), found.posts), more=_address(code, found.next) if found.next else "",
    )  # fmt: skip
