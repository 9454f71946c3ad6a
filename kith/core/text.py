"""Clean what people type, and render it: once, at write time."""

import re
import unicodedata
from itertools import accumulate

import nh3
from django.utils.translation import gettext as _
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

from kith.core.errors import Invalid

# Direction overrides and invisible marks can make one name look like another, or hide words.
_INVISIBLE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x200B, 0x2060, 0xFEFF, 0x00AD, 0x180E]
)
_CONTROL = dict.fromkeys([c for c in range(0x20) if c not in (0x0A, 0x09)] + list(range(0x7F, 0xA0)))
_MANY_MARKS = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_LIKE = str.maketrans(
    "0135|\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u04bb\u0501\u051b\u0455\u03bf\u03b1\u03c1\u03bd\u03b9\u0131",
    "oiesiaeopcyxijhdqsoapvii",
)
_RULES = ["emphasis", "list", "blockquote", "link", "heading", "newline", "escape", "backticks", "autolink"]
_plainly = MarkdownIt("zero", {"html": False, "breaks": True}).enable(_RULES)
_renderer = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": True}).enable([*_RULES, "linkify"])
# Only what begins with https:// or http:// becomes a link by itself.
_links = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
for _scheme in ("//", "ftp:", "mailto:"):
    _links.add(_scheme, None)
_renderer.linkify = _links
_MARKS = re.compile(r"^[>\-*#\s]+|_", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\s]*\)")
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]")
# Letters of Latin script that no decomposition takes apart.
_LATIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "code"}


def clean(text: str, *, one_line: bool = False) -> str:
    """
    Normalise typed text: NFC, plain line ends, without NUL, control, direction-override and invisible characters.

    Zero-width joiners stay, since whole scripts and many emoji need them. Lone surrogates become U+FFFD.
    """
    text = _SURROGATE.sub("\ufffd", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text.translate(_CONTROL).translate(_INVISIBLE))
    text = _MANY_MARKS.sub(r"\1", text)
    if one_line:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def is_blank(text: str) -> bool:
    """Say whether nothing can be seen in this text."""
    return not any(unicodedata.category(c)[0] not in "ZC" for c in text)


def check_length(text: str, most: int, *, field: str) -> None:
    """
    Ask for fewer letters.

    :raises Invalid: for `field`, past `most`
    """
    if len(text) > most:
        raise Invalid(**{field: _("Please use %(n)s letters or fewer. This has %(has)s.") % {"n": most, "has": len(text)}})


def skeleton(name: str) -> str:
    """
    Fold a name to what it looks like, so that two look-alikes in one group are found.

    After the idea of Unicode Technical Standard 39 (confusables), for the letters that are used to deceive in Latin script.
    """
    folded = unicodedata.normalize("NFKD", clean(name, one_line=True)).casefold()
    letters = drop_accents(folded).translate(_LOOKS_LIKE)
    letters = letters.replace("l", "i").replace("rn", "m").replace("vv", "w")
    return "".join(c for c in letters if c.isalnum())


def render(words: str) -> str:
    """Render the Markdown subset (paragraphs, emphasis, lists, quotes, links, small headings) to clean HTML."""
    html = (_renderer if "://" in words else _plainly).render(words)  # looking for addresses costs as much as all the rest
    html = re.sub(r"<(/?)h[12]>", r"<\1h3>", html)
    html = re.sub(r"<(/?)h[56]>", r"<\1h4>", html)
    return clean_html(html)


def clean_html(html: str) -> str:
    """Let through our own few tags, and links that lead out without a word about where they come from."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noreferrer nofollow ugc",
    )


def fold(words: str) -> str:
    """Fold text to what a search compares: no capitals, no accents, one kind of apostrophe."""
    if words.isascii():
        return words.lower()
    return drop_accents(words.casefold(), only=_COMBINING).replace("\u2019", "'")


def fold_latin(words: str) -> str:
    """Fold case, accents, and the letters of Latin script that are typed as others; ü stays apart from ue, as most type it."""
    return drop_accents(words.replace("İ", "i").casefold()).translate(_LATIN)


def drop_accents(words: str, *, only: re.Pattern[str] | None = None, compatible: bool = True) -> str:
    """
    Take letters apart and leave their accents out: the marks of every script, or `only` some.

    Not `compatible`: only letters and their marks are taken apart, not what merely looks like a letter.
    """
    apart = unicodedata.normalize("NFKD" if compatible else "NFD", words)
    return only.sub("", apart) if only else "".join(c for c in apart if not unicodedata.combining(c))


def plain(words: str) -> str:
    """Return text on one line, marks of Markdown left out."""
    return " ".join(_MARKS.sub(" ", _LINK.sub(r"\1", words)).replace("*", "").replace("`", "").split())


def excerpt(words: str, length: int = 140, *, near: str = "") -> str:
    """
    Cut text for a list: whole words, marks of Markdown left out, an ellipsis where it was cut; `near` is to be in it.

    Where there is no space to cut at, as in Chinese or in a very long word, it is cut between letters.
    """
    flat = plain(words if near else words[: length * 4])  # four times as much is enough, whatever is left out
    hit = _place_of(near, flat) if near else 0
    begin = hit - length // 4
    if begin > 0:
        begin = flat.find(" ", begin, hit) + 1 or begin
        flat, hit = "\u2026" + flat[begin:], hit - begin + 1
    if len(flat) <= length:
        return flat
    end = flat.rfind(" ", hit + len(near), length)
    return flat[: end if end > 0 else length].rstrip(" ,;:.") + "\u2026"


def _place_of(near: str, words: str) -> int:
    """Return where the same stands in these words for a search, or 0; folding can make a letter longer, so letters are counted."""
    folded = fold(words)
    place = max(0, folded.find(fold(near)))
    if len(folded) == len(words):
        return place
    ends = accumulate(len(fold(letter)) for letter in words)
    return next((at for at, end in enumerate(ends) if end > place), 0)
