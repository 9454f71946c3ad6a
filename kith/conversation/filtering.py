"""
Whether a reader's own filter folds a text: her word, its plain inflections, with or without accents and hyphens, as a word of its own.

Pure; it is never asked who wrote the text. How it was judged: tests/filters.json.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kith.conversation.identifying.name_words import TELLING_IN
from kith.core.text import fold_latin

# French and Italian words that lose their vowel: l'alcool, dell'amore, qu'il.
_ELIDED = re.compile(
    r"(?<![^\W\d_])(?:[cdjlmnst]|qu|(?:jus|lors|puis)qu|(?:d|n|s)?ell|all|dall|sull|coll|un|gl)['’ʼ](?=[aeiouyh])"
)
_APOSTROPHE = re.compile("['’ʼ‘`´]")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^<>]*>")
_CITE = re.compile(r"<cite>.*?</cite>", re.DOTALL)
_BREAK = re.compile(r"</(?:p|li|h3|h4|blockquote)>|<(?:hr|ul|ol)[^<>]*>")
_BETWEEN = r"(?:-|[ \t]?[–—,&+/]?[ \t]*\n?[ \t]*)"  # within one sentence: no full stop, no empty line
_NO_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that put no spaces between words
_ENOUGH = 5  # letters from which a filter is inflected by every language's rules where a text does not tell its own
_LONGEST = 60_000  # letters of one text that are read


def find_filter(words: Sequence[str], text: str) -> str:
    """Return the first of these filters that folds this text, as its owner wrote it; empty if none does."""
    if not words or not text:
        return ""
    flat = _flat(text[:_LONGEST])
    spoken = _spoken(flat)
    return next((word for word in words if (pattern := _pattern(word, spoken)) and pattern.search(flat)), "")


def plain_of(html: str) -> str:
    """Return the words of a post's page form, without the name above a quote: a filter never folds because of who wrote."""
    text = _TAG.sub(" ", _BREAK.sub("\n\n", _CITE.sub(" ", html.replace("<br>", "\n"))))
    for entity, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#39;", "'"),
        ("&#34;", '"'),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ):
        text = text.replace(entity, letter)
    return text


def _flat(text: str) -> str:
    """Fold case, accents and apostrophes."""
    plain = fold_latin(text).replace("\u00ad", "")
    return _APOSTROPHE.sub("", _ELIDED.sub(" ", plain))


def _spoken(flat: str) -> frozenset[str]:
    """Tell the languages of a text by its small words; empty where nothing tells."""
    heard = _WORD.findall(flat)[:300]
    counts = {language: sum(word in telling for word in heard) for language, telling in _telling().items()}
    most = max(counts.values())
    told = frozenset(language for language, count in counts.items() if count and count == most)
    return frozenset({"en"}) if "en" in told else told


@lru_cache(maxsize=1)
def _telling() -> dict[str, frozenset[str]]:
    return {language: frozenset(map(_flat, words)) for language, words in TELLING_IN.items()}


@lru_cache(maxsize=2048)
def _pattern(word: str, spoken: frozenset[str]) -> re.Pattern[str] | None:
    flat = _flat(word).strip()
    parts = _WORD.findall(flat) if not any(c.isdigit() for c in flat) else re.findall(r"[^\W_]+", flat)
    if not parts:
        return None
    if _NO_SPACES.search(flat):
        return re.compile(re.escape(flat))
    wide = {_spelled(word, at, len(parts)) for at in range(len(parts))}
    ways = _BETWEEN.join(_any_of(part, spoken, wide) for part in parts)
    if len(parts) == 2:
        ways = f"(?:{ways}|{_any_of(''.join(parts), spoken, wide)})"
    return re.compile(rf"(?<![^\W\d_]){ways}(?![^\W_])")


def _spelled(word: str, at: int, parts: int) -> str:
    """Return a part of the filter with its umlauts spelled out: Übelkeit is written Uebelkeit too."""
    spelled = word.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    found = _WORD.findall(_flat(spelled))
    return found[at] if at < len(found) and parts == len(found) else ""


def _any_of(part: str, spoken: frozenset[str], wide: set[str]) -> str:
    words = {part, *(other for other in wide if other and other.replace("ae", "a").replace("oe", "o").replace("ue", "u") == part)}
    if re.search("ae|oe|ue", part):
        words.add(part.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
    forms = {form for one in words for form in _forms(one, spoken)}
    # A hyphen may stand anywhere in a word that its owner wrote together; a space may not.
    return "(?:" + "|".join("-?".join(map(re.escape, form)) for form in sorted(forms, key=len, reverse=True)) + ")"


def _forms(word: str, spoken: frozenset[str]) -> set[str]:
    forms = {word} | _english(word)
    told = spoken or (frozenset(_PLURALS) if len(word) >= _ENOUGH else frozenset({"tr"}))
    for language in told:
        forms |= _PLURALS.get(language, _english)(word)
    return forms


def _english(word: str) -> set[str]:
    """Inflect by the usual changes of spelling: cutting, raped, babies, dying, bingeing."""
    forms = {word + "s"}
    if len(word) < 3:
        return forms
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(word + "es")
    if word.endswith("ie"):
        return forms | {word + "d", word[:-2] + "ying"}
    if word.endswith("e"):
        return forms | {word + "d", word[:-1] + "ing", word + "ing"} | ({word[:-2] + "ves"} if word.endswith("fe") else set())
    if word[-1] == "y" and word[-2] not in "aeiou":
        return forms | {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith("f"):
        forms.add(word[:-1] + "ves")
    if word.endswith("c"):
        return forms | {word + "ked", word + "king"}
    doubles = word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou"
    if doubles:
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    if not doubles or len(re.findall("[aeiouy]+", word)) > 1:
        forms |= {word + "ed", word + "ing"}
    return forms


def _german(word: str) -> set[str]:
    ends = ("e", "n", "en", "er", "s", "nen", "es", "ern")
    forms = {word + end for end in ends}
    last = max((word.rfind(vowel), vowel) for vowel in ("a", "o", "u"))
    at = word.rfind("au") if word.rfind("au") >= 0 and word.rfind("au") >= last[0] - 1 else last[0]
    if at >= 0:
        spelled = word[: at + 1] + "e" + word[at + 1 :]
        forms |= {spelled + end for end in ("", "e", "er", "n", "en", "ern")}
    return forms | ({word[:-2] + "en"} if word.endswith(("um", "us", "ma")) else set())


def _dutch(word: str) -> set[str]:
    forms = {word + end for end in ("en", "n", "s", "eren")}
    if len(word) > 2 and word[-1] not in "aeiou" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        forms.add(word + word[-1] + "en")
    if len(word) > 3 and word[-1] not in "aeiou" and word[-2] == word[-3] and word[-2] in "aeou":
        forms.add(word[:-2] + word[-1] + "en")
        forms.add(word[:-2] + {"f": "v", "s": "z"}.get(word[-1], word[-1]) + "en")
    if word[-1] in "fs":
        forms.add(word[:-1] + {"f": "v", "s": "z"}[word[-1]] + "en")
    return forms


def _french(word: str) -> set[str]:
    forms = {word + "s", word + "x", word + "es"}
    return forms | ({word[:-2] + "aux"} if word.endswith("al") else set())


def _spanish(word: str) -> set[str]:
    forms = {word + "s", word + "es"}
    return forms | ({word[:-1] + "ces"} if word.endswith("z") else set())


def _portuguese(word: str) -> set[str]:
    forms = {word + "s", word + "es"}
    if word.endswith("ao"):
        forms |= {word[:-2] + end for end in ("oes", "aes", "aos")}
    if word.endswith("m"):
        forms.add(word[:-1] + "ns")
    if word.endswith("l"):
        forms |= {word[:-1] + "is", word[:-2] + "is", word[:-2] + "eis"}
    return forms


def _italian(word: str) -> set[str]:
    forms = set()
    for end, others in (
        ("co", "chi ci"),
        ("go", "ghi gi"),
        ("ca", "che"),
        ("ga", "ghe"),
        ("io", "i ii"),
        ("cia", "ce cie"),
        ("gia", "ge gie"),
        ("a", "e i"),
        ("o", "i a"),
        ("e", "i"),
    ):
        if word.endswith(end) and len(word) > len(end) + 1:
            forms |= {word[: -len(end)] + other for other in others.split()}
    return forms


def _polish(word: str) -> set[str]:
    forms = {word + end for end in ("y", "i", "e", "ie", "owie", "a")}
    if word[-1] in "ao":
        forms |= {word[:-1] + end for end in ("y", "i", "e", "a", "ie")}
    if word.endswith(("ek", "ec")):
        forms.add(word[:-2] + word[-1] + ("i" if word[-1] == "k" else "e"))
    if word.endswith("ie"):
        forms.add(word[:-1] + "a")
    return forms - {word}


def _turkish(word: str) -> set[str]:
    return {word + "lar", word + "ler"}


_PLURALS = {
    "en": _english, "de": _german, "nl": _dutch, "fr": _french, "es": _spanish, "pt": _portuguese, "it": _italian, "pl": _polish,
    "tr": _turkish,
}  # fmt: skip
