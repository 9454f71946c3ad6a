"""Two languages that nobody speaks: one with every letter dressed and every sentence longer, one from right to left."""

import re
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "kith" / "web" / "locale"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_KEEP = re.compile(r"(%\([a-z_]+\)[sd]|%%|</?[a-z][^>]*>|&[a-z]+;)")
_DRESSED = str.maketrans("aeiouyncsAEIOUNCS", "áéíóúýñçšÁÉÍÓÚÑÇŠ")


def dress(sentence: str) -> str:
    """Dress a sentence: accents, a third longer, in brackets; its places and tags stay as they are."""
    parts = _KEEP.split(sentence)
    words = "".join(part if at % 2 else part.translate(_DRESSED) for at, part in enumerate(parts))
    return f"⟦{words}{' ·' * (len(sentence) // 8)}⟧"


def mirror(sentence: str) -> str:
    """Write a sentence as a right-to-left script would stand: Arabic letters for Latin ones."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
    parts = _KEEP.split(sentence)
    turned = "".join(
        part if at % 2 else re.sub(r"[A-Za-z]", lambda m: letters[ord(m.group().lower()) - 97], part)
        for at, part in enumerate(parts)
    )
    return f"⟦{turned}⟧"


def sentences() -> list[str | tuple[str, ...]]:
    """List every sentence of the pages and rooms."""
    found = extract_from_dir(
        str(ROOT / "kith"), METHODS, {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}},
        keywords={"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}, strip_comment_tags=True,
    )  # fmt: skip
    return sorted({message if isinstance(message, str) else tuple(message) for _f, _l, message, _c, _x in found}, key=str)


@cache
def build() -> None:
    """Write both catalogues beside the real ones, once in a process; git does not keep them."""
    for locale, turn in (("en_XA", dress), ("ar_XB", mirror)):
        catalog = Catalog(locale="en", domain="django")
        for message in sentences():
            catalog.add(message, turn(message) if isinstance(message, str) else tuple(turn(form) for form in message))
        path = FOLDER / locale / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            write_mo(file, catalog)
        Path(file.name).replace(path)  # whoever reads it meanwhile reads a whole one


if __name__ == "__main__":
    build()
