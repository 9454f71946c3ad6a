"""What was changed about my account: for three days it can be put back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.errors import NotFound, Refused
from kith.core.words import per_language
from kith.people import actions
from kith.people.queries import list_changes
from kith.web.page import page
from kith.web.request import Request, reach


@reach("person")
def changes(request: Request) -> HttpResponse:
    """List what can be put back."""
    return _changes(request)


def _changes(request: Request, *, problems: dict[str, str] | None = None) -> HttpResponse:
    now = clock.now()
    rows = [(row, clock.say_when(row.at, now.date())) for row in list_changes(request.viewer.person or 0, at=now)]
    return page(
        request,
        "people/changes.html",
        status=422 if problems else 200,
        changes=rows,
        words=change_words(),
        problems=problems or {},
    )


@reach("person", "POST")
def put_back(request: Request, key: int) -> HttpResponse:
    """Put one back."""
    try:
        actions.put_back(request.viewer.person or 0, key, phrase=request.POST.get("phrase", "")[:2000], at=clock.now())
    except Refused as refused:
        return _changes(request, problems={f"phrase_{key}": str(refused)})
    except NotFound:
        return _changes(
            request, problems={"late": _("That cannot be put back any more. Three days are over, or it was done already.")}
        )
    return HttpResponseRedirect(reverse("changes") + "?done=put-back")


@per_language
def change_words() -> dict[str, str]:
    """Name the changes that can be put back."""
    return {
        "phrase": _("A new pass-phrase"), "email": _("Another email address, or none"), "codes": _("Ten new codes"),
        "step_added": _("A second step was added"), "step_gone": _("A second step was taken away"),
    }  # fmt: skip


@per_language
def happening_words() -> dict[str, tuple[str, str]]:
    """Say what happened, and where to look."""
    devices, changed = "/me/sessions/", "/me/changes/"
    return {
        "signed_in_phone": (_("Somebody signed in as you on another phone."), devices),
        "signed_in_tablet": (_("Somebody signed in as you on another tablet."), devices),
        "signed_in_computer": (_("Somebody signed in as you on another computer."), devices),
        "phrase": (_("Your pass-phrase was changed."), changed), "email": (_("Your email address was changed."), changed),
        "codes": (_("Your codes on paper were made anew."), changed),
        "step_added": (_("A second step was added."), changed), "step_gone": (_("A second step was taken away."), changed),
        "put_back": (_("What was changed about your account was put back."), changed),
        "looked": (_("Somebody has looked at what is locked about you."), "/me/looks/"),
        "exported": (_("A copy of all your words was downloaded."), devices),
    }  # fmt: skip
