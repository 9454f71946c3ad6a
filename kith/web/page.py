"""One page: the template, and what every page is handed."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.core.rows import HelpRow
from kith.safety.help import titles
from kith.web import cookies
from kith.web.countries import country_name
from kith.web.csrf import form_token
from kith.web.jinja import environment_for
from kith.web.request import Request


@dataclass(frozen=True, slots=True)
class Page:
    """What every page is handed."""

    signed_in: bool
    site_name: str
    lang: str
    dir: str
    exit_url: str
    discreet: bool
    theme: str
    text: str
    contrast: str
    csrf: str
    notices: bool
    is_steward: bool
    demo: bool
    help: tuple[HelpRow, ...]
    help_lines: Markup
    run_by: str
    contact: str
    path: str
    done: str  # a code of what was done a moment ago, for `k.done`


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page."""
    lang = translation.get_language() or "en"
    html = environment_for(lang).get_template(template).render(page=_page(request, lang), **context)
    return HttpResponse(html, status=status)


def hidden_token(request: Request) -> Markup:
    """Return the hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="') + page_token(request) + Markup('">')


def page_token(request: Request) -> str:
    """Return the token of a page's forms: their secret, masked once a page."""
    if not hasattr(request, "form_token"):
        request.form_token = form_token(request)
    return request.form_token


def _page(request: Request, lang: str) -> Page:
    me, site = request.signed_in, request.site
    theme, plain = asked_look(request)
    discreet = site.discreet or plain or (me is not None and me.discreet)
    return Page(
        signed_in=me is not None,
        site_name=_("Notes") if discreet else site.name,
        lang=lang,
        dir="rtl" if translation.get_language_bidi() else "ltr",
        exit_url=settings.ENV.exit_url or site.exit_url,
        discreet=discreet,
        theme=me.theme if me else theme,
        text=me.text_size if me else "",
        contrast=me.contrast if me else "",
        csrf=page_token(request),
        notices=me is not None and me.notices,
        is_steward=bool(me and me.steward),
        demo=settings.ENV.demo,
        help=site.help,
        help_lines=_help_lines(lang, site.help, site.country),
        run_by=site.run_by,
        contact=site.contact,
        path=request.path,
        done=request.GET.get("done", "") if request.method == "GET" else "",
    )


def asked_look(request: Request) -> tuple[str, bool]:
    """Say what was chosen on this device, signed in or not: light or dark, and whether to be discreet."""
    theme, _dot, plain = request.COOKIES.get(cookies.name("theme"), "").partition(".")
    return theme if theme in ("light", "dark") else "", plain == "1"


def keep_look(response: HttpResponse, theme: str, *, discreet: bool) -> None:
    """Keep that choice in a cookie until the browser is closed; none where nothing was chosen."""
    theme = theme if theme in ("light", "dark") else ""
    if theme or discreet:
        cookies.put(response, "theme", f"{theme}.1" if discreet else theme)
    else:
        cookies.drop(response, "theme")


@lru_cache(256)
def _help_lines(lang: str, lines: tuple[HelpRow, ...], country: str) -> Markup:
    """Draw the foot of every page once for each language."""
    components: Any = environment_for(lang).globals["k"]
    drawn: Markup = components.help_lines(lines, titles(), country_name(country))
    return drawn
