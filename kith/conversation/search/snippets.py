"""What is shown of a post that was found: the words around the first hit, every hit marked."""

import re

from markupsafe import Markup, escape

from kith.conversation import limits
from kith.conversation.search.words import Phrase, spots, stems
from kith.core.text import plain

Span = tuple[int, int]
_NONE, _OPEN, _CLOSE, _MORE = Markup(""), Markup("<mark>"), Markup("</mark>"), Markup("\u2026")


def mark(text: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Mark in a text what was looked for."""
    return _marked(text, 0, len(text), _hits(text, wanted, language))


def snippet(words: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Cut a post around the first of what was looked for, and mark all of it."""
    text = plain(words)
    hits = _hits(text, wanted, language)
    begin = _begin(text, hits[0][0]) if hits else 0
    end = _end(text, begin)
    return _marked(text, begin, end, hits)


def _hits(text: str, wanted: tuple[Phrase, ...], language: str) -> list[Span]:
    """List where phrases stand."""
    lasts: dict[str, list[Phrase]] = {}
    for phrase in wanted:
        lasts.setdefault(phrase[-1], []).append(phrase)
    hits: list[Span] = []
    if lasts.keys().isdisjoint(stems(text, language)):
        return hits
    found = spots(text, language)
    for at, (stem, place) in enumerate(found):
        if stem in lasts:
            lengths = [len(phrase) for phrase in lasts[stem] if _stands(found, at, phrase)]
            if lengths:
                _put(hits, (found[at + 1 - max(lengths)][1].start(), place.end()))
    return hits


def _stands(found: "list[tuple[str, re.Match[str]]]", at: int, phrase: Phrase) -> bool:
    """Say whether a phrase ends at this word."""
    before = at + 1 - len(phrase)
    return before >= 0 and all(found[before + n][0] == stem for n, stem in enumerate(phrase))


def _put(hits: list[Span], hit: Span) -> None:
    """Put a hit behind the others; where it begins inside the last one, both become one."""
    if hits and hit[0] < hits[-1][1]:
        hit = (min(hits[-1][0], hit[0]), hit[1])
        hits.pop()
    hits.append(hit)


def _begin(text: str, first: int) -> int:
    """Begin a third of the length before the first hit, at a word."""
    if first <= limits.SNIPPET // 3:
        return 0
    at = text.find(" ", first - limits.SNIPPET // 3, first)
    return at + 1 if at >= 0 else first


def _end(text: str, begin: int) -> int:
    """End at a word, if there is one."""
    end = begin + limits.SNIPPET
    if end >= len(text):
        return len(text)
    at = text.rfind(" ", begin + limits.SNIPPET // 2, end)
    return at if at >= 0 else end


def _marked(text: str, begin: int, end: int, hits: list[Span]) -> Markup:
    parts, at = [_MORE] if begin else [], begin
    for first, last in hits:
        if first >= begin and last <= end:
            parts += [escape(text[at:first]), _OPEN, escape(text[first:last]), _CLOSE]
            at = last
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(_MORE)
    return _NONE.join(parts)
