"""The Jinja2 environment of all pages: strict, escaping, translated."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from kith.core import drawing
from kith.web.assets import manifest


def environment(**options: Any) -> Environment:
    """Make the environment; Django hands the options over."""
    options |= {"undefined": StrictUndefined, "autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - escapes: see the line above
    env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        url=_url, static=_static, avatar=drawing.avatar, emblem=drawing.emblem, room=drawing.room,
        mark=drawing.mark, sketch=drawing.sketch,
    )  # fmt: skip
    return env


def _gettext(message: str) -> str:
    return translation.gettext(message)


def _ngettext(one: str, many: str, n: int) -> str:
    return translation.ngettext(one, many, n)


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def _static(name: str) -> str:
    return manifest()[name]
