"""What is mine across groups: my words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.actions import withdraw_post
from kith.conversation.queries import find_own_posts, get_own_post, list_changes, list_drafts, list_own_posts, list_taking
from kith.conversation.rows import OwnPost
from kith.core import clock
from kith.core.errors import NotFound
from kith.groups.actions import choose_again
from kith.groups.queries import get_past_group, list_own_groups, list_past_groups
from kith.groups.rows import OwnGroup
from kith.web.page import page
from kith.web.pages.narrowing import Narrowing, narrowing_of, open_narrowing, seal_narrowing
from kith.web.request import Request, reach
from kith.web.typed import number_of, text_of

_ALL = Narrowing("")


@dataclass(frozen=True, slots=True)
class Lot:
    """Some of what I wrote in one group, each with its day; `older` is where the next page begins, empty at the end."""

    group: OwnGroup
    rows: list[tuple[OwnPost, str]]
    older: str


def _lot(group: OwnGroup, found: tuple[list[OwnPost], int], base: str = "") -> Lot:
    rows, older = found
    base = base or reverse("words_in", args=[group.code, group.handle])
    today = clock.now().date()
    return Lot(group, [(row, clock.say_when(row.made_at, today)) for row in rows], f"{base}?before={older}" if older else "")


def _owns(request: Request) -> list[OwnGroup]:
    """List where I may have written: my groups, and those that are past."""
    return [*[own for own in list_own_groups(request.viewer) if not own.asking], *list_past_groups(request.viewer)]


def _chosen(owns: Iterable[OwnGroup], group: str) -> list[OwnGroup]:
    return [own for own in owns if group in ("", f"{own.code}/{own.handle}")]


@reach("person", "GET", "POST")
def words(request: Request) -> HttpResponse:
    """Show the newest that I wrote, group by group, also where I was before; and my drafts. What is sent narrows the list."""
    owns = _owns(request)
    if request.method == "POST":
        return _narrow(
            request,
            owns,
            narrowing_of(text_of(request, "find"), *(request.POST.get(name, "") for name in ("group", "kind", "state"))),
        )
    lots = [_lot(own, list_own_posts(own.persona)) for own in owns]
    drafts = list_drafts([(own.persona, "" if own.past else own.code) for own in owns])
    return page(
        request,
        "pages/words.html",
        lots=[lot for lot in lots if lot.rows or not lot.group.past],
        drafts=drafts,
        owns=owns,
        asked=_ALL,
        begun=request.GET.get("begun", ""),
        taking=_taking(owns),
    )


def _taking(owns: list[OwnGroup]) -> list[tuple[OwnGroup, int, str]]:
    """List where words of mine are still to be taken back: how many, and by which day."""
    found, now = list_taking([own.persona for own in owns]), clock.now()
    rows = ((own, found[own.persona]) for own in owns if own.persona in found)
    return [(own, row.left, clock.say_day(max(row.last_at, now).date(), now.date())) for own, row in rows]


def _narrow(request: Request, owns: list[OwnGroup], asked: Narrowing) -> HttpResponse:
    """Lead to what was asked for: a group by its own address, words by a sealed one."""
    chosen = _chosen(owns, asked.group)
    if asked.narrow:
        return HttpResponseRedirect(_address(request, asked if chosen else replace(asked, group="")))
    if asked.group and chosen:
        return HttpResponseRedirect(reverse("words_in", args=[chosen[0].code, chosen[0].handle]))
    return HttpResponseRedirect(reverse("words"))


def _address(request: Request, asked: Narrowing) -> str:
    return reverse("words_found", args=[seal_narrowing(request.viewer.person, asked, now=clock.now().timestamp())])


@reach("person")
def words_found(request: Request, token: str) -> HttpResponse:
    """Show those of my words in which what I looked for stands."""
    owns = _owns(request)
    try:
        asked = open_narrowing(request.viewer.person, token, now=clock.now().timestamp())
    except NotFound:
        return page(request, "pages/words_found.html", status=410, lots=[], owns=owns, asked=_ALL)
    chosen = _chosen(owns, asked.group)
    before = number_of(request, "before", source="GET") if asked.group else 0
    found = find_own_posts([own.persona for own in chosen], asked.sieve, before=before)
    lots = [
        _lot(own, found[own.persona], _address(request, replace(asked, group=f"{own.code}/{own.handle}")))
        for own in chosen
        if found[own.persona][0]
    ]
    return page(request, "pages/words_found.html", lots=lots, owns=owns, asked=asked)


@reach("person")
def words_in(request: Request, code: str, handle: str) -> HttpResponse:
    """Show what I wrote in one group, page by page."""
    owns, wanted = _owns(request), f"{code}/{handle}"
    group = next(iter(_chosen(owns, wanted)), None)
    if group is None:
        raise NotFound
    lot = _lot(group, list_own_posts(group.persona, before=number_of(request, "before", source="GET")))
    return page(request, "pages/words_in.html", lot=lot, owns=owns, asked=Narrowing("", wanted), taking=_taking([group]))


@reach("person", "GET", "POST")
def word(request: Request, code: str, handle: str, number: int) -> HttpResponse:
    """Show one post of mine from a group that is past, how it read before, and the way to take it back."""
    past = get_past_group(request.viewer, code, handle)
    if request.method == "POST":
        withdraw_post(past, number, at=clock.now())
        return HttpResponseRedirect(reverse("words"))
    today = clock.now().date()
    changes = [(row, clock.say_when(row.at, today, within=True)) for row in list_changes(past, number)]
    post = get_own_post(past, number)
    return page(request, "pages/word.html", group=past, post=post, when=clock.say_when(post.made_at, today), changes=changes)


@reach("person", "GET", "POST")
def words_there(request: Request, code: str, handle: str) -> HttpResponse:
    """Take back all that I wrote in a group that is past, or leave it there without a name."""
    past, choice = get_past_group(request.viewer, code, handle), request.POST.get("words", "")
    if request.method == "POST" and choice in ("nameless", "withdraw"):
        choose_again(request.viewer, code, handle, words=choice, at=clock.now())
        return HttpResponseRedirect(reverse("words"))
    status = 422 if request.method == "POST" else 200
    return page(request, "pages/words_there.html", status=status, group=past, problem=status == 422)
