"""Quick exit: our own tiny neutral page at once, whatever the database does; it goes on by itself, and the session ends."""

from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt

from kith.conversation.actions import drop_all_drafts
from kith.core.queries import get_site
from kith.groups.viewer import Viewer
from kith.people.actions import end_session
from kith.web import cookies
from kith.web.aside import aside
from kith.web.request import Request, reach

# Without an icon of its own the browser would ask us for one, and be given a cookie, when all was just thrown away.
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Loading</title><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0;url={url}">'
    '<link rel="icon" href="data:,"></head><body><p><a href="{url}" rel="noreferrer">Go on</a></p></body></html>'
)


_known = {"url": "https://www.wikipedia.org/"}  # the steward's choice as it was read last; first, what `core.Site` begins with


def _neutral() -> str:
    _known["url"] = url = aside(lambda: str(get_site().exit_url), _known["url"])
    return url


def _end(token: str, *, drop: bool) -> None:
    """End the session; with the button of a page of ours, which no other site can press, drafts go too if she wants that."""
    person = end_session(token)
    if person and drop:
        drop_all_drafts(Viewer(person))


@csrf_exempt
@reach("anyone", "GET", "POST")
def leave(request: Request) -> HttpResponse:
    """Go to a neutral site at once and end the session: now if the database can, else as soon as it can."""
    if token := cookies.read(request):
        aside(partial(_end, token, drop=request.method == "POST"), None)
    response = HttpResponse(_PAGE.format(url=escape(settings.ENV.exit_url or _neutral())))
    cookies.clear(response)
    return response
