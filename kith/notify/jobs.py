"""Sending letters that are due."""

import logging

from django.conf import settings

from kith.core import clock
from kith.core.faults import name_fault
from kith.core.queries import get_site
from kith.notify import actions
from kith.notify.channels import mail
from kith.people.queries import email_of

log = logging.getLogger("kith.notify")


def send_letters() -> int:
    """Lease the letters that are due and hand each to the mail server; return how many were taken."""
    server = mail.server_of(get_site())
    if server is None:
        return 0
    sent = 0
    for letter in actions.lease_letters(at=clock.now()):
        to = email_of(letter.person)
        try:
            if to:
                mail.send(server, mail.write(server, to, letter.message_id, home_address()))
            actions.letter_sent(letter.key, at=clock.now())
            sent += 1
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with one letter, the next one is sent
            log.warning("a letter was not taken: %s", name_fault(problem))
            actions.letter_failed(letter.key, at=clock.now())
    actions.drop_old_letters(at=clock.now())
    return sent


def home_address() -> str:
    """Return the site's own address for a letter: its host alone, no path that says anything."""
    scheme = "https" if settings.ENV.https else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0]}/"
