"""
Our cookies: all of one kind, for this very host alone.

The session's: a token and two deadlines, signed: of doing nothing, and the last one. Neither is ever stored.
"""

import hashlib
import hmac
import math
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.people import limits
from kith.people.sealing import token_hash

WIPE = '"cookies", "storage", "cache"'  # what the browser is told to throw away


def name(kind: str = "seat") -> str:
    """Return the name of a cookie of ours, of the session's at first; browsers hold `__Host-` to this host, https and every path."""
    return f"__Host-{kind}" if settings.ENV.https else kind


def put(response: HttpResponse, kind: str, value: str, *, max_age: int | None = None) -> None:
    """Set a cookie that no script and no other site can read; without an age it is gone with the browser."""
    response.set_cookie(name(kind), value, max_age=max_age, secure=settings.ENV.https, httponly=True, samesite="Lax", path="/")


def drop(response: HttpResponse, kind: str) -> None:
    """Take a cookie away."""
    put(response, kind, "", max_age=0)


def read(request: HttpRequest) -> str:
    """Return the hash of the session's token, or nothing if the cookie is absent, forged or past its deadline."""
    token, deadline, _last = _of(request)
    return token_hash(token) if token and deadline > time.time() else ""


def is_due(request: HttpRequest, own_device: bool, staff: bool, minutes: int = 0) -> bool:
    """Say whether the deadline should be moved: after a tenth of the idle time, but never past the last one."""
    _token, deadline, last = _of(request)
    now, (idle, most) = time.time(), _limits(own_device, staff, minutes)
    return now + idle * 0.9 > deadline < last or now + most < last or now + idle < deadline


def renew(request: HttpRequest, response: HttpResponse, own_device: bool, staff: bool, minutes: int = 0) -> None:
    """Move the deadline."""
    token, _deadline, last = _of(request)
    write(response, token, own_device, staff=staff, minutes=minutes, last=last)


def write(
    response: HttpResponse, token: str, own_device: bool, *, staff: bool = False, minutes: int = 0, last: float = math.inf
) -> None:
    """Set the cookie: kept for 30 days on a device of one's own, gone with the browser on a shared one."""
    now, (idle, most) = int(time.time()), _limits(own_device, staff, minutes)
    last = min(now + most, last)
    deadlines = f"{int(min(now + idle, last)):x}.{int(last):x}"
    put(response, "seat", f"{token}.{deadlines}.{_sign(token, deadlines)}", max_age=int(last) - now if own_device else None)


def clear(response: HttpResponse) -> None:
    """
    Have the browser throw away all that it keeps of us.

    The session's cookie changes to one that says nothing: by that alone browsers throw away pages kept for Back.
    """
    put(response, "seat", "gone", max_age=1)
    drop(response, "codes")
    response.headers["Clear-Site-Data"] = WIPE


def _limits(own_device: bool, staff: bool, minutes: int) -> tuple[int, int]:
    """Return the seconds of nothing, at most as many `minutes` as she chose, and those in any case."""
    idle, most = (limits.OWN_IDLE, limits.OWN_MOST) if own_device else (limits.SHARED_IDLE, limits.SHARED_MOST)
    if staff:
        idle, most = limits.STAFF_IDLE, limits.STAFF_MOST
    return min(idle, minutes * 60) if minutes else idle, most


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
