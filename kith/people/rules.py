"""Who may sign up and what a sign-in name and a pass-phrase must be."""

import re

from django.utils.translation import gettext as _

from kith.core import text
from kith.core.addresses import is_address
from kith.core.errors import Invalid
from kith.people import guessable, limits

_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")


def check_sign_in_name(name: str) -> str:
    """
    Return the name as it is stored: one line, lower case.

    :raises Invalid: if nothing is left of it or it is too long
    """
    name = text.clean(name, one_line=True).casefold()
    if text.is_blank(name):
        raise Invalid(name=_("Type a name to sign in with. Any word you will remember is fine."))
    text.check_length(name, limits.MAX_SIGN_IN_NAME, field="name")
    return name


def plain_name(name: str) -> str:
    """Return a sign-in name, or an address, as it is looked up, however it was typed."""
    return " ".join(name.replace("\x00", "").split()).casefold()


def check_phrase(phrase: str, *, names: tuple[str, ...] = ()) -> None:
    """
    Ask for length, and that nobody guesses it early (NIST SP 800-63B-4, 3.1.1.2); `names` are those of the person and the site.

    :raises Invalid: if it is too short, too long, common, or little more than a name
    """
    if len(phrase) < limits.MIN_PHRASE:
        short = _("This has %(has)s letters. Add a word or two, to make %(n)s.") % {"has": len(phrase), "n": limits.MIN_PHRASE}
        raise Invalid(phrase=short if phrase else _("Type a pass-phrase. Four or five words work well."))
    text.check_length(phrase, limits.MAX_PHRASE, field="phrase")
    if guessable.is_little_more_than(phrase, *names):
        words = _("This is hardly more than a name that others can see. Add two words that only you would think of.")
        raise Invalid(phrase=words)
    if guessable.is_common(phrase):
        words = _("This is easy to guess: common words, or keys side by side. Add a word or two that only you would think of.")
        raise Invalid(phrase=words)


def check_email(email: str) -> str:
    """
    Return the address without white space around it.

    :raises Invalid: if it cannot be an address
    """
    email = text.clean(email, one_line=True)
    if not (_EMAIL.match(email) and is_address(email)):  # no letter can leave for what mail servers do not take
        raise Invalid(email=_("We cannot send letters to this address. It should look like name@example.org."))
    return email
