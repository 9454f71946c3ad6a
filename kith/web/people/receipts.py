"""The receipt of a closed account on its way to the page that shows it: in no address, so in no history."""

import re

from django.http import HttpResponse
from django.urls import reverse

from kith.web import cookies
from kith.web.request import Request

COOKIE, SECONDS = "receipt", 300
_FORM = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")


def keep_receipt(response: HttpResponse, receipt: str) -> None:
    """Carry a receipt to the page that shows it; it says nothing of whose it is."""
    response.set_cookie(
        COOKIE,
        receipt,
        max_age=SECONDS,
        path=reverse("closed"),
        httponly=True,
        samesite="Lax",
        secure=cookies.name().startswith("__"),
    )


def read_receipt(request: Request) -> str:
    """Return the receipt, or nothing where there is none."""
    held = str(request.COOKIES.get(COOKIE, ""))
    return held if _FORM.fullmatch(held) else ""
