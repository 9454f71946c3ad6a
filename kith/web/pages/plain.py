"""Pages of words alone, and the health of the site."""

from django.db import connection
from django.http import HttpResponse, JsonResponse

from kith.core.markup import trusted
from kith.core.queries import get_site
from kith.core.text import render
from kith.web.page import page
from kith.web.request import Request, reach


@reach("anyone")
def about(request: Request) -> HttpResponse:
    """Say who runs this site."""
    return page(request, "pages/about.html", words=trusted(render(get_site().about)))


@reach("anyone")
def privacy(request: Request) -> HttpResponse:
    """Say in plain words what is kept and who sees it."""
    return page(request, "pages/privacy.html", words=trusted(render(get_site().privacy)))


@reach("anyone")
def up(request: Request) -> HttpResponse:
    """Say whether the site and its database answer; which version it is tells attackers what to try, so it is not said."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"up": True})
