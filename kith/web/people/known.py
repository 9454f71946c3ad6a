"""
A device of one's own on which somebody has signed in before: it is heard however many others guess at her name.

Signing out and the exit button wipe it like everything else that the browser keeps of us; then she needs a printed code while others guess.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.http import HttpResponse

from kith.web import cookies
from kith.web.request import Request

COOKIE, _YEAR = "known", 365 * 24 * 3600


def make_known(response: HttpResponse, person: int) -> None:
    """Let this device be known as hers; what the cookie holds says neither who nor when."""
    nonce = secrets.token_urlsafe(12)
    cookies.put(response, COOKIE, f"{nonce}.{_sign(nonce, person)}", max_age=_YEAR)


def is_known(request: Request, person: int) -> bool:
    """Say whether this device is known as hers."""
    nonce, _dot, sign = request.COOKIES.get(cookies.name(COOKIE), "").partition(".")
    return hmac.compare_digest(sign.encode(), _sign(nonce, person).encode())


def _sign(nonce: str, person: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"known:{nonce}:{person}".encode(), hashlib.sha256).hexdigest()[:32]
