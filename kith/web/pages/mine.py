"""What is mine across groups: my words."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.actions import withdraw_post
from kith.conversation.queries import get_own_post, list_drafts, list_own_posts, list_revisions
from kith.conversation.rows import OwnPost
from kith.core import clock
from kith.groups.actions import choose_again
from kith.groups.queries import get_own_group, get_past_group, list_own_groups, list_past_groups
from kith.groups.rows import OwnGroup
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import number_of


@dataclass(frozen=True, slots=True)
class Lot:
    """Some of what I wrote in one group, each with its day; `older` is where the next page begins."""

    group: OwnGroup
    rows: list[tuple[OwnPost, str]]
    older: int


def _lot(group: OwnGroup, *, before: int = 0) -> Lot:
    rows, older = list_own_posts(group.persona, before=before)
    today = clock.now().date()
    return Lot(group, [(row, clock.say_when(row.made_at, today)) for row in rows], older)


@reach("person")
def words(request: Request) -> HttpResponse:
    """Show the newest that I wrote, group by group, also where I was before; and my drafts."""
    groups = [group for group in list_own_groups(request.viewer) if not group.asking]
    past = list_past_groups(request.viewer)
    lots = [*map(_lot, groups), *[lot for lot in map(_lot, past) if lot.rows]]
    drafts = list_drafts([*[(group.persona, group.code) for group in groups], *[(group.persona, "") for group in past]])
    return page(request, "pages/words.html", lots=lots, drafts=drafts)


@reach("person")
def words_in(request: Request, code: str, handle: str) -> HttpResponse:
    """Show what I wrote in one group, page by page."""
    group = get_own_group(request.viewer, code, handle)
    lot = _lot(group, before=number_of(request, "before", source="GET"))
    return page(request, "pages/words_in.html", lot=lot)


@reach("person", "GET", "POST")
def word(request: Request, code: str, handle: str, number: int) -> HttpResponse:
    """Show one post of mine from a group that is past, how it read before, and the way to take it back."""
    past = get_past_group(request.viewer, code, handle)
    if request.method == "POST":
        withdraw_post(past, number, at=clock.now())
        return HttpResponseRedirect(reverse("words"))
    today = clock.now().date()
    revisions = [(row, clock.say_when(row.until, today)) for row in list_revisions(past, number)]
    post = get_own_post(past, number)
    return page(request, "pages/word.html", group=past, post=post, when=clock.say_when(post.made_at, today), revisions=revisions)


@reach("person", "GET", "POST")
def words_there(request: Request, code: str, handle: str) -> HttpResponse:
    """Take back all that I wrote in a group that is past, or leave it there without a name."""
    past, choice = get_past_group(request.viewer, code, handle), request.POST.get("words", "")
    if request.method == "POST" and choice in ("nameless", "withdraw"):
        choose_again(request.viewer, code, handle, words=choice, at=clock.now())
        return HttpResponseRedirect(reverse("words"))
    status = 422 if request.method == "POST" else 200
    return page(request, "pages/words_there.html", status=status, group=past, problem=status == 422)
