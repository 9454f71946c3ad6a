"""Before something is posted: what in it could give somebody away is named, once; she decides, and nothing of it is kept or counted."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from kith.conversation.identifying import Spot, find_identifying
from kith.conversation.limits import MAX_WORDS
from kith.core.words import per_language
from kith.people.queries import own_filters, own_handle
from kith.web.request import Request

_SHOWN = 12
_MOST = 60  # findings of one form that are remembered as seen


@dataclass(frozen=True, slots=True)
class Pointed:
    """What was found that she has not confirmed yet, and the marks of what she has been shown."""

    things: tuple[tuple[str, str], ...] = ()
    more: int = 0
    seen: str = ""


NOTHING = Pointed()


def point_out(request: Request, *texts: str, before: str = "") -> Pointed:
    """
    Look through what is about to be posted; `things` is empty where there is nothing to ask about.

    What stood in the words `before`, or was shown in the form that comes back now, is not asked about again.
    """
    seen = set(request.POST.get("seen", "")[: _MOST * 20].split())
    found = {_mark(request, spot): spot for text in texts if len(text) <= MAX_WORDS for spot in _found(request, text)}
    new = {mark: spot for mark, spot in found.items() if mark not in seen and spot.words.casefold() not in before.casefold()}
    kinds = kind_words()
    things = tuple((kinds[spot.kind], spot.words) for spot in list(new.values())[:_SHOWN])
    return Pointed(things, max(0, len(new) - _SHOWN), " ".join(list(found)[:_MOST]))


def shown(request: Request, pointed: Pointed) -> Pointed:
    """Return what a form that comes back carries: what was found now, else the marks that it came with."""
    return pointed if pointed.seen else Pointed(seen=request.POST.get("seen", "")[: _MOST * 20])


def _found(request: Request, text: str) -> list[Spot]:
    me = request.signed_in
    if me is None or not text:
        return []
    name, handle = own_filters(me).own_name, own_handle(me)
    return find_identifying(text, (name,) if name else (), (handle,) if handle else ())


def _mark(request: Request, spot: Spot) -> str:
    """Make the mark of a finding; without the key it tells nothing of the words."""
    whose = request.signed_in.person if request.signed_in else 0
    told = f"seen:{whose}:{spot.kind}:{spot.words.casefold()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()[:16]


@per_language
def kind_words() -> dict[str, str]:
    """Name the kinds of what is pointed out."""
    return {
        "email": _("Email address"), "phone": _("Phone number"), "address": _("Street address"), "name": _("Your own name"),
        "profile": _("A page or name elsewhere"),
    }  # fmt: skip
