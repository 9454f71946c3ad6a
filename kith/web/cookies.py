"""The session's cookie: a token and two deadlines, signed: of doing nothing, and the last one. Neither is ever stored."""

import hashlib
import hmac
import math
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
    token, deadline, _last = _of(request)
    return token_hash(token) if token and deadline > time.time() else ""


def is_due(request: HttpRequest, own_device: bool, staff: bool) -> bool:
    """Say whether the deadline should be moved: after a tenth of the idle time, but never past the last one."""
    _token, deadline, last = _of(request)
    now, (idle, most) = time.time(), _limits(own_device, staff)
    return now + idle * 0.9 > deadline < last or now + most < last or now + idle < deadline


def renew(request: HttpRequest, response: HttpResponse, own_device: bool, staff: bool) -> None:
    """Move the deadline."""
    token, _deadline, last = _of(request)
    write(response, token, own_device, staff=staff, last=last)


def write(response: HttpResponse, token: str, own_device: bool, *, staff: bool = False, last: float = math.inf) -> None:
    """Set the cookie: kept for 30 days on a device of one's own, gone with the browser on a shared one."""
    now, (idle, most) = int(time.time()), _limits(own_device, staff)
    last = min(now + most, last)
    deadlines = f"{int(min(now + idle, last)):x}.{int(last):x}"
    response.set_cookie(
        name(), f"{token}.{deadlines}.{_sign(token, deadlines)}", max_age=int(last) - now if own_device else None,
        secure=settings.ENV.https, httponly=True, samesite="Lax", path="/",
    )  # fmt: skip


def clear(response: HttpResponse) -> None:
    """Change the cookie to one that says nothing, so that a kept copy of a page is thrown away."""
    response.set_cookie(name(), "gone", max_age=1, secure=settings.ENV.https, httponly=True, samesite="Lax", path="/")


def _limits(own_device: bool, staff: bool) -> tuple[int, int]:
    if staff:
        return limits.STAFF_IDLE, limits.STAFF_MOST
    return (limits.OWN_IDLE, limits.OWN_MOST) if own_device else (limits.SHARED_IDLE, limits.SHARED_MOST)


def _of(request: HttpRequest) -> tuple[str, float, float]:
    """Check the cookie's signature once a request."""
    held: tuple[str, float, float] | None = request.META.get("kith.seat")
    if held is None:
        held = request.META["kith.seat"] = _split(request.COOKIES.get(name(), ""))
    return held


def _split(value: str) -> tuple[str, float, float]:
    token, _dot, rest = value.partition(".")
    deadlines, _dot, sign = rest.rpartition(".")
    if not hmac.compare_digest(sign.encode(), _sign(token, deadlines).encode()):
        return "", 0.0, 0.0
    deadline, last = deadlines.split(".")
    return token, float(int(deadline, 16)), float(int(last, 16))


def _sign(token: str, deadlines: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"seat:{token}.{deadlines}".encode(), hashlib.sha256).hexdigest()[:32]
