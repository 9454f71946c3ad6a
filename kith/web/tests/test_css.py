"""The style sheets: small files, no words in them that cannot be translated, no class that nothing wears."""

import re
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent
SHEETS = sorted((WEB / "css").rglob("*.css"))
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


def _plain(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _worn():
    files = [p for ending in ("html", "js", "py") for p in WEB.parent.rglob(f"*.{ending}") if "tests" not in p.parts]
    return set(re.findall(r"[a-zA-Z][\w-]*", " ".join(p.read_text(encoding="utf-8") for p in files)))


def test_no_sheet_is_longer_than_200_lines():
    assert {p.name: n for p in SHEETS if (n := len(p.read_text(encoding="utf-8").splitlines())) > 200} == {}


def test_every_class_is_worn_somewhere():
    worn = _worn() | {"saved--lost", "saved--waiting"}  # put together by autosave.js
    assert [f"{p.name}: {c}" for p in SHEETS for c in _CLASS.findall(_plain(p)) if c not in worn] == []


def test_no_words_stand_in_a_style_sheet():
    said = {p.name: found for p in SHEETS if (found := re.findall(r'content: "[^"]*[a-zA-Z]{2}[^"]*"', _plain(p)))}
    assert said == {}


def test_colours_stand_in_the_tokens_alone():
    """The print sheet, the drawn room and the faces excepted: they keep their colours in every theme."""
    free = ("tokens", "utilities", "room", "avatar")
    loose = {p.name: found for p in SHEETS if p.stem not in free and (found := re.findall(r"#[0-9a-f]{3,6}\b", _plain(p)))}
    assert loose == {}
