"""Setting up the site: the first code, names and pages, mail."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import ids, text
from kith.core.addresses import is_address, is_host
from kith.core.errors import Invalid, NotFound
from kith.core.models import Site


@dataclass(frozen=True, slots=True)
class SiteForm:
    """What the steward sets about the site."""

    name: str
    country: str
    run_by: str
    contact: str
    about: str
    privacy: str
    exit_url: str
    discreet: bool


def make_first_code() -> str:
    """Make the one-time code that the first-run page asks for; only its hash is kept."""
    code = "-".join(ids.random_code(4) for _ in range(3))
    Site.objects.filter(pk=1).update(first_code_hash=_hash(code))
    return code


@transaction.atomic
def use_first_code(code: str, *, at: datetime) -> None:
    """
    Use the code up; the site is then set up.

    :raises NotFound: if the site was set up before
    :raises Invalid: if the code is another
    """
    site = Site.objects.select_for_update().get(pk=1)
    if site.set_up_at is not None:
        raise NotFound
    if not site.first_code_hash or not hmac.compare_digest(site.first_code_hash, _hash(code)):
        raise Invalid(code=_("That is not the code. It stands in the window where Kith was started, and works once."))
    site.first_code_hash, site.set_up_at = "", at
    site.save(update_fields=["first_code_hash", "set_up_at"])


def _hash(code: str) -> str:
    return hashlib.sha256("".join(c for c in code.lower() if c.isalnum()).encode()).hexdigest()


def set_site(form: SiteForm) -> None:
    """
    Name the site, its country, who runs it, and its pages; the caller redraws the help lines.

    :raises Invalid: naming every field that needs another look
    """
    problems = {}
    name = text.clean(form.name, one_line=True)
    if text.is_blank(name) or len(name) > 60:
        problems["name"] = _("Give the site a name of 60 letters or fewer. It stands on every page and in every tab.")
    if form.country and (len(form.country) != 2 or not form.country.isalpha()):
        problems["country"] = _("Choose a country.")
    if (
        urlsplit(form.exit_url).scheme not in ("http", "https")
        or not urlsplit(form.exit_url).hostname
        or len(form.exit_url) > 200
    ):
        problems["exit_url"] = _("Type a whole address, like https://www.wikipedia.org/.")
    if max(len(form.about), len(form.privacy)) > 20_000:
        problems["about"] = _("These pages may have 20,000 letters each.")
    if problems:
        raise Invalid(**problems)
    Site.objects.filter(pk=1).update(
        name=name, country=form.country.upper(), run_by=text.clean(form.run_by, one_line=True)[:120],
        contact=text.clean(form.contact, one_line=True)[:200], about=text.clean(form.about),
        privacy=text.clean(form.privacy), exit_url=form.exit_url, discreet=form.discreet,
    )  # fmt: skip


def set_mail(*, host: str, port: int, security: str, user: str, sealed_word: bytes | None, sender: str) -> None:
    """
    Set how letters leave; `sealed_word` None keeps the old pass-word.

    :raises Invalid: naming every field that needs another look
    """
    problems = {}
    if not is_host(host):
        problems["host"] = _("Type the name of the mail server, like mail.example.org.")
    if not is_address(sender):
        problems["sender"] = _("Type the address that letters come from, like notes@example.org.")
    if not 1 <= port <= 65535:
        problems["port"] = _("Type a port from 1 to 65535. Most servers use 587 or 465.")
    if problems:
        raise Invalid(**problems)
    fields = {"mail_host": host, "mail_port": port, "mail_user": user[:200], "mail_from": sender}
    fields["mail_security"] = security if security in ("starttls", "tls", "none") else "starttls"
    if sealed_word is not None:
        fields["mail_word_sealed"] = sealed_word
    Site.objects.filter(pk=1).update(**fields, mail_tested_at=None)


def mail_worked(*, at: datetime) -> None:
    """Note that a test letter was taken by the mail server."""
    Site.objects.filter(pk=1).update(mail_tested_at=at)


def mark_demo(*, at: datetime) -> None:
    """Note that this database holds invented people only."""
    Site.objects.filter(pk=1, demo_since=None).update(demo_since=at.date())


def keys_printed(*, at: datetime) -> None:
    """Note that the keys are on paper somewhere."""
    Site.objects.filter(pk=1).update(keys_printed_at=at)


def backed_up(*, at: datetime) -> None:
    """Note that a backup was made."""
    Site.objects.filter(pk=1).update(backed_up_at=at)


def drilled(*, made_at: datetime, at: datetime) -> None:
    """Note that a backup made at that time was proven to restore; an older one never takes the place of a newer."""
    proven = Site.objects.filter(pk=1).exclude(drilled_made_at__gt=made_at)
    proven.update(drilled_at=at, drilled_made_at=made_at)
