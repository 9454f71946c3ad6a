"""A device of one's own on which somebody has signed in before: it is heard however many others guess at her name."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.http import HttpResponse

from kith.web.request import Request

_YEAR = 365 * 24 * 3600


def name() -> str:
    """Return the name of the cookie."""
    return "__Host-known" if settings.ENV.https else "known"


def make_known(response: HttpResponse, person: int) -> None:
    """Let this device be known as hers; what the cookie holds says neither who nor when."""
    nonce = secrets.token_urlsafe(12)
    response.set_cookie(
        name(),
        f"{nonce}.{_sign(nonce, person)}",
        max_age=_YEAR,
        secure=settings.ENV.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def is_known(request: Request, person: int) -> bool:
    """Say whether this device is known as hers."""
    nonce, _dot, sign = request.COOKIES.get(name(), "").partition(".")
    return hmac.compare_digest(sign.encode(), _sign(nonce, person).encode())


def _sign(nonce: str, person: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"known:{nonce}:{person}".encode(), hashlib.sha256).hexdigest()[:32]
