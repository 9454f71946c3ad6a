"""What is shown of a post that was found: the words around the first hit, every hit marked."""

from markupsafe import Markup, escape

from kith.conversation import limits
from kith.conversation.search.words import Phrase, spots
from kith.core.text import plain

Span = tuple[int, int]
_MORE = "\u2026"


def mark(text: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Mark in a text what was looked for."""
    return _marked(text, 0, len(text), _hits(text, wanted, language, len(text)))


def snippet(words: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Cut a post around the first of what was looked for, and mark all of it."""
    text = plain(words)
    hits = _hits(text, wanted, language, limits.SNIPPET)
    begin = _begin(text, hits[0][0]) if hits else 0
    end = _end(text, begin)
    cut = _marked(text, begin, end, hits)
    return Markup("{}{}{}").format(_MORE if begin else "", cut, _MORE if end < len(text) else "")


def _hits(text: str, wanted: tuple[Phrase, ...], language: str, reach: int) -> list[Span]:
    """List where phrases stand, no further than `reach` behind the first."""
    lasts: dict[str, list[Phrase]] = {}
    for phrase in wanted:
        lasts.setdefault(phrase[-1], []).append(phrase)
    hits: list[Span] = []
    stems: list[str] = []
    begins: list[int] = []
    for stem, begin, end in spots(text, language) if wanted else ():
        if hits and begin > hits[0][0] + reach:
            break
        stems.append(stem)
        begins.append(begin)
        if stem in lasts:
            lengths = [len(phrase) for phrase in lasts[stem] if tuple(stems[-len(phrase) :]) == phrase]
            if lengths:
                _put(hits, (begins[-max(lengths)], end))
    return hits


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
    parts, at = [], begin
    for first, last in hits:
        if first >= begin and last <= end:
            parts += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
            at = last
    return Markup("").join([*parts, escape(text[at:end])])
