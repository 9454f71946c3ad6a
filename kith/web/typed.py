"""Read what was typed into a form."""

from django.utils.translation import gettext as _

from kith.core.errors import Invalid
from kith.core.ids import random_code
from kith.core.intents import MAX_KEY
from kith.web.request import Request

MAX_FIELD = 400_000


def text_of(request: Request, name: str, most: int = MAX_FIELD) -> str:
    """
    Return one typed field.

    :raises Invalid: if it is longer than any field of ours may be
    """
    value = request.POST.get(name, "")
    if len(value) > most:
        raise Invalid(**{name: _("This is far too long.")})
    return value


def number_of(request: Request, name: str, *, least: int = 0, most: int = 2**31 - 1, source: str = "POST") -> int:
    """Return a whole number that was sent, or `least` where it is none."""
    value = (request.POST if source == "POST" else request.GET).get(name, "")
    return min(int(value), most) if value.isascii() and value.isdecimal() and len(value) < 12 and int(value) >= least else least


def numbers_of(request: Request, name: str) -> list[int]:
    """Return the whole numbers that were sent under one name; what is none is left out."""
    return [int(value) for value in request.POST.getlist(name) if value.isascii() and value.isdecimal() and len(value) < 10]


def look_over(request: Request) -> None:
    """
    Stop before anything is done where what was typed came through a sign-in: its form shows it first.

    :raises Invalid: naming no field
    """
    if "look" in request.POST:
        raise Invalid


def is_on(request: Request, name: str) -> bool:
    """Say whether a box was ticked."""
    return name in request.POST


def intent_of(request: Request) -> str:
    """Return the key that the form carried, or nothing where it is none of ours."""
    key = request.POST.get("intent", "")
    return key if key.isascii() and key.isalnum() and len(key) <= MAX_KEY else ""


def new_intent() -> str:
    """Make the key that tells a retry from a second act; it goes into the form."""
    return random_code(20)
