"""The headers of safety as they must be, written out: compared with the code's own values, a weaker one would pass."""

GOLDEN = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types kith"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), aria-notify=(), autoplay=(), browsing-topics=(), camera=(), captured-surface-control=(), "
        "clipboard-read=(), clipboard-write=(), compute-pressure=(), cross-origin-isolated=(), deferred-fetch=(), "
        "deferred-fetch-minimal=(), digital-credentials-create=(), digital-credentials-get=(), display-capture=(), "
        "encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), "
        "idle-detection=(), interest-cohort=(), keyboard-map=(), language-detector=(), language-model=(), local-fonts=(), "
        "local-network=(), local-network-access=(), loopback-network=(), magnetometer=(), media-playback-while-not-visible=(), "
        "microphone=(), midi=(), on-device-speech-recognition=(), otp-credentials=(), payment=(), picture-in-picture=(), "
        "private-state-token-issuance=(), private-state-token-redemption=(), publickey-credentials-create=(), "
        "publickey-credentials-get=(), screen-wake-lock=(), serial=(), speaker-selection=(), storage-access=(), summarizer=(), "
        "sync-xhr=(), translator=(), unload=(), usb=(), window-management=(), xr-spatial-tracking=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, noarchive, nosnippet",
}
HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}  # two years


def missing(headers, *, https=False, opens=()):
    """Say which headers of an answer are not as they must be, from a page that `opens` features for itself: by name, what stands there."""
    wanted = GOLDEN | (HSTS if https else dict.fromkeys(HSTS))
    for feature in opens:
        wanted["Permissions-Policy"] = wanted["Permissions-Policy"].replace(f"{feature}=()", f"{feature}=(self)")
    return {name: headers.get(name) for name, value in wanted.items() if headers.get(name) != value}
