"""E-mail addresses, also spelled out: "anna at example dot org", "lou arobase example point fr"."""

import re

from kith.conversation.identifying.spot import Spot, blank_out

_LOCAL = r"[\w.+%'’-]{1,64}"
_LABEL = r"[\w-]{1,63}"
_PLAIN = re.compile(rf"(?<![\w@.]){_LOCAL}[ ]?[@＠][ ]?{_LABEL}(?:\.{_LABEL}){{1,4}}")
_AT_SIGN = r"(?:[@＠]|[\[({{<][ ]?(?:at|ät|aet|a|@|arobase|arroba|chiocciola|małpa|kukac|snabel-a)[ ]?[\])}}>])".replace(
    "{{", "{"
).replace("}}", "}")
_AT_WORD = r"(?:arobase|arobas|arroba|chiocciola|małpa|malpa|apenstaartje|apestaartje|klammeraffe|snabel-?a|kukac|kuyruklu a)"
_DOT = r"(?:\.|[\[({<][ ]?(?:dot|punkt|point|punto|punt|kropka|nokta|ponto|\.)[ ]?[\])}>])"
_DOT_WORD = r"(?:dot|punkt|point|punto|punt|kropka|nokta|ponto)"
_JOIN = r"(?:dot|punkt|point|punto|punt|kropka|nokta|ponto|underscore|unterstrich|tiret|bindestrich|guion|trattino|podkreślnik|dash|minus|hyphen|plus)"
_SPOKEN_LOCAL = rf"{_LOCAL}(?:[ ](?:\[|\()?{_JOIN}(?:\]|\))?[ ]{_LOCAL}){{0,3}}"
_TOP = (
    r"(?:com|net|org|info|biz|edu|gov|mil|int|name|example|test|invalid|mail|email|online|site|app|dev|eu|uk|us|ca|au|nz|ie|in|za|ng|ke|gh|de|at|ch|"
    r"fr|be|lu|nl|es|mx|ar|co|cl|pe|it|pl|pt|br|tr|se|no|dk|fi|cz|sk|hu|ro|gr|ru|ua|jp|cn|kr|il|me|io|tv|cc|fm|ai)\b"
)
# With a sign for "at" (or a word that means nothing else) any way to say "dot" will do; a bare "at" needs a spoken dot and an ending.
_SIGNED = re.compile(
    rf"(?<![\w@.]){_SPOKEN_LOCAL}[ ]?(?:{_AT_SIGN}|[ ]{_AT_WORD}[ ]|(?<=[ ]){_AT_WORD}[ ])[ ]?{_LABEL}"
    rf"(?:[ ]?{_DOT}[ ]?{_LABEL}|[ ]{_DOT_WORD}[ ]{_LABEL}){{1,4}}",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?<![\w@.]){_SPOKEN_LOCAL}[ ](?:at|ät|aet|a|à)[ ]{_LABEL}"
    rf"(?:(?:[ ](?:dot|punkt|punto|punt|kropka|nokta|ponto)[ ]|[ ]?[\[(](?:dot|punkt|point|punto)[\])][ ]?){_LABEL}){{0,3}}"
    rf"(?:[ ](?:dot|punkt|kropka|nokta)[ ]|[ ]?[\[(](?:dot|punkt|point|punto)[\])][ ]?){_TOP}",
    re.IGNORECASE,
)
# "write to kev at example.com": a bare "at" before a written domain is mostly "look at nhs.uk", so mail has to be spoken of.
_HALF = re.compile(
    rf"\b(?:e-?mails?|mailed|mailing|mail|write|schreib\w{{0,4}}|address|adresse|addy|contact|reach me|gmail|escr[ií]b\w{{0,6}}|scriv\w{{0,5}}|correo|courriel)\b"
    rf"[^\n@]{{0,40}}?[ ](?P<mail>{_LOCAL}[ ]at[ ]{_LABEL}\.(?:{_LABEL}\.)?{_TOP})",
    re.IGNORECASE,
)
# What has to stand somewhere before a pattern is worth a look: one of some letters (quick to look for, and enough for most texts), then a sign.
_AT_LETTERS = ("arob", "arroba", "chiocciola", "małpa", "malpa", "apenst", "apest", "klammera", "snabel", "kukac", "kuyruklu")
_RULES = (
    (_PLAIN, ("@", "＠"), re.compile("[@＠]")),
    (
        _SIGNED, ("@", "＠", "(", "[", "{", "<", *_AT_LETTERS),
        re.compile(rf"[@＠]|[\[({{<] ?(?:at|ät|aet|a|aro|arr|chi|mał|kuk|sna)|{_AT_WORD}", re.IGNORECASE),
    ),
    (_SPOKEN, ("dot", "punkt", "punt", "kropka", "nokta", "ponto"), re.compile("dot|punkt|punt|kropka|nokta|ponto", re.IGNORECASE)),
    (_HALF, (" at ",), re.compile(r" at \S{1,63}\.", re.IGNORECASE)),
)  # fmt: skip
_NO_LOCAL = {
    "look", "looked", "see", "is", "found", "find", "read", "it", "info", "more", "here", "us", "me", "website", "site", "online", "was", "are",
    "page", "them", "him", "her", "you", "up", "out", "chat", "forum", "posted", "article", "support", "helpline", "check",
}  # fmt: skip
_TRAIL = ".,;:!?'’-"


def find_emails(text: str) -> list[Spot]:
    """List e-mail addresses in the order of the text."""
    spots: list[Spot] = []
    folded = text.casefold()
    for pattern, letters, sign in _RULES:
        if not any(some in folded for some in letters) or not sign.search(text):
            continue
        here = []
        for match in pattern.finditer(text):
            start, end = match.span("mail" if pattern is _HALF else 0)
            words = text[start:end].rstrip(_TRAIL)
            if _is_address(pattern, words):
                here.append(Spot("email", start, start + len(words), words))
        text = blank_out(text, here)
        spots += here
    return sorted(spots, key=lambda spot: spot.start)


def _is_address(pattern: re.Pattern[str], words: str) -> bool:
    if pattern is _PLAIN:
        local, _at, domain = words.replace("＠", "@").partition("@")
        top = domain.rpartition(".")[2]
        return local.strip(" .'’-") != "" and len(top) >= 2 and top.isalpha() and " " not in domain.strip()
    first = words.split()[0].casefold()
    if pattern is _SIGNED:
        return not words.rpartition(".")[2][:1].isdigit()
    return first not in _NO_LOCAL
