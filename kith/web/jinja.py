"""The Jinja2 environment of all pages: strict, escaping, and translated when a template is compiled, once per language."""

import re
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from kith.core import drawing
from kith.web.assets import manifest
from kith.web.finding.addresses import concern_path

_environments: dict[str, Environment] = {}
_loader = FileSystemLoader(Path(__file__).resolve().parent / "templates")
_INDENT = re.compile(r"\n[ \t]+")
# Elements round which a line break never shows.
_BLOCKS = (
    "address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend"
    "|li|link|main|meta|nav|ol|option|p|script|section|select|summary|table|tbody|td|th|thead|title|tr|ul"
)
_UNSEEN = re.compile(rf"(</?(?:{_BLOCKS})\b[^<>]*>)\n+|\n+(?=</?(?:{_BLOCKS})\b)")


def environment_for(language: str) -> Environment:
    """Return the environment of one language; its templates are compiled with that language's words in them."""
    if language not in _environments:
        _environments[language] = _Translated(language)
    return _environments[language]


class _Translated(Environment):
    """Constant sentences are translated at compile time, so that a page looks nothing up while it is drawn."""

    def __init__(self, language: str) -> None:
        super().__init__(
            loader=_loader, extensions=["jinja2.ext.i18n"], undefined=StrictUndefined, autoescape=True, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False, cache_size=-1,
        )  # fmt: skip
        self.language = language
        self.install_gettext_callables(self._gettext, self._ngettext, newstyle=True)  # type: ignore[attr-defined]
        self._known: dict[str, str] = {}
        self.globals["_"] = self.globals["gettext"] = self._say
        self.globals.update(
            url=_url, static=_static, avatar=drawing.avatar, emblem=drawing.emblem, room=drawing.room, mark=drawing.mark,
            sketch=drawing.sketch, concern_path=concern_path, k=_Components(self),
        )  # fmt: skip

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Take the indentation off; it is there for whoever reads the template."""
        return super().preprocess(_INDENT.sub("\n", source), name, filename)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Hand out the globals as one plain mapping: the chain that Jinja makes is slow to copy for every page."""
        return {**self.globals, **d} if d else self.globals

    def _say(self, message: str, /, **values: Any) -> Markup:
        """Translate a sentence and fill in its values, escaped; looked up once per language."""
        if message not in self._known:
            self._known[message] = self._gettext(message)
        return Markup(self._known[message] % {name: escape(value) for name, value in values.items()})  # noqa: S704 - our own sentences

    def _gettext(self, message: str) -> str:
        with translation.override(self.language):
            return translation.gettext(message)

    def _ngettext(self, one: str, many: str, n: int) -> str:
        return _plural(self.language, one, many, n)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Fold(self).visit(tree)
        return tree


@lru_cache(4096)
def _plural(language: str, one: str, many: str, n: int) -> str:
    with translation.override(language):
        return translation.ngettext(one, many, n)


class _Components:
    """The macros of components/, found by name and then held: `k.field` is the macro `field` of components/field.html."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def __getattr__(self, name: str) -> Any:
        macro = getattr(self._env.get_template(f"components/{name}.html").module, name)
        setattr(self, name, macro)
        return macro


class _Fold(NodeTransformer):
    """
    Put the translation in place of `_("…")`, the address in place of `static("…")`, the component in place of `k.name("…")` where
    nothing of it changes; drop line breaks that never show.
    """

    def __init__(self, env: _Translated) -> None:
        self.env = env

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:
        """Drop line breaks beside block elements, so that the layout of a template is not sent."""
        node.data = _UNSEEN.sub(r"\1", node.data)
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
        """Leave a component alone that is called with what lies in it."""
        node.body = [self.visit(child) for child in node.body]
        self.generic_visit(node.call)
        return node

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        """Replace calls whose answer is known now."""
        self.generic_visit(node, *args, **kwargs)
        given = [*node.args, *(pair.value for pair in node.kwargs)]
        known = [value.value for value in given if isinstance(value, nodes.Const)]
        if node.dyn_args or node.dyn_kwargs or len(known) < len(given):
            return node
        values = known[: len(node.args)]
        if isinstance(node.node, nodes.Name) and len(given) == len(values) == 1:
            if node.node.name in ("_", "gettext"):
                return nodes.Const(Markup(self.env._gettext(values[0])).replace("%%", "%"), lineno=node.lineno)  # noqa: S704 - our own sentences
            if node.node.name == "static":
                return nodes.Const(_static(values[0]), lineno=node.lineno)
        if isinstance(node.node, nodes.Getattr) and isinstance(node.node.node, nodes.Name) and node.node.node.name == "k":
            named = dict(zip((pair.key for pair in node.kwargs), known[len(values) :], strict=True))
            return nodes.Const(getattr(self.env.globals["k"], node.node.attr)(*values, **named), lineno=node.lineno)
        return node


def _url(name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs)


def _static(name: str) -> str:
    return manifest()[name]
