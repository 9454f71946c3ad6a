"""Lint rules of our own, for mistakes of our own; each has a good and a bad line in tests/test_lint_own.py."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRUSTED = {
    "kith/core/markup.py", "kith/core/drawing.py", "kith/groups/queries.py", "kith/web/pages/plain.py",
    "kith/conversation/queries/topic.py", "kith/conversation/queries/topics.py", "kith/conversation/queries/catching_up.py",
}  # fmt: skip
_TEXT = re.compile(r">([^<>{}]*[A-Za-z]{3,}[^<>{}]*)<")
_TAGS = re.compile(r"{%\s*trans\b.*?{%\s*endtrans\s*%}|{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
_PLAIN = {"STARTTLS", "TLS"}


def objects_in_shells(path: str, text: str) -> Iterator[str]:
    """Shells call queries and actions: no `.objects`, no `_set.all()` under web and cli (the demo loader makes its own world)."""
    if path.startswith(("kith/web/", "kith/cli/")) and not path.startswith("kith/cli/demo/") and "/tests/" not in path:
        if path == "kith/cli/working.py":
            return  # sweeps core's own rows, which have no action to call
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"\.objects\b|_set\.all\(", line):
                yield f"{path}:{number}: call a query or an action instead of .objects"


def trust_elsewhere(path: str, text: str) -> Iterator[str]:
    """HTML is trusted in a few reviewed files only."""
    if path.endswith(".py") and path not in TRUSTED and "/tests/" not in path and path.startswith("kith/"):
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"\bmark_safe\(|\btrusted\(|\bMarkup\((?![\"'])", line):
                yield f"{path}:{number}: HTML may be trusted only in {', '.join(sorted(TRUSTED))}"


def unsafe_templates(path: str, text: str) -> Iterator[str]:
    """Templates: nothing marked safe, no style attribute, no inline script."""
    if path.endswith(".html"):
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"\|\s*safe\b|autoescape\s+false|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", line):
                yield f"{path}:{number}: no |safe, no style=, no inline script"


def bare_words(path: str, text: str) -> Iterator[str]:
    """Every visible word in a template goes through gettext."""
    if path.endswith(".html"):
        shown = _TAGS.sub("", text)
        for found in _TEXT.finditer(shown):
            if found.group(1).strip() not in _PLAIN:
                yield f"{path}: {found.group(1).strip()!r} is not in _()"


def unnumbered_todo(path: str, text: str) -> Iterator[str]:
    """A note for later names the issue that tracks it."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(r"\b(TODO|FIXME)\b(?! #\d)", line):
            yield f"{path}:{number}: a TODO names its issue"


RULES: tuple[Callable[[str, str], Iterator[str]], ...] = (
    objects_in_shells, trust_elsewhere, unsafe_templates, bare_words, unnumbered_todo,
)  # fmt: skip


def main() -> None:
    """Print every break and fail if there is one."""
    breaks = [problem for path in files() for rule in RULES for problem in rule(path, (ROOT / path).read_text(encoding="utf-8"))]
    print("\n".join(breaks))
    sys.exit(bool(breaks))


def files() -> list[str]:
    """List our sources."""
    found = [*ROOT.glob("kith/**/*.py"), *ROOT.glob("kith/**/*.html"), *ROOT.glob("kith/**/*.js"), *ROOT.glob("bench/**/*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in found)


if __name__ == "__main__":
    main()
