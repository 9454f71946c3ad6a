"""Drafts, saved while somebody writes."""

from functools import partial

from django.http import HttpResponse, HttpResponseRedirect

from kith.conversation import actions, queries
from kith.conversation.rows import DraftRow
from kith.core.errors import NotFound
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.tabs import answer_while_typing, keep_both
from kith.web.typed import is_on, number_of


def keep(place: Place, typed: DraftRow) -> bool:
    """Keep what was typed; if another page has kept newer words meanwhile, both, one after the other. Say if there was anything."""

    def save(words: str, base: int) -> DraftRow:
        more = {"title": typed.title, "wish": typed.wish, "note": typed.note}
        return actions.save_draft(place, typed.place, words=words, nameless=typed.nameless, base=base, **more)

    def newest() -> tuple[str, int]:
        newer = queries.get_draft(place, typed.place)
        return newer.words, newer.version

    return keep_both(save, typed.words, typed.version, newest=newest).version > 0


def throw_away(request: Request, place: Place, typed: DraftRow, *, back: str, after: str) -> HttpResponse:
    """
    Throw a draft away with its pictures, and lead on to `after`; but ask first. `back` is where she can go on with it.

    Until she is sure it is kept as it was typed, so that a wrong press takes nothing.
    """
    if request.POST["bin"] != "sure":
        keep(place, typed)
        kept, pictures = queries.get_draft(place, typed.place), len(queries.list_pictures(place, typed.place))
        if kept.gist or pictures:
            return page(request, "conversation/draft_gone.html", place=place, draft=kept, pictures=pictures, back=back)
    actions.drop_draft(place, typed.place)
    actions.drop_unposted(place.persona, where=typed.place)
    return HttpResponseRedirect(after)


@reach("member", "POST")
def draft(request: Request, code: str, where: str) -> HttpResponse:
    """Keep what is being written; answer with its version, 409 where another tab has newer words."""
    place = get_place(request.viewer, code)
    kind, _colon, number = where.partition(":")
    if (kind, bool(number)) not in (("topic", False), ("line", False), ("reply", True), ("edit", True)) or (
        number and not number.isdecimal()
    ):
        raise NotFound
    if len(where) > 24:
        raise NotFound
    words, title, wish, note = (request.POST.get(name, "") for name in ("words", "title", "wish", "note"))
    save = partial(
        actions.save_draft, place, where, words=words, title=title, wish=wish, note=note, nameless=is_on(request, "nameless"),
        base=number_of(request, "base"),
    )  # fmt: skip
    return answer_while_typing(lambda: save().version, version=lambda: queries.get_draft(place, where).version)
