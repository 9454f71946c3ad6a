"""The headers of safety: the same on every answer, be it a page, a picture, an asset or a stream, whatever its status."""

from functools import cache

from django.conf import settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types kith"
)
# Everything that a browser lets a page do unless it is told not to. Hints about the device (`ch-…`) are only sent to who asks for them.
CLOSED = (
    "accelerometer", "aria-notify", "autoplay", "browsing-topics", "camera", "captured-surface-control", "clipboard-read",
    "clipboard-write", "compute-pressure", "cross-origin-isolated", "deferred-fetch", "deferred-fetch-minimal",
    "digital-credentials-create", "digital-credentials-get", "display-capture", "encrypted-media", "fullscreen", "gamepad",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map",
    "language-detector", "language-model", "local-fonts", "local-network", "local-network-access", "loopback-network",
    "magnetometer", "media-playback-while-not-visible", "microphone", "midi", "on-device-speech-recognition", "otp-credentials",
    "payment", "picture-in-picture", "private-state-token-issuance", "private-state-token-redemption",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection",
    "storage-access", "summarizer", "sync-xhr", "translator", "unload", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
UNNAMED = (b"server", b"")  # else the server would write its own name here
HSTS = "max-age=63072000; includeSubDomains"


@cache
def policy(opens: tuple[str, ...] = ()) -> str:
    """Close every feature of the browser but those that a page opens for itself (`reach(opens=…)`), and for no other site."""
    return ", ".join(f"{feature}=({'self' if feature in opens else ''})" for feature in CLOSED)


HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": policy(),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, noarchive, nosnippet",
}


def safety(opens: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the headers of an answer: with HSTS where browsers come by https, and with what its page opens."""
    headers = HEADERS | {"Permissions-Policy": policy(opens)}
    return headers | {"Strict-Transport-Security": HSTS} if settings.ENV.https else headers
