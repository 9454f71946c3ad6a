"""All my words at once: taking everything back, letting stand what still waits for that, bringing back what I took back in one group."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.actions import bring_back_everything, stop_taking_back, take_back_everything
from kith.conversation.limits import KEEP_DAYS
from kith.core import clock
from kith.groups.queries import get_own_group, list_own_groups, list_past_groups
from kith.web.page import page
from kith.web.request import Request, reach

_WHEN = ("later", "now")


@reach("person", "GET", "POST")
def withdrawal(request: Request) -> HttpResponse:
    """Take back everything I wrote, in every group: what that does, then a second step, then it begins."""
    asked = request.POST if request.method == "POST" else request.GET
    when, line = asked.get("when", ""), asked.get("line", "1")
    if request.method == "POST" and when in _WHEN and "sure" in asked:
        take_back_everything(request.viewer, unseen=line == "", now=when == "now", at=clock.now())
        return HttpResponseRedirect(reverse("words") + f"?begun={when}")
    owns = [own for own in list_own_groups(request.viewer) if not own.asking]
    return page(
        request, "pages/take_back.html", status=422 if request.method == "POST" else 200, owns=owns,
        past=list_past_groups(request.viewer), when=when if when in _WHEN else "", line=line, days=KEEP_DAYS,
        unsure=request.method == "POST",
    )  # fmt: skip


@reach("person", "POST")
def stopping(request: Request) -> HttpResponse:
    """Let everything stand that still waits to be taken back."""
    stop_taking_back([*list_own_groups(request.viewer), *list_past_groups(request.viewer)])
    return HttpResponseRedirect(reverse("words") + "?begun=stopped")


@reach("person", "POST")
def stopping_in(request: Request, code: str, handle: str) -> HttpResponse:
    """Let stand what still waits to be taken back in one group."""
    stop_taking_back([get_own_group(request.viewer, code, handle)])
    return HttpResponseRedirect(reverse("words") + "?begun=stopped")


@reach("person", "POST")
def restoration(request: Request, code: str, handle: str) -> HttpResponse:
    """Bring back all that I took back in one group within thirty days."""
    bring_back_everything(get_own_group(request.viewer, code, handle), at=clock.now())
    return HttpResponseRedirect(reverse("words") + "?begun=back")
