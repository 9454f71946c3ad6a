"""What changed between two texts, word by word: in time that grows with the text, however it was changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A word with its apostrophes, a letter of a script that writes without spaces, one mark, or the space between.
_LETTERS = r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
_WORDS = re.compile(rf"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|{_LETTERS}(?:['\u2019]{_LETTERS})*|\s+|.")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
MOST = 500  # changes that are looked for one by one; past them whole lines are compared, then the rest as one
Edit = tuple[str, str]  # what it is: "" (the same), "gone" or "new"; and one piece of text


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the same in both ("" as its kind), "gone" from the first, or "new" in the second."""

    kind: str
    words: str


def differences(before: str, after: str) -> list[Piece]:
    """Say how one text became another, in order."""
    edits = None
    for pattern in (_WORDS, _LINES):
        edits = edits or _edits(pattern.findall(before), pattern.findall(after))
    return _joined([("gone", before), ("new", after)] if edits is None or _is_another(edits) else edits)


def _is_another(edits: list[Edit]) -> bool:
    """Say whether more went and more came than stayed: scattered words of two texts are harder to read than one after the other."""
    sizes = {of: sum(len(words.strip()) for kind, words in edits if kind == of) for of in ("", "gone", "new")}
    return min(sizes["gone"], sizes["new"]) > sizes[""]


def _edits(a: Sequence[str], b: Sequence[str]) -> list[Edit] | None:
    """Return the fewest edits, or None where there are too many: Myers, "An O(ND) Difference Algorithm" (1986)."""
    start = next((at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    pairs = zip(reversed(rest_a), reversed(rest_b), strict=False)
    end = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(rest_a), len(rest_b)))
    middle = _shortest(rest_a[: len(rest_a) - end], rest_b[: len(rest_b) - end])
    if middle is None:
        return None
    return [*[("", word) for word in a[:start]], *middle, *[("", word) for word in rest_a[len(rest_a) - end :]]]


def _shortest(a: Sequence[str], b: Sequence[str]) -> list[Edit] | None:
    """Walk as far as each number of changes goes, on each diagonal `k`, until the end of both is met."""
    reach, trace = {1: 0}, list[dict[int, int]]()
    for count in range(min(MOST, len(a) + len(b)) + 1):
        trace.append(dict(reach))
        for k in range(-count, count + 1, 2):
            down = k == -count or (k != count and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < len(a) and x - k < len(b) and a[x] == b[x - k]:
                x += 1
            reach[k] = x
            if x >= len(a) and x - k >= len(b):
                return list(reversed(list(_way_back(a, b, trace))))
    return None


def _way_back(a: Sequence[str], b: Sequence[str], trace: list[dict[int, int]]) -> Iterator[Edit]:
    x, y = len(a), len(b)
    for count in range(len(trace) - 1, -1, -1):
        reach, k = trace[count], x - y
        down = k == -count or (k != count and reach[k - 1] < reach[k + 1])
        before_k = k + 1 if down else k - 1
        before_x = reach[before_k] if count else 0
        before_y = before_x - before_k if count else 0
        while x > before_x and y > before_y:
            x, y = x - 1, y - 1
            yield "", a[x]
        if count and down:
            y -= 1
            yield "new", b[y]
        elif count:
            x -= 1
            yield "gone", a[x]


def _joined(edits: list[Edit]) -> list[Piece]:
    """Join neighbours; between two sames, what is gone stands before what is new, and a lone space does not part them."""
    pieces, gone, new = list[Piece](), "", ""
    for at, (kind, words) in enumerate(edits):
        inside = kind == "" and words.isspace() and "\n" not in words and 0 < at < len(edits) - 1
        if inside and edits[at - 1][0] and edits[at + 1][0] and (gone or new):
            gone, new = gone + words, new + words
        elif kind:
            gone, new = (gone + words, new) if kind == "gone" else (gone, new + words)
        else:
            pieces += _changed(gone, new)
            gone = new = ""
            same = pieces.pop().words if pieces and not pieces[-1].kind else ""
            pieces.append(Piece("", same + words))
    return [*pieces, *_changed(gone, new)]


def _changed(gone: str, new: str) -> list[Piece]:
    return [Piece(kind, words) for kind, words in (("gone", gone), ("new", new)) if words]
