"""The request as views get it, and the route rules that every view declares."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kith.core.errors import NotFound, SignInFirst
from kith.core.rows import SiteRow
from kith.groups.rules import check_step
from kith.groups.viewer import Viewer
from kith.people.rows import SignedIn
from kith.web.headers import CLOSED

REACHES = ("anyone", "person", "reader", "member", "host", "steward", "first_start", "demo")
View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request with who is behind it."""

    viewer: Viewer
    form_token: str
    signed_in: SignedIn | None
    site: SiteRow  # type: ignore[assignment] # django-stubs knows of contrib.sites


class MethodRefused(Exception):
    """This address is not asked in this way: a button's address that somebody opens as a page, for one."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__()
        self.allowed = allowed


def reach(
    who: str, *methods: str, looks: bool = False, pictures: bool = False, opens: tuple[str, ...] = ()
) -> Callable[[View], View]:
    """
    Declare who can reach a view and by which methods.

    `anyone`; `person`: anybody signed in; `reader`, `member`, `host`: by the group in the path, checked by the query that
    the view calls; `steward`; `first_start`, `demo`: only while that state lasts. Tests read the declaration from the route table.
    `pictures`: its form may bring pictures; files for any other view are let pass unread.
    `opens`: features of the browser that its page needs (`headers.CLOSED` names them); they stay closed on every other page.
    `looks`: words that came through a sign-in are shown in its own form before anything is done (`typed.look_over`).
    """
    allowed = methods or ("GET",)
    if unknown := set(opens) - set(CLOSED):
        raise ValueError(f"no such feature of a browser: {', '.join(sorted(unknown))}")

    def declare(view: View) -> View:
        @wraps(view)
        def checked(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "HEAD" and "GET" in allowed:
                pass
            elif request.method not in allowed:
                raise MethodRefused(allowed)
            if request.META.get("kith.cut") and not pictures:
                raise RequestDataTooBig  # no view takes a part of a form for all of it
            if who in ("person", "steward") and request.viewer.is_guest:
                raise SignInFirst
            if who == "steward" and not request.viewer.steward:
                raise NotFound
            if who == "steward":
                check_step(strong=request.viewer.strong)
            request.META["kith.opens"] = opens
            return view(request, *args, **kwargs)

        checked.reach = who  # type: ignore[attr-defined] # the rule rides on the view
        checked.methods = allowed  # type: ignore[attr-defined] # likewise
        checked.looks = looks  # type: ignore[attr-defined] # likewise
        checked.pictures = pictures  # type: ignore[attr-defined] # likewise
        checked.opens = opens  # type: ignore[attr-defined] # likewise
        return checked

    return declare
