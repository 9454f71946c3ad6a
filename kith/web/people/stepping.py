"""The second step on the way in: who has done the first one stands in the form, sealed, for five minutes; no session exists before."""

import json
import time
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from fido2.utils import websafe_encode

from kith.people import actions, queries
from kith.people.sealing import Unreadable, seal, unseal
from kith.web.page import page
from kith.web.people.carrying import kept_in
from kith.web.request import Request

SECONDS = 300
_PLACE, _BYTES = "door.half:0", 512


def ask_step(request: Request, person: int, kinds: set[str], *, own: bool, problem: str = "") -> HttpResponse:
    """Ask for the second step of somebody who has done the first."""
    half = seal_half({"person": person, "own": own})
    passkey = ask_passkey(request, person) if "passkey" in kinds else None
    return page(
        request, "people/step.html", status=422 if problem else 200, half=half, kinds=kinds, problem=problem, passkey=passkey,
        codes=queries.get_account(person).codes_left, next=request.POST.get("next") or request.GET.get("next", ""), kept=kept_in(request),
    )  # fmt: skip


def ask_passkey(request: Request, person: int | None) -> dict[str, str]:
    """Make what a browser needs to show a passkey, and what has to come back with it."""
    options, state = actions.begin_asking(person, host=host_of(request), site=request.site.name)
    return {"options": as_json(options), "state": seal_half({"passkey": state})}


def seal_half(held: dict[str, Any]) -> str:
    """Seal what has to come back with the form, for five minutes."""
    plain = json.dumps(held | {"until": int(time.time()) + SECONDS}).encode()
    return seal(plain.ljust(_BYTES), place=_PLACE).hex()


def open_half(token: str) -> dict[str, Any]:
    """Open it; empty if it is not ours, or its time is over."""
    try:
        held: dict[str, Any] = json.loads(unseal(bytes.fromhex(token), place=_PLACE))
    except (Unreadable, ValueError):
        return {}
    return held if held["until"] > time.time() else {}


def host_of(request: Request) -> str:
    """Return the name of this site as a passkey knows it."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def as_json(options: Any) -> str:
    """Write WebAuthn options down as browsers read them back: bytes as base64url."""
    return json.dumps(options, default=_plain)


def _plain(value: Any) -> Any:
    return websafe_encode(value) if isinstance(value, bytes) else dict(value)
