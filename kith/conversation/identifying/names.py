"""One's own real name, whole or a part of it; where a part is an everyday word too, only where it is used as a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kith.conversation.identifying import name_words as known
from kith.conversation.identifying.spot import Spot
from kith.core.text import fold_latin

_TOKEN = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"^(?:[ ]+|[-]|[ ]?[’'][ ]?|[ ]*,[ ]|[.][ ]?)$")
_SENTENCE_END = re.compile(r"[.!?…:;\n\"“”„«»(]|^$")
_KISSES = re.compile(r"^[\s.,!)x♥❤🤍💜🙏🌸~*_-]*$", re.IGNORECASE)
_THING_AFTER = known.listed(
    """line station street road hospital park disease syndrome syndrom palsy lymphoma sponge university airport coach ward line hotel cross island falls county square lane house centre center bus bridge clinic hall school court
    krankheit straße platz maladie malattia enfermedad choroba hastalığı ziekte dementia body bodies thyroiditis phenomenon"""
)
_HERE = ("here", "hier", "ici", "aquí", "qui", "tutaj", "aqui", "again")  # "Hope here"


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    shown: str
    folded: str


def find_names(text: str, own_names: Sequence[str], own_handles: Sequence[str] = ()) -> list[Spot]:
    """List where one's own name stands, in the order of the text."""
    spots = _whole(text, own_handles)
    parts = {part for name in own_names for part in _parts(name)}
    if not parts:
        return spots
    words = [_Word(m.start(), m.end(), m[0], fold_latin(m[0])) for m in _TOKEN.finditer(text)]
    hits = [at for at, word in enumerate(words) if word.folded in parts]
    if not hits:
        return spots
    language = _language(words)
    mine = {at for at in hits if _is_name(text, words, at, parts, language)}
    return spots + _together(text, words, mine)


def _parts(name: str) -> set[str]:
    """Return the parts of a name that may stand alone; initials, titles and "van" or "de" may not."""
    found = {fold_latin(part) for part in _PART.findall(name)}
    return {part for part in found if len(part) > 1 and part not in known.PARTICLES and part not in known.TITLES}


def _whole(text: str, handles: Sequence[str]) -> list[Spot]:
    """Find what stands before the @ of one's address: as it is, or its parts side by side."""
    spots: list[Spot] = []
    for handle in handles:
        pieces = re.findall(r"[^\W_]+", handle)[:6]
        if sum(map(len, pieces)) < 4:
            continue
        pattern = re.compile(rf"(?<!\w){'[ ._-]?'.join(map(re.escape, pieces))}(?!\w)", re.IGNORECASE)
        spots += [Spot("name", m.start(), m.end(), m[0]) for m in pattern.finditer(text)]
    return spots


def _language(words: Sequence[_Word]) -> str:
    """Tell the language by its small words; empty where nothing tells."""
    heard = [word.shown.casefold() for word in words[:400]]
    counts = {language: sum(word in telling for word in heard) for language, telling in known.TELLING_IN.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else ""


def _everyday(word: _Word, language: str) -> bool:
    languages = [language] if language else list(known.EVERYDAY_IN)
    return any(word.folded in _folded_words(one) for one in languages)


_FOLDED: dict[str, frozenset[str]] = {}


def _folded_words(language: str) -> frozenset[str]:
    if language not in _FOLDED:
        _FOLDED[language] = frozenset(map(fold_latin, known.EVERYDAY_IN[language] | known.TELLING_IN[language]))
    return _FOLDED[language]


_PLACES = frozenset(map(fold_latin, known.PLACES_AND_ILLNESSES))


def _is_name(text: str, words: Sequence[_Word], at: int, parts: set[str], language: str) -> bool:
    word = words[at]
    place = word.folded in _PLACES
    if not place and not _everyday(word, language):
        return True
    if not word.shown[0].isupper():
        return False
    return _used_as_name(text, words, at, parts, language, place=place)


@dataclass(frozen=True, slots=True)
class _Around:
    """A word with what stands beside it: the words, and what is between."""

    previous: _Word | None
    before: str
    after: str
    following: _Word | None


def _around(text: str, words: Sequence[_Word], at: int) -> _Around:
    previous = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    before = text[previous.end if previous else 0 : words[at].start]
    return _Around(previous, before, text[words[at].end : following.start if following else len(text)], following)


def _used_as_name(text: str, words: Sequence[_Word], at: int, parts: set[str], language: str, *, place: bool) -> bool:
    """Say whether a capital stands here because somebody is meant."""
    word, near = words[at], _around(text, words, at)
    a_thing = near.following is not None and near.following.folded in _folded_things()
    if _beside_another_part(word, near, parts):
        return True
    if a_thing and _JOINED.match(near.after):
        return False
    if near.previous and near.previous.folded in known.TITLES and re.match(r"^[. ]{1,2}$", near.before):
        return not (place and a_thing)
    if _introduced(text, word.start) or _signed(text, words, at) or _with_age(text, word, near) or _in_quotes(near):
        return True
    if near.following and near.following.shown.casefold() in _HERE and near.after == " ":
        return _SENTENCE_END.search(near.before) is not None or at == 0 or language != "de"
    if place or language == "de" or word.folded in known.CAPITAL_ANYWAY or word.shown.isupper():
        return False
    return _capital_within_a_sentence(near)


def _beside_another_part(word: _Word, near: _Around, parts: set[str]) -> bool:
    return any(
        beside is not None
        and beside.folded in parts
        and beside.folded != word.folded
        and beside.shown[0].isupper()
        and _JOINED.match(gap) is not None
        for beside, gap in ((near.previous, near.before), (near.following, near.after))
    )


def _with_age(text: str, word: _Word, near: _Around) -> bool:
    """Say whether a line begins like "Hope, 34, new here"."""
    first = near.previous is None or "\n" in near.before
    return first and re.match(r"^(?:, ?\d| ?\((?:she|he|they|\d))", text[word.end : word.end + 12]) is not None


def _in_quotes(near: _Around) -> bool:
    return re.search(r"[\"“„«‚‘']$", near.before) is not None and re.match(r"^[,.!?]?[\"”“»’‘']", near.after) is not None


def _capital_within_a_sentence(near: _Around) -> bool:
    """Say whether a capital stands alone in the middle of a sentence, where everyday words have none."""
    return (
        near.previous is not None
        and _SENTENCE_END.search(near.before) is None
        and not near.previous.shown[0].isupper()
        and not (near.following and near.after == " " and near.following.shown[0].isupper())
    )


_THINGS: set[str] = set()


def _folded_things() -> set[str]:
    if not _THINGS:
        _THINGS.update(map(fold_latin, _THING_AFTER))
    return _THINGS


def _introduced(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].casefold()
    if not before.endswith((" ", ":", "'", "’")):
        return False
    before = before.rstrip()
    return any(before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha() for phrase in known.INTRODUCING)


def _signed(text: str, words: Sequence[_Word], at: int) -> bool:
    """Say whether a word closes a letter: the last one, after a line, a full stop, a dash or a greeting."""
    word = words[at]
    rest = text[word.end :]
    line = rest.partition("\n")[0]
    if not _KISSES.match(line):
        return False
    if not _KISSES.match(rest) and "\n" not in rest:
        return False
    before = text[max(0, word.start - 30) : word.start]
    if re.search(r"(?:\n|^|[.!?…)][ ]+|[-–—~/][ ]?|[.!?]\s*)$", before):
        return at > 0
    if re.match(r"^ (?:x{1,3}|[♥❤🤍💜🙏🌸~])", line):
        return True
    close = re.search(r"([^\W\d_]+)[ ,!.:]{1,3}(?:(?:from|von|de|van|od|di|da|aus)[ ])?$", before)
    return bool(close and fold_latin(close[1]) in {fold_latin(one) for one in known.CLOSING})


def _together(text: str, words: Sequence[_Word], mine: set[int]) -> list[Spot]:
    spots: list[Spot] = []
    last = -2
    for at in sorted(mine):
        start = words[at].start
        if spots and last >= 0 and at - last <= 2 and _one_name(text, words, last, at):
            start = spots.pop().start
        spots.append(Spot("name", start, words[at].end, text[start : words[at].end]))
        last = at
    return spots


def _one_name(text: str, words: Sequence[_Word], last: int, at: int) -> bool:
    gap = text[words[last].end : words[at].start]
    if at - last == 1:
        return re.match(r"^(?:[ ]+|-|[’'])$", gap) is not None
    return words[last + 1].folded in known.PARTICLES or (len(words[last + 1].shown) == 1 and "," not in gap)
