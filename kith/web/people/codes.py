"""Ten fresh codes on their way to the page that shows them: a cookie that only the person it was made for can open."""

import json
import time

from django.http import HttpResponse

from kith.people.rows import NewAccount
from kith.people.sealing import Unreadable, seal, unseal
from kith.web import cookies
from kith.web.request import Request

COOKIE, SECONDS = "codes", 1800


def keep_codes(response: HttpResponse, account: NewAccount) -> None:
    """Carry fresh codes to the page that shows them, sealed for their owner, for half an hour at most."""
    plain = json.dumps({"name": account.sign_in_name, "codes": account.codes, "until": int(time.time()) + SECONDS}).encode()
    cookies.put(response, COOKIE, seal(plain, place=f"cookie.codes:{account.person}").hex(), max_age=SECONDS)


def read_codes(request: Request) -> tuple[str, list[str]] | None:
    """Open the cookie if it was made for whoever is signed in and its time is not over."""
    try:
        sealed = bytes.fromhex(request.COOKIES.get(cookies.name(COOKIE), ""))
        held = json.loads(unseal(sealed, place=f"cookie.codes:{request.viewer.person}"))
    except (Unreadable, ValueError):
        return None
    return (held["name"], held["codes"]) if held["until"] > time.time() else None


def drop_codes(response: HttpResponse) -> None:
    """Take the cookie away, whoever it was made for."""
    cookies.drop(response, COOKIE)
