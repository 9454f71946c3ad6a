"""Words as the index holds them, split, stemmed and folded by the group's language; and what somebody looks for."""

import re
import threading
import unicodedata
from dataclasses import dataclass

import snowballstemmer

from kith.conversation import limits
from kith.core.text import clean, drop_accents

Phrase = tuple[str, ...]
_NAMES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_SPLIT_AT_APOSTROPHE = {"ca", "fr", "it"}  # l'eau is two words, don't is one
# Scripts that set no spaces between words: every sign is a word, and a run of them is looked for as a phrase.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that belong to the letter before them.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u09cd\u0a01-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d\u200c\u200d"
_LETTERS = rf"(?:[^\W_{_SIGNS}]|[{_MARKS}])+"
_WORD = re.compile(rf"[{_SIGNS}]|{_LETTERS}(?:['\u2019]{_LETTERS})*")
_PART = re.compile(rf"[{_SIGNS}]|{_LETTERS}")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_PLAIN_PART = re.compile(r"[A-Za-z0-9]+")
# Accents are not told apart: they are often left out on a telephone. Vowel signs of Indic scripts are letters, and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200c\u200d'\u2019]")
_ASKED = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\uff02", '"') | dict.fromkeys("\u2212\u2013", "-")
)
_MOST = 100_000  # words known of a language
_lock = threading.Lock()
_stemmers: dict[str, snowballstemmer.basestemmer.BaseStemmer] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words and phrases that must be there, and such that must not, as she typed them."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The same in the words of one language's index."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...]


def parse(typed: str) -> Asked:
    """Read what was typed: words, "phrases", and -words or -"phrases" that must not be there. Whatever was typed means something."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _ASKED.findall(clean(typed, one_line=True).translate(_QUOTES)):
        part = phrase or word
        if stems(part, "en"):
            (unwanted if minus else wanted).append(part)
    return Asked(tuple(wanted[: limits.MAX_ASKED]), tuple(unwanted[: limits.MAX_ASKED]))


def terms(asked: Asked, language: str) -> Terms:
    """Return what somebody looks for as the index of a group in this language holds it."""
    return Terms(_phrases(asked.wanted, language), _phrases(asked.unwanted, language))


def _phrases(parts: tuple[str, ...], language: str) -> tuple[Phrase, ...]:
    return tuple(phrase for part in parts if (phrase := tuple(stems(part, language))))


def stems(text: str, language: str) -> list[str]:
    """Return the words of a text as the index holds them, in their order."""
    code = _code(language)
    known = _known[code]
    return [stem for word in _pattern(text, code).findall(text) if (stem := known[word])]


def spots(text: str, language: str) -> list[tuple[str, "re.Match[str]"]]:
    """Return the words of a text as the index holds them, each with what tells where it stands."""
    code = _code(language)
    known = _known[code]
    return [(stem, found) for found in _pattern(text, code).finditer(text) if (stem := known[found[0]])]


def _code(language: str) -> str:
    return language.lower().partition("-")[0].partition("_")[0]


def _pattern(text: str, code: str) -> "re.Pattern[str]":
    if code in _SPLIT_AT_APOSTROPHE:
        return _PLAIN_PART if text.isascii() else _PART
    return _PLAIN_WORD if text.isascii() else _WORD


class _Known(dict[str, str]):
    """The stems of one language that were needed lately, by word. In pure Python a stem costs 0.1 ms; few words make up most texts."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        return self.setdefault(word, _stem(self._code, word))


class _Languages(dict[str, _Known]):
    """What is known of each language; all that have no stemmer are one."""

    def __missing__(self, code: str) -> _Known:
        return self.setdefault(code, _Known(code)) if code in _NAMES else self.setdefault("", _Known(""))


_known = _Languages()


def _stem(code: str, word: str) -> str:
    """Stem and fold one word: letters and digits only, nothing that an index could take for its own syntax."""
    plain = unicodedata.normalize("NFKC", word).casefold().replace("\u2019", "'")
    if code in _NAMES and len(plain) <= limits.MAX_STEM:
        with _lock:  # a stemmer keeps the word that it works on
            if code not in _stemmers:
                _stemmers[code] = snowballstemmer.stemmer(_NAMES[code])
            plain = _stemmers[code].stemWord(plain)
    folded = unicodedata.normalize("NFC", drop_accents(plain, only=_ACCENTS, compatible=False))
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc"))[: limits.MAX_STEM]
