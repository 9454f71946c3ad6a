"""Lint rules of our own, for mistakes of our own; each has good and bad lines in tests/test_lint_own.py."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("kith/**/*.py", "kith/**/*.html", "kith/**/*.js", "kith/**/*.css", "bench/**/*.py", "tools/**/*.py", "tests/**/*.py")
SHELLS = ("asgi.py", "urls.py", "web/", "mail/", "phone/", "feeds/", "api/", "cli/", "testing/", "settings/")
# Files under a shell that may name rows, and why.
OWN_ROWS = {
    "kith/cli/demo/loading.py": "makes a world of its own, years of it at once",
    "kith/cli/demo/scaling.py": "a million rows in bulk, for benchmarks only",
}
# Files that may call HTML trusted: each only puts together escaped parts, HTML that core/markup.py has cleaned, or our own sentences.
TRUSTED = {
    "kith/core/markup.py", "kith/core/drawing.py", "kith/groups/queries/doors.py", "kith/groups/queries/members.py", "kith/groups/queries/own.py",
    "kith/groups/places.py", "kith/web/jinja.py", "kith/web/pages/plain.py", "kith/web/conversation/thread.py",
    "kith/conversation/masks.py", "kith/conversation/queries/own.py", "kith/web/conversation/composer.py",
}  # fmt: skip
NAMES = {"STARTTLS", "TLS"}  # the same in every language
WIDEST, LONGEST = 130, 80  # letters of a template's line, lines of a template
_JINJA = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}|{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
_SHOWN = re.compile(
    r">([^<>]*[^\W\d_]{3,}[^<>]*)<|\s(?:title|alt|placeholder|aria-label|aria-description)=\"([^\"]*[^\W\d_]{3,}[^\"]*)\""
)
Rule = Callable[[str, str], Iterator[str]]


def objects_in_shells(path: str, text: str) -> Iterator[str]:
    """Shells call queries and actions: no `.objects` and no `_set.all()` under web and cli."""
    if path.startswith(("kith/web/", "kith/cli/")) and "/tests/" not in path and path not in OWN_ROWS:
        yield from _each(r"\.objects\b|_set\.all\(", path, text, "call a query or an action instead of .objects")


def clock_in_rooms(path: str, text: str) -> Iterator[str]:
    """Rooms are handed `at`; only shells and jobs read the clock."""
    inside = path.removeprefix("kith/")
    if path != inside and not inside.startswith(SHELLS) and "/tests/" not in path and not re.search(r"/jobs(/|\.py$)", path):
        yield from _each(r"\bclock\.now\b|from kith\.core\.clock import .*\bnow\b", path, text, "a room is handed `at`")


def trust_elsewhere(path: str, text: str) -> Iterator[str]:
    """HTML is trusted in a few reviewed files only."""
    if path.startswith("kith/") and path.endswith(".py") and path not in TRUSTED and "/tests/" not in path:
        pattern = r"\bmark_safe\(|\bSafeString\(|\btrusted\(|\bMarkup\((?![\"'])"
        yield from _each(pattern, path, text, "HTML is trusted only in the files that tools/lint_own.py lists")


def unsafe_templates(path: str, text: str) -> Iterator[str]:
    """Templates: nothing marked safe, no style attribute, no inline script or handler."""
    if path.endswith(".html"):
        pattern = r"\|\s*safe\b|autoescape\s+false|\sstyle=|<style\b|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:"
        yield from _each(pattern, path, text, "no |safe, no style, no inline script")


def bare_words(path: str, text: str) -> Iterator[str]:
    """Every word that a template shows or reads out goes through gettext."""
    if path.endswith(".html"):
        shown = _JINJA.sub(lambda found: "\n" * found.group().count("\n"), text)
        for found in _SHOWN.finditer(shown):
            words = (found.group(1) or found.group(2)).strip()
            if words not in NAMES:
                yield f"{path}:{shown.count(chr(10), 0, found.end()) + 1}: {words!r} is not in _()"


def long_templates(path: str, text: str) -> Iterator[str]:
    """A template can be read: short lines, and not many of them."""
    if path.endswith(".html"):
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            if len(line) > WIDEST:
                yield f"{path}:{number}: {len(line)} letters in a line, at most {WIDEST}"
        if len(lines) > LONGEST:
            yield f"{path}:{LONGEST + 1}: {len(lines)} lines, at most {LONGEST}: move a part to a component or a partial"


def bare_refusals(path: str, text: str) -> Iterator[str]:
    """What an error says to a person goes through gettext."""
    if path.startswith("kith/") and path.endswith(".py") and "/tests/" not in path and not path.startswith("kith/cli/"):
        pattern = r"\b(Invalid|Refused|Stale|SignInFirst)\((\*\*{\w+: |\w+=)?f?[\"']"
        yield from _each(pattern, path, text, "what a person reads goes through _()")


def unnumbered_todo(path: str, text: str) -> Iterator[str]:
    """A note for later names the issue that tracks it."""
    yield from _each(r"(#|//|/\*|<!--).*\b(TODO|FIXME|XXX)\b(?! #\d)", path, text, "a TODO names its issue, as in TODO #12")


def _each(pattern: str, path: str, text: str, words: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        if re.search(pattern, line):
            yield f"{path}:{number}: {words}"


RULES: tuple[Rule, ...] = (
    objects_in_shells,
    clock_in_rooms,
    trust_elsewhere,
    unsafe_templates,
    bare_words,
    long_templates,
    bare_refusals,
    unnumbered_todo,
)


def files() -> list[str]:
    """List our sources, but for the two files that hold bad lines."""
    found = {str(path.relative_to(ROOT)) for pattern in SOURCES for path in ROOT.glob(pattern)}
    return sorted(found - {"tests/test_lint_own.py", "tools/lint_own.py"})


def breaks() -> list[str]:
    """List every break of every rule in the tree."""
    return [problem for path in files() for rule in RULES for problem in rule(path, (ROOT / path).read_text(encoding="utf-8"))]


def main() -> None:
    """Print every break, and fail if there is one."""
    found = breaks()
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
