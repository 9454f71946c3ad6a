"""Running the installation: names, pages, mail, groups, help lines, health."""

import shutil
import sqlite3
from datetime import datetime

from babel import Locale
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith import __version__
from kith.core import clock
from kith.core.actions import SiteForm, mail_worked, set_mail, set_site
from kith.core.addresses import is_address
from kith.core.errors import Invalid
from kith.core.ids import random_code
from kith.core.queries import get_site
from kith.groups.queries import list_waiting_groups
from kith.notify.channels import mail as mail_channel
from kith.notify.jobs import home_address
from kith.notify.queries import count_failed_letters, count_waiting_letters
from kith.people.sealing import seal
from kith.safety.actions import confirm_line, redraw_help
from kith.safety.queries import count_unconfirmed, list_countries, list_late_groups, list_steward_lines
from kith.web.countries import country_name
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import is_on, look_over, number_of

_NO_COUNTRY = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}  # territories of CLDR that nobody lives in


@reach("steward")
def overview(request: Request) -> HttpResponse:
    """Show what waits for the steward, and how the site is."""
    site, now = get_site(), clock.now()
    late = [(row, clock.say_wait(row.first, now)) for row in list_late_groups(request.viewer, now)]
    return page(
        request, "steward/overview.html", mail_set=bool(site.mail_host), mail_tested=site.mail_tested_at is not None, groups=list_waiting_groups(request.viewer), health=_health(),
        unconfirmed=count_unconfirmed(site.country), waiting=count_waiting_letters(), failed=count_failed_letters(),
        country=country_name(site.country), late=late, backups=_backups(site.backed_up_at, site.drilled_at, now),
    )  # fmt: skip


def _backups(made: datetime | None, proven: datetime | None, now: datetime) -> dict[str, str]:
    """Say when the last backup was made, and when one was last restored for a trial."""
    times = {"made": made, "proven": proven}
    return {name: clock.say_day(at.date(), now.date()) if at else "" for name, at in times.items()}


def _health() -> dict[str, str]:
    disk = shutil.disk_usage(django_settings.ENV.data)
    database = f"SQLite {sqlite3.sqlite_version}" if connection.vendor == "sqlite" else "PostgreSQL"
    return {"version": __version__, "database": database, "free_gb": f"{disk.free / 1e9:.1f}"}


@reach("steward", "GET", "POST", looks=True)
def settings(request: Request) -> HttpResponse:
    """Name the site, its country, who runs it, and write its pages."""
    site = get_site()
    names = ("name", "country", "run_by", "contact", "about", "privacy", "exit_url")
    typed = {name: request.POST.get(name, getattr(site, name)) for name in names}
    discreet = is_on(request, "discreet") if request.method == "POST" else site.discreet
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            look_over(request)
            set_site(SiteForm(**typed, discreet=discreet))
            redraw_help()
            return HttpResponseRedirect(reverse("steward"))
        except Invalid as problem:
            problems = problem.problems
    countries = sorted(((country_name(code), code) for code in _country_codes()), key=lambda pair: pair[0])
    return page(
        request, "steward/site.html", status=422 if problems else 200, typed=typed, problems=problems, countries=countries,
        with_lines=set(list_countries()), discreet=discreet,
    )  # fmt: skip


def _country_codes() -> list[str]:
    codes = [str(code) for code in Locale("en").territories]
    return [code for code in codes if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]


@reach("steward", "GET", "POST", looks=True)
def mail(request: Request) -> HttpResponse:
    """Set how letters leave, and send a test letter."""
    site = get_site()
    names = {
        "host": site.mail_host,
        "port": str(site.mail_port),
        "security": site.mail_security,
        "user": site.mail_user,
        "sender": site.mail_from,
    }
    typed = {name: request.POST.get(name, value) for name, value in names.items()}
    problems, sent = {}, ""
    if request.method == "POST":
        try:
            look_over(request)
            sent = _send_test(request) if "test" in request.POST else _set(request, typed)
        except Invalid as problem:
            problems = problem.problems
    return page(request, "steward/mail.html", status=422 if problems else 200, typed=typed, problems=problems, sent=sent)


def _set(request: Request, typed: dict[str, str]) -> str:
    word = request.POST.get("word", "")
    set_mail(
        host=typed["host"].strip(), port=number_of(request, "port"), security=typed["security"], user=typed["user"],
        sealed_word=seal(word.encode(), place="site.mail:1") if word else None, sender=typed["sender"].strip(),
    )  # fmt: skip
    return "saved"


def _send_test(request: Request) -> str:
    server, to = mail_channel.server_of(get_site()), request.POST.get("to", "").strip()
    if server is None:
        raise Invalid(host=_("Save the mail server first."))
    if not is_address(to):
        raise Invalid(to=_("Type an address to send the test letter to, like you@example.org."))
    try:
        mail_channel.send(server, mail_channel.write(server, to, random_code(24), home_address()))
    except Exception as problem:  # for odd names and addresses the libraries of mail raise a ValueError or worse
        odd = _("The user name, the password or an address has letters that it cannot read.")
        why = str(problem) if isinstance(problem, OSError) else odd
        raise Invalid(to=_("The mail server did not take it: %(problem)s") % {"problem": why}) from problem
    mail_worked(at=clock.now())
    return "sent"


@reach("steward")
def lines(request: Request) -> HttpResponse:
    """Show the help lines of a country with their sources, to be confirmed one by one."""
    country = request.GET.get("country", "")[:2].upper() or request.site.country
    rows = list_steward_lines(request.viewer, country)
    countries = sorted(((country_name(code), code) for code in list_countries()), key=lambda pair: pair[0])
    return page(request, "steward/lines.html", lines=rows, country=country, name=country_name(country), countries=countries)


@reach("steward", "POST")
def line(request: Request, key: int) -> HttpResponse:
    """Confirm a help line, or hide it."""
    confirm_line(key, by=request.viewer, confirmed=is_on(request, "confirmed"), hidden=is_on(request, "hidden"), at=clock.now())
    return HttpResponseRedirect(f"{reverse('steward_lines')}?country={request.POST.get('country', '')[:2]}#line-{key}")


@reach("steward")
def components(request: Request) -> HttpResponse:
    """Show every component in every state."""
    return page(request, "steward/components.html")
