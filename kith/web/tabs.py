"""Two pages of hers with the same words: whichever was sent last, nothing that she typed in either is lost."""

from collections.abc import Callable
from typing import TypeVar

from django.http import JsonResponse

from kith.core.errors import Invalid, Stale

Kept = TypeVar("Kept")


def both_of(newer: str, typed: str) -> str:
    """Return what two pages say, one below the other; once where what was typed stands in the newer words already."""
    if not newer:
        return typed
    return newer if typed.strip() in newer else f"{newer}\n\n{typed}"


def keep_both(save: Callable[[str, int], Kept], words: str, base: int, *, newest: Callable[[], tuple[str, int]]) -> Kept:
    """Save words that were begun from version `base`; if another page has kept newer ones meanwhile (`newest`: they and their version), both."""
    try:
        return save(words, base)
    except Stale:
        newer, version = newest()
        return save(both_of(newer, words), version)


def answer_while_typing(save: Callable[[], int], *, version: Callable[[], int]) -> JsonResponse:
    """Save, and answer a page on which she goes on typing with the new version: 409 with the newest where another page has newer words."""
    try:
        return JsonResponse({"version": save()})
    except Stale as problem:
        return JsonResponse({"version": version(), "problem": str(problem)}, status=409)
    except Invalid as problem:
        return JsonResponse({"problem": str(problem)}, status=422)
