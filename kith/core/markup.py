"""The one place where text becomes trusted HTML: drawings of ours, and words that `text.render` has cleaned."""

from markupsafe import Markup


def trusted(html: str) -> Markup:
    """Mark HTML that we drew or cleaned as safe to show; never call it on what somebody typed."""
    return Markup(html)  # noqa: S704 - this function is the allow-list; tools/lint_own.py names who may call it
