"""Sending letters that are due."""

import logging
import time
from collections.abc import Iterator
from email.message import EmailMessage

from django.conf import settings
from django.utils import translation

from kith.core import clock
from kith.core.faults import name_fault
from kith.core.queries import get_site
from kith.notify import actions, limits
from kith.notify.channels import mail
from kith.notify.rows import LetterTo
from kith.people.queries import email_of, email_to_confirm, language_of

log = logging.getLogger("kith.notify")


def send_letters() -> int:
    """Lease the letters that are due and hand each to the mail server, for a while; return how many it took."""
    actions.drop_old_letters(at=clock.now())  # also where the mail server was taken away meanwhile
    server = mail.server_of(get_site())
    if server is None:
        return 0
    sent = 0
    until = time.monotonic() + limits.ROUND
    for letter in _leased():
        try:
            with translation.override(language_of(letter.person) or settings.LANGUAGE_CODE):
                written = _write(server, letter)
            if written:
                mail.send(server, written)
            actions.letter_sent(letter.key, at=clock.now())
            sent += 1
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one letter, the next one is sent
            log.warning("a letter was not taken: %s", name_fault(problem))
            actions.letter_failed(letter.key, at=clock.now())
        if time.monotonic() > until:
            break
    return sent


def _leased() -> Iterator[LetterTo]:
    """Lease one letter after another, so that a lease is as long for the last as for the first, however slow the mail server is."""
    for _letter in range(limits.AT_ONCE):
        found = actions.lease_letters(at=clock.now(), limit=1)
        if not found:
            return
        yield from found


def _write(server: mail.Server, letter: LetterTo) -> EmailMessage | None:
    """Write a letter to whoever it is for now; none where her address has gone or was confirmed meanwhile."""
    if letter.kind == "confirm":
        to, word = email_to_confirm(letter.person)
        link, texts = f"{home_address()}me/email/{word}/", {"subject": mail.CONFIRM_SUBJECT, "body": mail.CONFIRM_BODY}
        return mail.write(server, to, letter.message_id, link, **texts) if to else None
    to = email_of(letter.person)
    return mail.write(server, to, letter.message_id, home_address()) if to else None


def home_address() -> str:
    """Return the site's own address for a letter: its host alone, no path that says anything."""
    scheme = "https" if settings.ENV.https else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}/"
