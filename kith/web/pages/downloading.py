"""My own copy of all that is mine."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from kith.conversation.limits import MAX_EXPORT
from kith.conversation.queries import count_letters
from kith.core import clock
from kith.core.errors import Refused
from kith.groups.queries import list_own_groups, list_past_groups
from kith.groups.rows import OwnGroup
from kith.people.actions import confirm_phrase, note_export
from kith.web.page import page
from kith.web.pages.packing import NO_REST, pack, rest_of
from kith.web.request import Request, reach
from kith.web.throttle import pace

_FILE = "words.zip"  # it says nothing to whoever sees it among other files


@reach("person", "GET", "POST")
def download(request: Request) -> HttpResponse | StreamingHttpResponse:
    """Hand out all that is mine, in all groups or in one, to whoever knows my pass-phrase."""
    owns = [*list_own_groups(request.viewer), *list_past_groups(request.viewer)]
    if request.method != "POST":
        return _ask(request, owns)
    group, me = request.POST.get("group", ""), request.viewer.person or 0
    chosen = [own for own in owns if group in ("", f"{own.code}/{own.handle}")]
    pace("download", me)
    try:
        confirm_phrase(me, request.POST.get("phrase", ""))
    except Refused as refused:
        return _ask(request, owns, group, {"phrase": str(refused)})
    if count_letters([own.persona for own in chosen]) > MAX_EXPORT:
        return _ask(request, owns, group, {"group": _too_much()})
    note_export(me, at=clock.now())
    packed = pack(chosen, NO_REST if group else rest_of(me), site=request.site.name, at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{_FILE}"', "Content-Length": str(len(packed))}
    return StreamingHttpResponse(iter([packed]), content_type="application/zip", headers=headers)  # streams are not packed again


def _ask(request: Request, owns: list[OwnGroup], group: str = "", problems: dict[str, str] | None = None) -> HttpResponse:
    return page(request, "pages/download.html", status=422 if problems else 200, owns=owns, group=group, problems=problems or {})


def _too_much() -> str:
    return _("That is too much for one archive. Please download it group by group.")
