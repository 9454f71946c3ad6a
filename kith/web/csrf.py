"""Django's check of forms, for pages that send no referrer."""

import os
from typing import Any

from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, CsrfViewMiddleware

_OURS = ("same-origin", "none")
_AT = {letter: at for at, letter in enumerate(CSRF_ALLOWED_CHARS)}


class Forms(CsrfViewMiddleware):
    """
    The token of Django's check, with Fetch Metadata in place of the referrer.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` and no Referer with a form (Fetch Standard, "append a
    request Origin header"), so Django's own two checks would refuse every form of ours. `Sec-Fetch-Site` says what they would
    have said; a browser too old to send it is held by the token and by a cookie that is `__Host-` and `SameSite=Lax`.
    """

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """Leave verbs that the view does not know to the view, which refuses them whatever they bring."""
        if request.method not in getattr(callback, "methods", (request.method,)):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") != "null":
            return bool(super()._origin_verified(request))  # type: ignore[misc] # not in the stubs
        return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") in _OURS

    def _check_referer(self, request: HttpRequest) -> None:
        if request.META.get("HTTP_REFERER"):
            super()._check_referer(request)  # type: ignore[misc] # not in the stubs


def form_token(request: HttpRequest) -> str:
    """Return the form's token under a fresh mask, as Django's `get_token` does, with one draw of chance instead of thirty-two."""
    if "CSRF_COOKIE" not in request.META:
        request.META.update(CSRF_COOKIE=_new_secret(), CSRF_COOKIE_NEEDS_UPDATE=True)  # as Django's `rotate_token`
    secret, size = request.META["CSRF_COOKIE"], len(CSRF_ALLOWED_CHARS)
    mask = [byte % size for byte in os.urandom(CSRF_SECRET_LENGTH)]
    hidden = [(_AT[letter] + by) % size for letter, by in zip(secret, mask, strict=True)]
    return "".join(CSRF_ALLOWED_CHARS[at] for at in (*mask, *hidden))


def _new_secret() -> str:
    """Draw a secret of Django's form: 32 of 62 letters, each alike (bytes past the last whole 62 are thrown away)."""
    size = len(CSRF_ALLOWED_CHARS)
    fair = [byte % size for byte in os.urandom(2 * CSRF_SECRET_LENGTH) if byte < 256 - 256 % size]
    if len(fair) < CSRF_SECRET_LENGTH:
        return _new_secret()
    return "".join(CSRF_ALLOWED_CHARS[at] for at in fair[:CSRF_SECRET_LENGTH])
