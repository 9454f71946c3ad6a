"""Letters by SMTP: "a notice waits" or "is this your address", the same bytes for every group but an opaque Message-ID."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kith.core.models import Site
from kith.people.sealing import unseal

TIMEOUT = 20
SUBJECT = _("A notice waits")
BODY = _(
    "Hello,\n\na notice waits for you. Sign in when you have a quiet moment:\n\n%(address)s\n\n"
    "There is no hurry. You can switch these letters off under Notices.\n"
)
CONFIRM_SUBJECT = _("Is this your address?")
CONFIRM_BODY = _(
    "Hello,\n\nsomebody gave this email address, so that letters can be sent to it. If it was you, open this page and press the button:\n\n"
    "%(address)s\n\nIf it was not you, there is nothing to do.\n"
)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as the steward set it."""

    host: str
    port: int
    security: str
    user: str
    word: str
    sender: str


def server_of(site: Site) -> Server | None:
    """Return the mail server, or None where none is set."""
    if not site.mail_host:
        return None
    word = unseal(site.mail_word_sealed, place="site.mail:1").decode() if site.mail_word_sealed else ""
    return Server(site.mail_host, site.mail_port, site.mail_security, site.mail_user, word, site.mail_from)


def write(server: Server, to: str, message_id: str, address: str, *, subject: str = SUBJECT, body: str = BODY) -> EmailMessage:
    """Write a letter in the language that is on; its Message-ID is its outbox row's, so that a second sending is seen as the same."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = server.sender, to, gettext(subject)
    letter["Message-ID"] = f"<{message_id}@{server.sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(gettext(body) % {"address": address})
    return letter


def send(server: Server, letter: EmailMessage) -> None:
    """
    Hand one letter to the mail server.

    :raises OSError: if the server cannot be reached or refuses it (smtplib's errors are OSErrors)
    """
    context = ssl.create_default_context() if server.security in ("tls", "starttls") else None  # it reads a hundred certificates
    smtp: smtplib.SMTP
    if server.security == "tls":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    with smtp:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.word)
        smtp.send_message(letter)
