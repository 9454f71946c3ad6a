"""Slow guessing down without keeping addresses: counts under keyed hashes, in memory, with a key that dies with the process."""

import hashlib
import hmac
import os
import threading
import time
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network

from django.conf import settings

from kith.web.request import Request

_KEY = os.urandom(32)
_MOST = 20_000  # keys held at once; the oldest go first
QUARTER, HOUR, DAY = 900, 3600, 86_400  # seconds
PACES = {  # how many, in how many seconds
    "post": (30, 600), "invite": (20, DAY), "report": (20, DAY), "wish": (20, DAY), "picture": (60, DAY), "download": (10, HOUR),  # of one persona
    "search": (60, 300),  # of one person, or from one network
    "step": (20, QUARTER),  # of one person
    "find": (60, 300), "sign_up": (20, HOUR), "sign_in": (60, QUARTER), "way_in": (60, QUARTER),  # from one network
    "first": (20, HOUR),  # from everywhere
}  # fmt: skip
_lock = threading.Lock()
_seen: dict[bytes, list[float]] = {}


class TooMany(Exception):
    """This was tried too often; `wait` says for how many minutes."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def allow(kind: str, who: str, *, most: int, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
    """
    Count one try of `kind` by `who`.

    :raises TooMany: past `most` tries in `seconds`
    """
    if settings.ENV.demo:
        return  # invented people only: a demo is shown, and measured
    now, key = clock(), _key(kind, who)
    with _lock:
        tries = [at for at in _seen.pop(key, []) if at > now - seconds]
        if len(tries) >= most:
            _seen[key] = tries
            raise TooMany(max(1, int((tries[0] + seconds - now) // 60) + 1))
        _seen[key] = [*tries, now]
        while len(_seen) > _MOST:
            del _seen[next(iter(_seen))]


def forgive(kind: str, who: str) -> None:
    """Forget the tries of `kind` by `who`: the last one was right."""
    with _lock:
        _seen.pop(_key(kind, who), None)


def _key(kind: str, who: str) -> bytes:
    return hmac.digest(_KEY, f"{kind}:{who}".encode(), hashlib.sha256)


def pace(act: str, who: int | str) -> None:
    """
    Count one act, of those that have a pace, of a persona or from a network.

    :raises TooMany: past what people do, however much they have to say
    """
    most, seconds = PACES[act]
    allow(act, str(who), most=most, seconds=seconds)


def forget() -> None:
    """Forget every count; for tests."""
    with _lock:
        _seen.clear()


def network_of(request: Request) -> str:
    """Return what tells one visitor's network from another's; believed from a proxy only if it is listed."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if peer in settings.ENV.proxies:
        peer = str(request.META.get("HTTP_X_FORWARDED_FOR", peer)).rsplit(",", 1)[-1].strip()
    return _network(peer) if ":" in peer else peer


def _network(address: str) -> str:
    """Return the network of an IPv6 address: one home has more addresses than could ever be counted."""
    try:
        whole = IPv6Address(address)
    except ValueError:
        return address
    return str(whole.ipv4_mapped or IPv6Network((int(whole), 64), strict=False))
