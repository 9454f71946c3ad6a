"""The session's cookie: a token and the idle deadline, signed; the deadline is never stored."""

import hashlib
import hmac
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.people import limits
from kith.people.sealing import token_hash


def name() -> str:
    """Return the name of the session's cookie."""
    return "__Host-seat" if settings.ENV.https else "seat"


def read(request: HttpRequest) -> str:
    """Return the hash of the session's token, or nothing if the cookie is absent, forged or past its deadline."""
    token, deadline = _of(request)
    return token_hash(token) if token and deadline > time.time() else ""


def is_due(request: HttpRequest, own_device: bool) -> bool:
    """Say whether the deadline should be moved on: after a tenth of the idle time."""
    _token, deadline = _of(request)
    idle = limits.OWN_IDLE if own_device else limits.SHARED_IDLE
    return deadline - time.time() < idle * 0.9


def renew(request: HttpRequest, response: HttpResponse, own_device: bool) -> None:
    """Move the deadline on."""
    token, _deadline = _of(request)
    write(response, token, own_device)


def write(response: HttpResponse, token: str, own_device: bool) -> None:
    """Set the cookie: kept for 30 days on a device of one's own, gone with the browser on a shared one."""
    idle = limits.OWN_IDLE if own_device else limits.SHARED_IDLE
    deadline = f"{int(time.time()) + idle:x}"
    response.set_cookie(
        name(), f"{token}.{deadline}.{_sign(token, deadline)}", max_age=idle if own_device else None,
        secure=settings.ENV.https, httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def clear(response: HttpResponse) -> None:
    """Change the cookie to one that says nothing, so that a kept copy of a page is thrown away."""
    response.set_cookie(name(), "gone", max_age=1, secure=settings.ENV.https, httponly=True, samesite="Lax", path="/")


def _of(request: HttpRequest) -> tuple[str, float]:
    """Check the cookie's signature once a request."""
    held: tuple[str, float] | None = request.META.get("kith.seat")
    if held is None:
        held = request.META["kith.seat"] = _split(request.COOKIES.get(name(), ""))
    return held


def _split(value: str) -> tuple[str, float]:
    parts = value.split(".")
    if len(parts) != 3 or not hmac.compare_digest(parts[2], _sign(parts[0], parts[1])):
        return "", 0.0
    try:
        return parts[0], float(int(parts[1], 16))
    except ValueError:
        return "", 0.0


def _sign(token: str, deadline: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"seat:{token}.{deadline}".encode(), hashlib.sha256).hexdigest()[:32]
