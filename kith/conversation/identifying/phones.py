"""Phone numbers, whoever owns them: written in groups, run together, dotted, or in words. Not help lines, doses, dates, values, codes."""

import itertools
import re

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType

from kith.conversation.identifying.spot import Spot

_RUN = re.compile(r"(?<![\w£$€#=])(?<!\d[,.:/-])(?:\+[ ]?)?\(?\+?[\doO](?:[ \u00a0\u202f.\-/()–‑_*]{0,3}[\doO]){5,24}(?![\w])")
_CALL = re.compile(
    r"\b(?:call|calls|calling|text|txt|ring|rang|phone|phones|phoned|tel|telephone|mobile|mob|cell|number|landline|whatsapp|whatsap|wa|signal|sms|dial|reach|contact|"
    r"ruf\w*|anruf\w*|telefon\w*|handy\w*|nummer|festnetz|erreichbar|mobil|durchwahl|appel\w*|téléphon\w*|tél|numéro|portable|joindre|joignable|"
    r"llam\w*|teléfono|telefono|móvil|movil|número|numero|celular|chiam\w*|cellulare|cell|bel|bellen|gsm|mobiel|telefoon\w*|dzwo\w*|telefon\w*|numer\w*|komórk\w*|"
    r"ara|arayın|arayin|telefonum|numaram|numara\w*|cep|ligu\w*|liga\w*|telem[óo]vel|zap)\b",
    re.IGNORECASE,
)
_NO_CALL = re.compile(
    r"(?:\b(?:ref|reference|case|order|isbn|issn|iban|account|acct|konto\w*|nhs (?:no|number)|hospital (?:no|number)|patient|ticket|invoice|policy|tracking|code|"
    r"pin|id|referral|meeting|passcode|claim|batch|lot|serial|bestell\w*|rechnung\w*|kunden\w*|akten\w*|aktenzeichen|az|vorgangs\w*|dossier|commande|facture|"
    r"factura|pedido|expediente|pratica|ordine|fattura|zamówieni\w*|sprawy|pesel|nip|bsn|dossiernummer|bestelnummer|sipariş|dosya|tc|ssn|sort|insurance|"
    r"versicherungs\w*|steuer\w*|doi|pmid|nct|bus|flight|licence|license|plate|matricule|sécu|barcode|sku|model|appointment|termin\w*|file|docket|gene|rs|zip|sample|specimen|"
    r"booking|reservation|confirmation|versichertennummer|sendung\w*|paket\w*|colis|suivi|envío|seguimiento|przesyłk\w*|kargo|takip|library|card|lab|mrn|pnr|vin|imei)\b[^\w\n]{0,3}(?:no|nr|number|num|n°|nº|#|is|ist|es|est|numer|nummer|numero|numéro|número)?[^\w\n]{0,3})$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^[ ]?(?:mg|ml|mcg|µg|ug|kg|km|g|l|m|cm|mm|€|\$|£|%|zł|tl|euro|euros|eur|usd|gbp|dollars|pounds|steps|schritte|people|tage|days|jahre|years|hours|calories|kcal|views|words|miles|"
    r"kroki|kroków|pasos|pas|stappen|adım|followers|units|ie|iu|mmol|bpm|h|hrs|uhr|am|pm|min)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^\(?(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2}(?!\d)|\d{1,2}([./-])\d{1,2}\3\d{2}(?![./-]?\d))"
)
_YEARS = re.compile(r"^(?:19|20)\d{2}[ ]?[-–/][ ]?(?:19|20)?\d{2}(?!\d)")
_TIMES = re.compile(r"\d{1,2}[.:]\d{2}[ ]?[-–][ ]?\d{1,2}[.:]\d{2}")
_PRESSURE = re.compile(r"\d{2,3}/\d{2,3}(?:[ -]+\d{2,3}/\d{2,3})*$")
_QUAD = re.compile(r"^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$")
# Free-call, shared-cost and company numbers of whole countries: nobody's own.
_SERVICE = re.compile(
    r"^(?:0800|0808|0500|0300|0303|0330|0333|0345|0843|0844|0845|0870|0871|0872|0900|0906|0909|0700(?!\d{7}$)|0180\d|0137\d|0850|1800|1300|1850|1890|1860|0116|116\d{3}$|08000|080\d{2}|082[0156]|081[01]|0842)"
)
_SERVICE_ABROAD = re.compile(
    r"^(?:1(?:800|833|844|855|866|877|888|900)|44(?:800|808|300|303|330|333|345|84\d|87\d)|49(?:800|180|900|137)|33(?:80|81|82|89)|34(?:80\d|90[0-2])|39(?:80\d|89\d|199)|"
    r"31(?:800|900)|48(?:800|801|70\d)|90(?:800|850|444)|61(?:1800|1300|13)|353(?:1800|1850|1890)|351(?:800|808)|64(?:800|900)|91(?:1800|1860)|27(?:800|860|861)|800\d)"
)
_NATIONAL_FREE = re.compile(r"^(?:80[0-9]\d{6,7}|90[0-2]\d{6}|80[01]\d{6}|1?8(?:00|33|44|55|66|77|88)\d{7}|13\d{4}$|444\d{4})$")
_CHAT = re.compile(r"(?:wa\.me/|whatsapp\.com/send/?\?phone=|signal\.me/#p/|tel:|sms:)(?P<number>\+?\d{7,15})", re.IGNORECASE)
# Where a number without a country is looked for; each country costs about 0.05 ms a number.
_REGIONS = ("GB", "IE", "US", "AU", "IN", "DE", "AT", "CH", "FR", "BE", "NL", "ES", "IT", "PL", "PT", "TR")
_NOBODYS = {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN}
_ASKED = 12  # numbers of one post that the library is asked about
_NEAR = 60
_AFTER = 25


def find_phones(text: str) -> list[Spot]:
    """List phone numbers in the order of the text."""
    spots: list[Spot] = []
    asked = 0
    for match in _RUN.finditer(text):
        spot = _written(text, match)
        if spot is None and asked < _ASKED and 7 <= sum(map(str.isdigit, match[0])) <= 13:
            asked += 1
            spot = _known(text, match)
        if spot is not None:
            spots.append(spot)
    spots += _spoken(text)
    return sorted(spots, key=lambda spot: spot.start)


def find_chat_links(text: str) -> list[Spot]:
    """List links that open a call or a chat with a number."""
    if "/" not in text and ":" not in text:
        return []  # most texts
    return [Spot("phone", m.start(), m.end(), m[0]) for m in _CHAT.finditer(text)]


def _written(text: str, match: re.Match[str]) -> Spot | None:
    start, words = match.start(), match[0]
    if "o" in words.casefold() and (sum(c in "oO" for c in words) * 2 > len(words) or re.search(r"(?<!\S)[oO](?!\S)", words)):
        return None
    number = words.replace("o", "0").replace("O", "0")
    before, after = text[max(0, start - _NEAR) : start], text[match.end() : match.end() + _AFTER]
    for shown in _cuts(number):
        if _is_phone(shown, before, after if len(shown) == len(number) else " "):
            words = words[: len(shown)].rstrip(" .-/(_*")
            lead = len(words) - len(words.lstrip(" "))
            return Spot("phone", start + lead, start + len(words), words[lead:])
    return None


def _known(text: str, match: re.Match[str]) -> Spot | None:
    """Ask the library whether some country writes a number in just these groups."""
    before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _AFTER]
    if _NO_CALL.search(before) or _UNIT.match(after) or _is_something_else(match[0]):
        return None
    for region in _REGIONS:
        for found in PhoneNumberMatcher(match[0], region, leniency=Leniency.STRICT_GROUPING):
            if phonenumbers.number_type(found.number) not in _NOBODYS:
                return Spot("phone", match.start() + found.start, match.start() + found.end, found.raw_string)
    return None


def _cuts(number: str) -> list[str]:
    """Offer the run as it stands, and without what follows its last space or two: "07700 900 671 9" holds a number and a dose."""
    cuts = [number]
    for _last in range(2):
        head, space, _tail = cuts[-1].rpartition(" ")
        if space:
            cuts.append(head)
    return cuts


def _is_phone(number: str, before: str, after: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if not 7 <= len(digits) <= 17:
        return False
    groups = [len(group) for group in re.findall(r"\d+", number)]
    cued = bool(_CALL.search(before)) or bool(_CALL.search(after))
    if _NO_CALL.search(before) or _UNIT.match(after) or re.match(r"^-?[A-Za-z]", after):
        return False
    if number.startswith(("+", "(+")):
        return 8 <= len(digits) <= 15 and not _SERVICE_ABROAD.match(digits)
    if digits.startswith("00") and digits[2:3] not in ("0", ""):
        return 10 <= len(digits) <= 17 and not _SERVICE_ABROAD.match(digits[2:])
    if len(digits) < 7 or len(digits) > 12 or _is_something_else(number):
        return False
    if _SERVICE.match(digits) or _NATIONAL_FREE.match(digits):
        return False
    if digits[0] == "0":
        return len(digits) >= 9 or (cued and len(digits) >= 8)
    return _has_a_shape(number, digits, groups, cued)


def _is_something_else(number: str) -> bool:
    plain = number.strip("( ")
    return bool(_DATE.match(plain) or _YEARS.match(plain) or _TIMES.search(plain) or _PRESSURE.match(plain) or _QUAD.match(plain))


def _has_a_shape(number: str, digits: str, groups: list[int], cued: bool) -> bool:
    """Judge a number without a leading zero by how it is grouped, and by whether calling is spoken of."""
    north = digits.removeprefix("1") if len(digits) == 11 else digits
    if len(north) == 10 and north[0] in "23456789" and north[3] in "23456789" and groups in ([3, 3, 4], [1, 3, 3, 4], [3, 7]):
        return True
    if groups == [3, 4]:
        return digits.startswith("555") or cued
    if "." in number and "-" in number:
        return False
    if groups in ([5, 5], [3, 3, 3], [3, 2, 2, 2], [3, 3, 4], [3, 3, 2, 2], [3, 7], [2, 3, 2, 2], [4, 3, 3]):
        thousands = all(len(group) == 3 and group == "000" for group in re.findall(r"\d+", number)[1:])
        return (cued or digits[0] in "456789" or groups[-1] != 3) and not thousands
    return cued and 7 <= len(digits) <= 12 and max(groups) >= 2 and (len(groups) == 1 or len(groups) > 3 or max(groups) > 2)


_ONES = {
    "en": "zero oh o nought null one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred double triple treble",
    "de": "null eins ein zwei zwo drei vier fünf fuenf sechs sieben acht neun zehn elf zwölf doppel doppelt dreifach zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "zéro zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent double triple",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien doble triple",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento doppio triplo",
    "nl": "nul een één twee drie vier vijf zes zeven acht negen tien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd dubbel driemaal",
    "pl": "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt sto pięćset sześćset",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz çift",
    "pt": "zero um dois duas três quatro cinco seis meia sete oito nove dez vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem duplo",
}  # fmt: skip
_COUNT_WORDS = {word for words in _ONES.values() for word in words.split()}
_FOLLOWING = {
    word: place for language in ("en", "de", "fr", "es", "it", "nl", "pl", "tr", "pt")
    for place, word in enumerate([w for w in _ONES[language].split() if w not in ("zero", "oh", "o", "nought", "null", "ein", "zwo", "fuenf", "zéro", "cero", "nul", "één", "sıfır", "duas", "meia")][:10])
}  # fmt: skip
_SPELLED = 3  # a number in words has that many words at least
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|\n|\s+")


def _spoken(text: str) -> list[Spot]:
    """Find runs of at least seven number words, with digits among them or not, that do not simply count."""
    spots: list[Spot] = []
    if sum([word in _COUNT_WORDS for word in _LETTERS.findall(text.casefold())]) < _SPELLED:
        return spots  # most texts
    run: list[tuple[int, int, str]] = []
    for match in _TOKEN.finditer(text):
        word = match[0].casefold()
        if word in _COUNT_WORDS or (run and word.isdecimal() and len(word) <= 5):
            run.append((match.start(), match.end(), word))
        elif word.isspace() or word in ("-", ",", ".", "–", "/", "…", "...") or (run and word in ("and", "und", "et")):
            continue
        else:
            _close(text, run, spots)
            run = []
    _close(text, run, spots)
    return spots


def _close(text: str, run: list[tuple[int, int, str]], spots: list[Spot]) -> None:
    spelled = [word for _start, _end, word in run if not word.isdecimal()]
    if len(spelled) < _SPELLED or sum(len(word) if word.isdecimal() else 1 for _s, _e, word in run) < 7 or len(run) > 40:
        return
    steps = [_FOLLOWING.get(b, -9) - _FOLLOWING.get(a, -9) for a, b in itertools.pairwise(spelled)]
    if len(steps) > 0 and sum(step in (1, -1) for step in steps) * 3 > len(steps) * 2:
        return  # breathing, stairs, twelve steps: somebody counts
    if len({word for _start, _end, word in run}) < 3:
        return
    spots.append(Spot("phone", run[0][0], run[-1][1], text[run[0][0] : run[-1][1]]))
