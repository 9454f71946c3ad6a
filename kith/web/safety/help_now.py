"""Crisis help, without sign-in."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core.errors import NotFound
from kith.safety import help as help_lines
from kith.safety.queries import list_countries, list_lines
from kith.web.countries import country_name
from kith.web.page import page
from kith.web.request import Request, reach


@reach("anyone")
def help_now(request: Request) -> HttpResponse:
    """Show the help lines of the site's country, and the way to the others."""
    if chosen := request.GET.get("country", ""):
        return HttpResponseRedirect(reverse("help_in", args=[_code(chosen)]))
    return _show(request, request.site.country)


@reach("anyone")
def in_country(request: Request, country: str) -> HttpResponse:
    """Show the help lines of another country."""
    return _show(request, _code(country))


def _code(country: str) -> str:
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise NotFound
    return country.upper()


def _show(request: Request, country: str) -> HttpResponse:
    lines = [(line, help_lines.href(line)) for line in list_lines(country)] if country else []
    others = sorted(((country_name(code), code) for code in list_countries()), key=lambda pair: pair[0])
    return page(
        request, "safety/help_now.html", lines=lines, titles=help_lines.titles(), country=country, others=others,
        name=country_name(country),
    )  # fmt: skip
