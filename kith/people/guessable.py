"""Pass-phrases that a guesser tries early: a common word said over and over, a run along the keys, a name that anyone can see."""

import functools
import gzip
from itertools import pairwise
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

FILE = Path(__file__).parent / "data" / "common.txt.gz"  # 107,000 entries; tools/common.py says whence
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ELSEWHERE = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm")  # French and German keys
_LEAST, _MOST = 4, 20  # letters of one piece
_PIECES = 2  # so many of the commonest words, said as often as she likes, are not enough; nor is one of the others
_SLACK = 3  # letters that may stand between the pieces
_REST = 8  # letters that must be left beside the names that anyone can see


def is_common(phrase: str) -> bool:
    """Say whether it is on the list of common ones, or only made of one or two of them and of runs along the keys."""
    letters = letters_of(phrase)
    return letters in _listed() or len(set(letters)) < 5 or _is_made_of_few(letters)


def is_little_more_than(phrase: str, *names: str) -> bool:
    """Say whether hardly anything is left without these names and the numbers."""
    letters = letters_of(phrase)
    for name in sorted({"".join(c for c in letters_of(name) if not c.isdecimal()) for name in names}, key=len, reverse=True):
        if len(name) > 1:
            letters = letters.replace(name, "")
    left = sum(not c.isdecimal() for c in letters)
    return left < _REST and left < sum(not c.isdecimal() for c in letters_of(phrase))


def letters_of(words: str) -> str:
    """Return its letters and numbers alone, small."""
    return "".join(c for c in words.casefold() if c.isalnum())


def _is_made_of_few(letters: str) -> bool:
    """Walk through the letters piece by piece; `state` is where we are, which words were used, and how many letters were passed over."""
    states, seen = [(0, frozenset[str](), 0)], set()
    while states:
        state = states.pop()
        at, used, passed = state
        if at >= len(letters):
            return True
        if state in seen:
            continue
        seen.add(state)
        if letters[at].isdecimal():
            states.append((at + 1, used, passed))
        elif passed < _SLACK:
            states.append((at + 1, used, passed + 1))
        states += [(at + len(piece), more, passed) for piece, more in _pieces(letters, at, used)]
    return False


def _pieces(letters: str, at: int, used: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    found = []
    for end in range(at + _LEAST, min(at + _MOST, len(letters)) + 1):
        piece = letters[at:end]
        if all(_is_step(a, b) for a, b in pairwise(piece)):
            found.append((piece, used))
        elif piece in used or _is_one_more(piece, used):
            found.append((piece, used | {piece}))
    return found


def _is_one_more(piece: str, used: frozenset[str]) -> bool:
    if used:
        return len(used) < _PIECES and piece in _commonest() and used <= _commonest()
    return piece in _listed()


def _is_step(one: str, other: str) -> bool:
    """Say whether these two follow in the alphabet or lie side by side on some keyboard."""
    return abs(ord(one) - ord(other)) <= 1 or one + other in _steps()


@functools.cache
def _steps() -> frozenset[str]:
    places = {key: (column + row / 2, row) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
    near = {a + b for a, (x, y) in places.items() for b, (v, w) in places.items() if abs(x - v) <= 1 and abs(y - w) <= 1}
    near |= {a + b for keys in _ELSEWHERE for a, b in pairwise(keys)}
    return frozenset(near | {pair[::-1] for pair in near})


@functools.cache
def _commonest() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(gzip.decompress(FILE.read_bytes()).decode().split("\n"))
