"""Street addresses with a house number, in the ways that nine languages write them, and postcodes with a house number."""

import re

from kith.conversation.identifying import address_forms as forms
from kith.conversation.identifying.spot import Spot

_I = re.IGNORECASE


def find_addresses(text: str) -> list[Spot]:
    """List street addresses in the order of the text."""
    found: list[tuple[int, int]] = []
    for start, end in _near_numbers(text):
        for pattern, fits in _RULES:
            found += [
                _widen(text, _begin(match), match.end()) for match in pattern.finditer(text, start, end) if fits(text, match)
            ]
    spots: list[Spot] = []
    for start, end in sorted(found):
        if spots and start < spots[-1].end:
            if end > spots[-1].end:
                start = spots.pop().start
            else:
                continue
        spots.append(Spot("address", start, end, text[start:end]))
    return spots


def _near_numbers(text: str) -> list[tuple[int, int]]:
    """List the stretches of text round its numbers: an address has a house number, and the rest need not be read."""
    stretches: list[tuple[int, int]] = []
    for match in forms.NUMBER.finditer(text):
        start, end = max(0, match.start() - forms.REACH), match.end() + forms.REACH
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return [(_edge(text, start, -1), _edge(text, end, 1)) for start, end in stretches]


def _edge(text: str, at: int, step: int) -> int:
    """Move to where no word is cut."""
    for _letter in range(40):
        if at <= 0 or at >= len(text) or text[at - 1].isspace():
            break
        at += step
    return min(max(at, 0), len(text))


def _begin(match: re.Match[str]) -> int:
    """Leave out the words of the sentence that a pattern took for the first words of a street."""
    street = match.groupdict().get("street")
    if not street or match.re not in (forms.SUFFIX, forms.WEAK):
        return match.start()
    words = list(re.finditer(r"[^ -]+", street))
    first = len(words) - 1
    while first > 0 and words[first - 1][0][0].isupper() and words[first - 1][0] not in forms.SENTENCE:
        first -= 1
    return match.start() + words[first].start()


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the flat before it, and what of unit, town and postcode follows."""
    if more := forms.MORE.match(text, end):
        end = more.end()
    head = forms.HEAD.search(text[max(0, start - 20) : start])
    tail = forms.TAIL.match(text, end)
    start = start - len(head[0]) if head else start
    words = text[start : tail.end() if tail else end].rstrip(" ,;.")
    return start, start + len(words)


def _english(text: str, match: re.Match[str]) -> bool:
    names, kind = match["name"].split(), match["type"]
    before = text[max(0, match.start() - 30) : match.start()]
    after = text[match.end() : match.end() + 20]
    if any(
        name.casefold().strip(".") in forms.NOT_NAME
        for name in names
        if not (name.isupper() and 1 < len(name) < 4 and kind[0].isupper() and not kind.isupper())
    ) or forms.NOT_AFTER.match(after):
        return False
    if any(re.search(r"[.!?]$", name) and len(name) > 4 for name in names):
        return False
    number = match["num"].strip()
    if re.fullmatch(r"(?:19|20)\d\d", number) and re.search(r"\b(?:in|since|of|until|by|from|year)[ ]$", before, _I):
        return False
    named = match.start("num") > match.start()
    if not named and forms.NOT_HOUSE.search(before):
        return False
    proper = all(name[0].isupper() or name[0].isdigit() or name.casefold() in ("of", "the") for name in names)
    if proper and (kind[0].isupper() or named):
        return True
    if match["comma"] and not proper:
        return False
    if kind.casefold() not in forms.STRONG.split("|"):
        return False
    if kind.casefold() in ("way", "court", "close", "st", "dr", "row", "walk", "hill", "rise", "drive") and not (
        proper or forms.LIVE.search(before)
    ):
        return False
    return proper or named or bool(forms.LIVE.search(before)) or bool(re.match(r"^\s*(?:$|[,.;!?])", after) and len(names) <= 2)


def _broadway(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 30) : match.start()]
    if forms.LIVE.search(before):
        return True
    return match[0].split()[-1][0].isupper() and not forms.NOT_HOUSE.search(text[max(0, match.start() - 30) : match.start()])


def _postcode(text: str, match: re.Match[str]) -> bool:
    code = match["code"] or match["code2"] or match["code3"]
    if re.fullmatch(r"\d{4}[ ]?[A-Z]{2}", code):
        return code[0] != "0" and not code.endswith(("SS", "AD", "BC", "AM", "PM", "MG"))
    return bool(code[0].isalpha())


def _suffix(text: str, match: re.Match[str]) -> bool:
    street = match["street"].split()[-1].casefold()
    rest = text[match.end() : match.end() + 14]
    if street in ("allee", "gasse", "straße", "strasse", "str.", "str", "plein", "kade"):
        parts = match["street"].split()
        return (
            len(parts) > 1
            and parts[0][0].isupper()
            and parts[0].casefold()
            not in ("die", "der", "das", "eine", "einer", "unsere", "unserer", "meine", "meiner", "auf", "de", "het")
        )
    return not re.match(r"[ ](?:Kinder|Leute|Männer|Frauen|Autos|Hunde|mensen)\b", rest)


def _weak(text: str, match: re.Match[str]) -> bool:
    last = re.split(r"[ -]", match["street"])[-1].casefold()
    if last in forms.NOT_WEAK or any(
        last.endswith(word) and len(word) > 5 for word in ("bahnhof", "parkplatz", "spielplatz", "therapieplatz")
    ):
        return False
    after = text[match.end() : match.end() + 20]
    if re.match(r"[ ][a-zäöü]", after) and not forms.LIVE.search(text[max(0, match.start() - 30) : match.start()]):
        return bool(re.match(r"[ ](?:in|im|und|aber|klingel|hinten|oben|unten|bei|wer|wo|da|die|der|das|ist|kommt)\b", after))
    return match["street"].split()[-1][0].isupper() or bool(forms.LIVE.search(text[max(0, match.start() - 30) : match.start()]))


def _am(text: str, match: re.Match[str]) -> bool:
    name = match["name"].casefold()
    if name in ("bahnhof", "hauptbahnhof", "friedhof"):
        return False
    lives = bool(forms.LIVE.search(text[max(0, match.start() - 30) : match.start()]))
    lettered = bool(re.search(r"\d[ ]?[a-h]$", match["num"], _I))
    return bool(forms.AM_NAMES.search(name)) or lives or lettered


def _french(text: str, match: re.Match[str]) -> bool:
    kind, name = match["type"].casefold(), match["name"]
    if kind in forms.FR_SURE:
        return match["of"] != "" or name[0].isupper() or bool(forms.LIVE.search(text[max(0, match.start() - 30) : match.start()]))
    return name[0].isupper()


def _romance(text: str, match: re.Match[str]) -> bool:
    kind, names = match["type"].casefold(), match["name"].split()
    last = re.split(r"[ ,]", match[0][: match.start("num") - match.start()].rstrip(" ,"))[-1]
    if any(
        re.fullmatch(
            r"(?:que|no|y|e|con|en|a|por|che|non|in|per|il|lo|est|a|et|w|na|i|z|do|jest|dopo|después|depois|entre|hace|da|fa|mi|me|te|un|una|em|com|é|sono|ho|já|já|za|po|ok)",
            name,
            _I,
        )
        for name in names
    ):
        return False
    if any(name.endswith((".", "!", "?")) and len(name) > 4 for name in names):
        return False
    proper = names[0][0].isupper() or (names[0][0].isdigit() and len(names) > 1)
    if kind in ("r.", "c.", "v.", "p.") and not proper:
        return False
    if proper:
        return last != ""
    return kind in forms.SURE_TYPES or bool(forms.LIVE.search(text[max(0, match.start() - 30) : match.start()]))


def _anyhow(text: str, match: re.Match[str]) -> bool:
    return True


def _turkish(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"no\.?[ ]?:?[ ]?\d|numara", match[0], _I)) or match[0].split()[0][0].isupper()


_RULES = (
    (forms.ENGLISH, _english), (forms.ORDINAL, _anyhow), (forms.BROADWAY, _broadway), (forms.IN_HOUSE, _anyhow), (forms.POSTCODE, _postcode), (forms.SUFFIX, _suffix), (forms.WEAK, _weak),
    (forms.AM, _am), (forms.BEFORE_NAME, _french), (forms.ROMANCE, _romance), (forms.COLOMBIA, _anyhow), (forms.ROUTE, _anyhow), (forms.SECTOR, _anyhow), (forms.WORDED, _anyhow), (forms.POSTED, _anyhow), (forms.GERMAN_OF, _anyhow), (forms.TURKISH, _turkish), (forms.POLISH_BARE, _anyhow),
)  # fmt: skip
