"""How nine languages write a street address: the patterns alone, each repeat bounded; what decides between them is in addresses."""

import re

_I = re.IGNORECASE
_NUM = r"\d{1,5}[ ]?(?:[a-hA-H](?![\w’']))?(?:[ ]?[/–-][ ]?\d{1,4}[a-zA-Z]?)?"
_CAP = r"[^\W\d_a-zß-öø-ÿ][\w’'.-]{0,24}"
_CITYWORD = r"[^\W\d_a-zß-öø-ÿ][\w’-]{0,24}"
_WORD = r"[^\W\d_][\w’'.-]{0,24}"
_STREET = (
    r"street|st|str|road|rd|lane|ln|avenue|ave|av|drive|dr|drv|close|cl|crescent|cres|court|ct|place|pl|terrace|terr|tce|way|walk|row|gardens|garden|gdns|grove|gr|square|sq|"
    r"park|hill|mews|rise|view|green|gate|boulevard|blvd|parade|pde|highway|hwy|parkway|pkwy|pky|circle|cir|trail|trl|quay|wharf|yard|cross|estate|estates|"
    r"villas|mansions|meadow|meadows|fields|field|heights|hts|croft|end|bank|wynd|vale|chase|loop|plaza|alley|pike|circuit|cct|esplanade|esp|nagar|marg|colony|layout|"
    r"vihar|enclave|crossing|run|ridge|point|cove|bend|path|drove|buildings|house|towers|lodge|cottages|cottage|brae|loan|parkside|embankment|promenade|mill|orchard|strand|causeway|turnpike|expressway|main|phase|sector|residency|residences|apartments|society|complex|mansion|manor|block|pines|oaks"
)
STRONG = r"street|st|road|rd|lane|ln|avenue|ave|drive|dr|crescent|cres|close|terrace|gardens|grove|mews|boulevard|blvd|court|square|parade|highway|parkway|alley|way|walk|row|hill|rise|quay"
# Before a number, what makes it a number of something else.
NOT_HOUSE = re.compile(
    r"\b(?:bus|buses|tram|line|linie|route|chapter|kapitel|day|tag|week|woche|month|room|zimmer|ward|floor|season|episode|level|platform|exit|junction|age|aged|since|until|"
    r"grade|step|bed|page|seite|round|part|verse|psalm|took|after|about|around|nearly|almost|over|under|than|every|each|another|least|most|these|those|my|our|her|his|their|last|next|first|past|for|with|"
    r"walked|ran|waited|had|has|have|got|did|done|lost|gained|saw|passed|crossed|only|stage|gate|bay|track|trains?|train|no\.? of)[ ]$",
    _I,
)
NOT_NAME = {
    "of", "in", "on", "the", "a", "an", "and", "or", "to", "for", "with", "at", "is", "was", "from", "by", "per", "my", "your", "his", "her", "our", "their", "this", "that", "down", "up", "off",
    "days", "day", "weeks", "week", "months", "month", "years", "year", "hours", "hour", "hrs", "minutes", "mins", "min", "times", "time", "people", "mg", "ml", "kg", "km", "miles", "mile", "am", "pm",
    "out", "way", "more", "most", "other", "different", "whole", "long", "step", "stone", "ft", "percent", "pounds", "steps", "metres", "meters", "m", "yards", "yard", "feet", "inches", "laps", "kids",
    "children", "blocks", "block", "houses", "house", "car", "cars", "bus", "buses", "nights", "night", "mornings", "wards", "beds", "bed", "rooms", "room", "appointments", "tablets", "pills", "seconds",
    "degrees", "cats", "dogs", "friends", "women", "men", "sessions", "million", "thousand", "hundred", "star", "seater", "lane", "bedroom", "storey", "story", "ish", "plus", "minute", "second",
    "wheel", "people’s", "generations", "half", "dead", "busy", "big", "little", "small", "steep", "quiet", "nearby", "same", "court", "park", "road", "street", "i", "it", "we", "you", "he", "she", "they",
    "but", "so", "then", "before", "after", "because", "as", "if", "not", "no", "outpatient", "physio", "walking", "running", "driving", "point", "mental", "therapy", "support", "bloody",
}  # fmt: skip
NOT_AFTER = re.compile(
    r"^[’']?s?[ ]?(?:trips?|dates?|laps?|works?|rage|signs?|tests?|traffic|side|case|hearings?|orders?|clinic|hospital|station|surgery|bus|buses|stop|tram|branch|school|market|festival|team|residents|benches|bench|keeper|runs?|walks?|lights?|corner|food|parties|party|layouts?)\b|^-",
    _I,
)
ENGLISH = re.compile(
    rf"(?<![\w.,:/£$€#-])(?:(?:no|nr|number|num|h\.?[ ]?no|house(?:[ ]no)?|plot(?:[ ]no)?|door(?:[ ]no)?|d\.[ ]?no|flat(?:[ ]no)?|lot)\b\.?[ ]?)?(?P<num>{_NUM})(?P<comma>,)?[ ](?P<name>(?:{_WORD}[ ]|\d{{1,3}}(?:st|nd|rd|th)[ ]){{1,4}}?)"
    rf"(?P<type>{_STREET})\b\.?",
    _I,
)
ORDINAL = re.compile(
    rf"\b(?:h\.?[ ]?no|house no|plot(?: no)?|flat(?: no)?|door no|no|number)\b\.?[ ]?\d{{1,5}}[\w/-]{{0,6}}[, ][ ]?\d{{1,3}}(?:st|nd|rd|th)[ ](?:cross|main|street|avenue|block|phase|lane|road|floor, {_WORD})\b",
    _I,
)
BROADWAY = re.compile(rf"(?<![\w.,:/£$€#-])(?P<num>{_NUM})[ ](?:Broadway|The (?:{_STREET})s?)\b", _I)
IN_HOUSE = re.compile(rf"\b(?:flat|apt\.?|apartment|unit)[ ]\w{{1,4}},[ ]\d{{1,4}}[a-z]?[ ]{_WORD}", _I)
ROUTE = re.compile(
    r"(?<![\w.,:/£$€#-])\d{1,5}[ ](?:[NSEW]\.?[ ])?(?:Highway|Hwy\.?|County (?:Road|Rd)|CR|State (?:Route|Road)|SR|US)[ ]\d{1,4}\b"
)
SECTOR = re.compile(r"(?<![\w-])(?:[A-Z]-?)?\d{1,4}[A-Z]?,[ ](?:Sector|Phase|Block|Street)[ ][\w-]{1,5}\b")
WORDED = re.compile(
    rf"\b(?:number|no\.?)[ ](?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?,?[ ](?:{_CAP}[ ]){{1,3}}?(?i:{_STREET})\b"
)
POSTED = re.compile(
    rf"(?<![\w-])(?:{_CAP}[ -]){{0,3}}{_CAP}[ ]\d{{1,4}}[a-zA-Z]?(?:/\d{{1,4}})?,?[ ](?:\d{{5}}|\d{{2}}-\d{{3}}|\d{{4}}[ ]?[A-Z]{{2}}|[A-Z]{{1,2}}-\d{{4,5}})[ ]{_CAP}"
)
GERMAN_OF = re.compile(
    rf"(?<![\w-])(?:Straße|Strasse|Allee|Platz|Weg|Plein|Laan)[ ](?:des|der|am|an der|zum|zur|im|van de[nr]?)[ ](?:\d{{1,2}}\.[ ])?{_CAP}[ ](?:Nr\.?[ ])?\d{{1,4}}[a-h]?(?![\w.,:]\d|[ ]?(?:Tage?|Wochen?|Monate?|Jahre?|Stunden?|Minuten|Uhr|m|km)\b)(?!\w)"
)
_UK = r"(?:[A-Za-z]{1,2}\d[A-Za-z\d]?[ ]?\d[A-Za-z]{2}|[A-Za-z]\d[A-Za-z][ ]?\d[A-Za-z]\d)"
POSTCODE = re.compile(
    rf"(?<![\w/])(?:(?:number|no|nr|house(?: number| no)?|flat|apt|door|unit|huisnummer|huisnr)\b\.?[ ]?)?(?P<num>\d{{1,4}}[a-zA-Z]?)(?:,[ ]?|[ ])(?:(?:postcode|in|at|is|and|with|,)[ ]){{0,2}}(?P<code>{_UK}|\d{{4}}[ ]?[A-Z]{{2}})\b"
    rf"|\b(?P<code2>{_UK}|\d{{4}}[ ]?[A-Z]{{2}})\b,?[ ](?:(?:and|it is|it's|its|en|we are|we're|i'm|im|at)[ ])?(?:number|no|nr|house(?: number| no)?|flat|door|huisnummer|huisnr|nummer)\b\.?[ ]?(?:is[ ])?\d{{1,4}}[a-zA-Z]?\b"
    rf"|\b(?P<code3>\d{{4}}[ ]?[A-Z]{{2}}),?[ ]\d{{1,4}}[a-zA-Z]?(?![\w,.:]\d|[ ]?(?:mg|ml|km|m)\b)",
)
_UNIT_WORDS = (
    r"tage?n?|wochen?|monate?n?|jahre?n?|jahr|stunden?|minuten?|min|sekunden|mal|uhr|m|km|meter|metern|euro|eur|€|%|prozent|leute|kinder|männer|frauen|personen|autos|schritte|termine|grad|mg|ml|kg|h|std|"
    r"dagen?|weken|week|maanden|maand|jaar|uur|uren|minuut|minuten|keer|maal|mensen|meter|dag|kinderen|"
    r"jours?|semaines?|mois|ans?|années?|heures?|minutes?|fois|mètres?|euros?|personnes|"
    r"d[ií]as?|semanas?|mes(?:es)?|años?|horas?|minutos?|veces|vez|metros?|personas|giorni|giorno|settimane|settimana|mesi|mese|anni|anno|ore|ora|minuti|volte|volta|metri|persone|"
    r"dni|dzień|tygodni\w*|tydzień|miesi\w+|lat|lata|rok\w*|godzin\w*|minut\w*|razy|raz|metr\w*|osób|osoby|gün\w*|hafta\w*|ay|yıl\w*|saat\w*|dakika\w*|kez|kere|kişi|metre|"
    r"dias?|meses|anos?|vezes|pessoas|days?|weeks?|months?|years?|hours?|times|people|years|mins?|o’clock|o'clock|bis|von|oder|und \d"
)
_NO_UNIT = rf"(?![ ]?(?:{_UNIT_WORDS})\b|[ ]?[%€£$]|[.,:]\d|\d|[ ]?\.[ ]?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b)"
_HOUSE = rf"\d{{1,4}}(?:[ ]?[a-hA-H](?![\w’']))?(?:[ ]?[/-][ ]?\d{{1,4}}[a-zA-Z]?)?{_NO_UNIT}(?!\w)"
SUFFIX = re.compile(
    rf"(?<![\w-])(?P<street>(?:{_WORD}[ -]){{0,3}}?(?:[\w’'.-]{{2,30}}(?:str\.|str|straße|strasse|strase|gasse|allee|chaussee|damm|ufer|straat|laan|gracht|kade|singel|dreef|plantsoen|steeg|plein|dijk|gatan|vägen|gata|stigen|gränd|veien|gade|vænget|katu|kuja)"
    rf"|(?:[Ss]tr\.|[Ss]traße|[Ss]trasse|[Aa]llee|[Gg]asse)))(?:[ ]|(?<=[.])|,[ ]?(?=haus))(?:nr\.?[ ]|haus(?:nummer|nr\.?)?[ ])?(?:nr\.?[ ]|nummer[ ]|no\.?[ ])?(?P<num>{_HOUSE})",
    _I,
)
WEAK = re.compile(
    rf"(?<![\w-])(?P<street>(?:{_CAP}[ -]){{0,2}}?[^\W\d_][\w-]{{2,30}}(?:weg|platz|ring|hof|steig|markt|graben|pfad|berg|promenade|wall|kamp|winkel|anger|stieg|garten|gärten|bogen|zeile|siedlung|tor|brücke|pad|hoek|park|burg|vej))[ ](?:nr\.?[ ])?(?P<num>{_HOUSE})"
)
NOT_WEAK = {
    "bahnhof", "hauptbahnhof", "friedhof", "bauernhof", "spielplatz", "parkplatz", "arbeitsplatz", "schlafplatz", "therapieplatz", "studienplatz", "sitzplatz", "ausbildungsplatz", "heimweg", "rückweg",
    "ausweg", "umweg", "hinweg", "supermarkt", "flohmarkt", "arbeitsmarkt", "ehering", "stehplatz", "rehaplatz", "klinikplatz", "kitaplatz", "wartelistenplatz", "fußweg", "arbeitsweg", "schulweg", "keineswegs",
    "weihnachtsmarkt", "pausenhof", "schulhof", "innenhof", "hinterhof", "kindergarten", "biergarten", "garten", "vertrag", "hering", "gering", "spring", "during", "string", "bring", "sprung", "kompressor", "motor",
    "monitor", "doctor", "faktor", "autor", "onderweg", "telefoonpad", "parkeerplaats", "fietspad", "startplatz", "therapiehof", "platz", "weg", "hof", "ring", "offering", "suffering", "gathering", "evening", "morning",
    "remember", "director", "actor", "factor", "doktor", "tutor", "mentor", "investor", "sponsor", "author", "terminator", "gastroenterolog", "skatepark", "carpark", "freizeitpark", "reaktor", "ventilator", "diktator",
    "campingplatz", "hospizplatz", "betreuungsplatz", "pflegeplatz", "wohnheimplatz", "rollstuhlplatz", "liegeplatz", "op-platz", "marathonweg",
}  # fmt: skip
AM = re.compile(
    rf"(?<!\w)(?P<street>(?:Am|An der|An den|Im|In der|In den|In dem|Auf der|Auf dem|Zum|Zur|Unter den|Hinter der|Hinter dem|Vor dem|Beim|Bei der|Op de|Aan de|Achter de)[ ](?P<name>{_CAP}(?:[ ]{_CAP})?))[ ](?P<num>{_HOUSE})"
)
AM_NAMES = re.compile(
    r"(?:hof|berg|hang|bach|wald|see|feld|kirche|mühle|brunnen|wiese|wiesen|eck|stein|teich|graben|anger|rain|tal|schloss|markt|linden|busch|kamp|brink|winkel|grund|garten|hügel|ufer|damm|sand|holz|acker|äcker|weiher|tor|turm|mauer|plan|gut|dorf|breite|heide|moor|bruch|eichen|buchen|birken|tannen|rosen|furt|horst|sonnenhang|ring|park|wall|anlage|höhe|stadtpark|weinberg|deich|loh|siel|kanal)$",
    _I,
)
BEFORE_NAME = re.compile(
    r"(?<![\w’'-])(?P<num>\d{1,4}(?:[ ]?(?:bis|ter|quater)\b|[ ]?[A-Da-d]\b)?),?[ ](?:,[ ])?(?P<type>rue|avenue|av\.?|bd\.?|bld\.?|boulevard|impasse|all[ée]es?|chemin|quai|faubourg|place|pl\.|route|cours|passage|square|sentier|r[ée]sidence|lotissement|voie|villa|cit[ée]|hameau|mont[ée]e|ruelle|venelle|rond-point|esplanade|clos|traverse)[ ]"
    r"(?P<of>(?:de la |de l[’']|des |du |de |d[’']|la |le |les |l[’'])?)(?P<name>[^\W\d_][\w’'-]{0,30}(?:[ -][^\W\d_][\w’'-]{1,24}){0,4})",
    _I,
)
FR_SURE = {
    "rue",
    "avenue",
    "bd",
    "boulevard",
    "impasse",
    "allée",
    "allee",
    "quai",
    "faubourg",
    "ruelle",
    "venelle",
    "bd.",
    "bld",
    "chemin",
}
ROMANCE = re.compile(
    r"(?<![\w’'-])(?P<type>calle|c/|c\.|cl\.?|avenida|avda\.?|av\.?|plaza|pza\.?|paseo|p[ºo°]\.?|camino|carretera|ctra\.?|ronda|traves[ií]a|pasaje|urbanizaci[óo]n|urb\.|barrio|calzada|carrera|cra\.?|jir[óo]n|jr\.|"
    r"via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|largo|vicolo|vico|strada|contrada|lungo\w{2,12}|salita|calata|borgo|"
    r"rua|r\.|avenida|travessa|tv\.|praça|alameda|estrada|rodovia|beco|ladeira|vila|quadra|"
    r"rue|avenue|boulevard|chaussée|place|chemin|"
    r"ul\.?|ulic[aęyą]|al\.|alej[aieęą]|pl\.|plac|placu|os\.|osiedl[eu]|rynek|rynku|skwer|aleje|"
    r"bulevardul|strada|str\.|bd\.)[ ]?"
    r"(?P<of>(?:(?:de|del|de la|de las|de los|da|do|das|dos|dei|della|delle|degli|dell[’']|di|d[’']|san|santa|du|des|de l[’']|la|las|los|el)[ ]?(?<=[ ’'])){0,2})"
    r"(?P<name>(?:\d{1,3}[ ](?:de[ ])?)?[^\W\d_][\w’'.-]{0,30}(?:[ ][^\W\d_][\w’'.-]{0,24}){0,4}?),?[ ](?:n[.º°ro]{0,3}[ ]?|núm\.?[ ]?|num\.?[ ]?|n[úu]mero[ ]|numero[ ]|nr\.?[ ]?|#[ ]?)?(?P<num>"
    + _HOUSE
    + ")",
    _I,
)
SURE_TYPES = {
    "calle",
    "c/",
    "avenida",
    "avda",
    "avda.",
    "rua",
    "ul",
    "ul.",
    "ulica",
    "ulicy",
    "ulicę",
    "ulicą",
    "viale",
    "piazza",
    "piazzale",
    "vicolo",
    "travessa",
    "plaza",
    "paseo",
    "rue",
    "avenue",
    "alameda",
    "praça",
    "p.zza",
    "jirón",
}
COLOMBIA = re.compile(
    r"(?<!\w)(?:calle|carrera|cra\.?|cl\.?|kr\.?|diagonal|transversal|avenida)[ ]\d{1,3}\w{0,2}[ ]?(?:#|no\.?|n°|nº)[ ]?\d{1,3}\w{0,2}(?:[ ]?-[ ]?\d{1,3})?",
    _I,
)
TURKISH = re.compile(
    rf"(?<!\w)(?:{_WORD}[ ]){{1,3}}?(?:mahallesi|mah\.?|caddesi|cad\.?|cd\.?|sokak|sokağı|sok\.?|sk\.?|bulvarı|blv\.?|sitesi|apartmanı|apt\.?)[ ,.]{{1,3}}(?:(?:{_WORD}[ ]){{0,3}}?(?:cad\.?|caddesi|sok\.?|sokak|sokağı|sk\.?)[ ,]{{1,2}})?(?:no\.?[ ]?:?[ ]?|numara[ ]?:?[ ]?)?(?P<num>{_HOUSE})",
    _I,
)
POLISH_BARE = re.compile(
    rf"\b(?:mieszka\w*|adres\w*|przyjedź\w*|przyjdź\w*)[^\n.!?]{{0,30}}?[ ](?:na|przy|to|:)[ ](?P<name>{_CAP}(?:[ ]{_CAP})?)[ ](?P<num>{_HOUSE})"
)
LIVE = re.compile(
    r"\b(?:live|lives|living|lived|address|home|house|flat|mine|moved|stay|staying|come to|round to|drop|send|post|deliver\w*|knock|door|parcel|package|wohn\w*|adresse|anschrift|lebe|ziehe|bei mir|zu mir|schick\w*|paket|treff\w*|"
    r"habit\w*|adresse|vis|chez|viv\w*|direcci[óo]n|domicilio|abit\w*|sto in|indirizzo|casa|woon\w*|wonen|adres\w*|mieszka\w*|adres|oturuyor\w*|adresim|evim|moro|mora|moramos|endereço|morada|im at|i'm at|i am at|we are at|we're at|at)\b[^\n]{0,25}$",
    _I,
)
_SUITE = r"(?i:,?[ ](?:apt|apartment|unit|flat|suite|ste|appt|wohnung|whg|piso|puerta|int|interno|m|lok|daire|kat|d)\b\.?[ ]?[\w/-]{1,6}|,?[ ]#[ ]?\w{1,5})?"
_CITY = rf"{_CITYWORD}(?:[ ](?:{_CITYWORD}|(?:de|am|an der|la|upon|on|aan den?)[ ]{_CITYWORD})){{0,2}}(?:[ ]\d{{1,5}})?"
_TOWN = rf"(?:,[ ](?:{_UK}|\d{{1,2}}[ºª°][ ]?\w{{0,2}}\b|(?:[A-Z]{{0,2}}-?\d{{2,5}}(?:-\d{{3}})?[ ]|\d{{4}}[ ]?[A-Z]{{2}}[ ])?{_CITY}|\d{{4,6}})(?![\w’']))"
TAIL = re.compile(rf"{_SUITE}(?:[ ](?:\d{{5}}|{_UK}))?{_TOWN}{{0,3}}(?:[ ](?:{_UK}|\d{{4,6}})\b)?")
NUMBER = re.compile(r"\d+|\b(?:number|no\.?)[ ](?=one|t|f|s|e|n)", _I)
REACH = 70
MORE = re.compile(rf"[ ](?:{_STREET})\b\.?", _I)
SENTENCE = {
    "Ich",
    "Wir",
    "Sie",
    "Er",
    "Die",
    "Der",
    "Das",
    "In",
    "An",
    "Auf",
    "We",
    "Ik",
    "Zij",
    "Hij",
    "De",
    "Het",
    "Meine",
    "Mein",
    "Wohne",
    "Adresse",
}
HEAD = re.compile(r"(?:flat|apt|apartment|unit|room|suite|block|wohnung|appt)[ ]?#?[\w/]{1,5},[ ]$", _I)
