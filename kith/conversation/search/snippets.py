"""What is shown of a post that was found: the words around the first hit, every hit marked."""

from markupsafe import Markup, escape

from kith.conversation import limits
from kith.conversation.search.words import Phrase, spots
from kith.core.text import plain

Span = tuple[int, int]
_MORE = "\u2026"


def mark(text: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Mark in a text what was looked for."""
    return _marked(text, 0, len(text), _hits(text, wanted, language))


def snippet(words: str, wanted: tuple[Phrase, ...], language: str) -> Markup:
    """Cut a post around the first of what was looked for, and mark all of it."""
    text = plain(words)
    hits = _hits(text, wanted, language)
    begin = _begin(text, hits[0][0]) if hits else 0
    end = _end(text, begin)
    cut = _marked(text, begin, end, hits)
    return Markup("{}{}{}").format(_MORE if begin else "", cut, _MORE if end < len(text) else "")


def _hits(text: str, wanted: tuple[Phrase, ...], language: str) -> list[Span]:
    """List where phrases stand, as far as a snippet reaches."""
    found = list(spots(text, language)) if wanted else []
    stems = [stem for stem, _begin, _end in found]
    firsts: dict[str, list[Phrase]] = {}
    for phrase in wanted:
        firsts.setdefault(phrase[0], []).append(phrase)
    hits: list[Span] = []
    for at, stem in enumerate(stems):
        lengths = [len(phrase) for phrase in firsts.get(stem, ()) if tuple(stems[at : at + len(phrase)]) == phrase]
        if lengths and (not hits or found[at][1] >= hits[-1][1]):
            hits.append((found[at][1], found[at + max(lengths) - 1][2]))
    return hits


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
