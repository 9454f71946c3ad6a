"""Quick exit: the session ends, and our own tiny neutral page goes on by itself."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt

from kith.core.queries import get_site
from kith.people.actions import end_session
from kith.web import cookies
from kith.web.request import Request, reach

_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Loading</title><meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0;url={url}"></head><body><p><a href="{url}" rel="noreferrer">Go on</a></p></body></html>'
)


@csrf_exempt
@reach("anyone", "GET", "POST")
def leave(request: Request) -> HttpResponse:
    """End the session and go to a neutral site at once."""
    if token := cookies.read(request):
        end_session(token)
    url = settings.ENV.exit_url or get_site().exit_url
    response = HttpResponse(_PAGE.format(url=escape(url)))
    cookies.clear(response)
    response.delete_cookie("codes", path="/account/codes/")
    response.headers["Clear-Site-Data"] = '"cookies", "storage", "cache"'
    return response
