"""Words typed by somebody who was signed out: carried through the door, then offered back where they belong."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from kith.conversation.actions import save_draft
from kith.core.errors import Invalid, NotFound
from kith.groups.queries import get_place
from kith.people.queries import find_signed_in
from kith.people.sealing import token_hash
from kith.web import errors
from kith.web.request import Request
from kith.web.viewing import viewer_of

_PREFIX = "kept_"


def kept_in(request: Request) -> errors.Typed:
    """Return what a form of the door carries for another form: names and values, in their order."""
    lists = ((name.removeprefix(_PREFIX), values) for name, values in request.POST.lists() if name.startswith(_PREFIX))
    return [(name, str(value)) for name, values in lists for value in values]


def become(request: Request, token: str) -> None:
    """Go on with this request as whoever has just been signed in."""
    request.site, request.signed_in = find_signed_in(token_hash(token))
    request.viewer = viewer_of(request.signed_in)


def go_on(request: Request, path: str, kept: errors.Typed) -> HttpResponse:
    """Lead on after signing in; words that came along wait there as a draft, or are shown on the way to their form."""
    if not kept:
        return HttpResponseRedirect(path)
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return errors.hand_back(request, "", kept)
    number = match.kwargs.get("number", 0)
    where = {"new_topic": "topic", "reply": f"reply:{number}", "edit": f"edit:{number}"}.get(match.url_name or "")
    if where is None:
        return errors.hand_back(request, path, kept)
    try:
        return HttpResponseRedirect(_keep(request, match.kwargs["code"], where, dict(kept)))
    except (NotFound, Invalid):
        return errors.hand_back(request, "", kept)


def _keep(request: Request, code: str, where: str, kept: dict[str, str]) -> str:
    """Put the words into a draft; return where it waits, with the post that they answer."""
    words, title, wish, note = (kept.get(name, "") for name in ("words", "title", "wish", "note"))
    note = note or kept.get("own_note", "")
    save_draft(get_place(request.viewer, code), where, words=words, title=title, wish=wish, note=note)
    kind, _colon, number = where.partition(":")
    if kind == "topic":
        return reverse("new_topic", args=[code])
    if kind == "edit":
        return reverse("edit", args=[code, int(number)])
    quote = kept.get("quote", "")
    asked = f"?quote={quote}" if quote.isascii() and quote.isdecimal() and len(quote) < 12 else ""
    return f"{reverse('topic', args=[code, int(number)])}{asked}#write"
