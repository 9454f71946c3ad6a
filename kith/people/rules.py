"""Who may sign up and what a sign-in name and a pass-phrase must be."""

import functools
import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _

from kith.core import text
from kith.core.errors import Invalid
from kith.people import limits

_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")


def check_sign_in_name(name: str) -> str:
    """
    Return the name as it is stored: one line, lower case.

    :raises Invalid: if nothing is left of it or it is too long
    """
    name = text.clean(name, one_line=True).casefold()
    if text.is_blank(name):
        raise Invalid(name=_("Type a name to sign in with. Any word you will remember is fine."))
    if len(name) > limits.MAX_SIGN_IN_NAME:
        raise Invalid(name=_("Please use %(n)s letters or fewer.") % {"n": limits.MAX_SIGN_IN_NAME})
    return name


def check_phrase(phrase: str, *, name: str = "") -> None:
    """
    Ask for length and nothing else; refuse what is on the list of common ones (NIST SP 800-63B-4, 3.1.1.2).

    :raises Invalid: if it is too short, too long, common, or little more than the sign-in name
    """
    if len(phrase) < limits.MIN_PHRASE:
        short = _("This has %(has)s letters. Add a word or two, to make %(n)s.") % {"has": len(phrase), "n": limits.MIN_PHRASE}
        raise Invalid(phrase=short if phrase else _("Type a pass-phrase. Four or five words work well."))
    if len(phrase) > limits.MAX_PHRASE:
        raise Invalid(phrase=_("Please use %(n)s letters or fewer.") % {"n": limits.MAX_PHRASE})
    letters = "".join(c for c in phrase.casefold() if c.isalnum())
    if letters in _common() or len(set(letters)) < 5 or (name and letters.replace(name.replace(" ", ""), "").isdecimal()):
        raise Invalid(phrase=_("Many people use this one, so it is easy to guess. Add a word that only you would think of."))


def check_email(email: str) -> str:
    """
    Return the address without white space around it.

    :raises Invalid: if it cannot be an address
    """
    email = text.clean(email, one_line=True)
    if not _EMAIL.match(email) or len(email) > 200:
        raise Invalid(email=_("Something is missing in this address. It looks like name@example.org."))
    return email


@functools.cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
