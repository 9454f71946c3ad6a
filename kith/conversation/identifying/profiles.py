"""Links to one person's page in a social network, and handles where the text names the network."""

import re

from kith.conversation.identifying.spot import Spot, blank_out

_NAME = r"[\w.%~-]{1,60}"
_END = r"(?P<more>/[\w.%~/-]{0,80})?(?P<query>\?[\w=&.%-]{0,120})?"
_LINK = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?P<host>(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12})/(?P<path>[@\w.%~?=&/$+-]{1,200})", re.IGNORECASE
)
_ANY = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]{1,400}|(?<![\w@.-])(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}/[^\s<>\"')\]]{1,300}",
    re.IGNORECASE,
)
# For each network what the first part of a path may be: a name, but none of these.
_NOT_FIRST = {
    "facebook.com": "groups events watch photo photo.php story.php permalink.php marketplace share sharer sharer.php hashtag help login reel reels videos gaming policies search media stories pages business ads notes legal privacy settings messages l.php",
    "fb.com": "groups events watch",
    "instagram.com": "p reel reels tv explore accounts about direct legal stories developer",
    "twitter.com": "home search hashtag i intent share explore settings login about tos privacy",
    "x.com": "home search hashtag i intent share explore settings login about tos privacy",
    "t.me": "joinchat addstickers share s c proxy addlist boost",
    "telegram.me": "joinchat addstickers share s c",
    "twitch.tv": "videos directory p downloads jobs settings",
    "pinterest.com": "pin ideas search categories",
    "pinterest.co.uk": "pin ideas search categories",
    "pinterest.de": "pin ideas search categories",
    "vk.com": "feed wall away.php video clip",
    "tumblr.com": "tagged explore search dashboard about",
    "myspace.com": "discover search",
    "linktr.ee": "s",
    "letterboxd.com": "film films list",
    "onlyfans.com": "",
    "patreon.com": "posts",
    "ko-fi.com": "s",
    "weibo.com": "p",
    "m.me": "j",
    "bereal.com": "",
    "be.real": "",
    "bere.al": "",
    "curiouscat.qa": "",
    "ask.fm": "",
    "vsco.co": "",
}  # fmt: skip
# For these the path has to begin so.
_FIRST = {
    "linkedin.com": ("in/", "pub/"), "reddit.com": ("u/", "user/"), "youtube.com": ("@", "c/", "user/", "channel/"), "tiktok.com": ("@",),
    "snapchat.com": ("add/", "@", "u/"), "threads.net": ("@",), "threads.com": ("@",), "bsky.app": ("profile/",), "xing.com": ("profile/",),
    "flickr.com": ("people/", "photos/"), "strava.com": ("athletes/",), "goodreads.com": ("user/show/",), "last.fm": ("user/",),
    "ravelry.com": ("people/",), "discord.com": ("users/",), "discordapp.com": ("users/",), "steamcommunity.com": ("id/", "profiles/"),
    "ok.ru": ("profile/",), "medium.com": ("@",), "deviantart.com": ("",), "soundcloud.com": ("",),
}  # fmt: skip
_POSTS = re.compile(
    r"/(?:posts?|status|statuses|videos?|photos?|p|reels?|comments|clip|clips|watch|events|sets|album|albums|live|shorts|playlists?|media_set|recent-activity)(?:/|$)"
)
_NUMBERED = re.compile(r"^/\d+/?$")
_NETWORKS = (
    r"insta|instagram|fb|facebook|messenger|twitter|tiktok|tik[ -]tok|snapchat|snap|telegram|tg|youtube|yt|twitch|reddit|discord|mastodon|"
    r"bluesky|bsky|threads|linkedin|tumblr|pinterest|whatsapp|signal|kik|wechat|weibo|vk|viber|bereal|onlyfans|xing|ig|gram|snapie|insti|fediverse|vsco|x"
)
_HANDLE = re.compile(r"(?<![\w@/.])@(?P<name>[\w][\w.-]{0,40}\w)(?![\w@])")
_FEDI = re.compile(r"(?<![\w@/.])@[\w.-]{1,40}@(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}\b", re.IGNORECASE)
_REDDIT = re.compile(r"(?<![\w./-])/?u/[\w-]{3,30}")
_BEFORE = re.compile(rf"(?<![\w@/.-])(?:{_NETWORKS})(?![\w@/-]|\.\w)", re.IGNORECASE)
_AFTER = re.compile(
    rf"^[ ,:()–-]{{0,3}}(?:[\w’']{{1,12}}[ ]){{0,2}}?(?:on|auf|sur|en|su|op|na|no|at|bei|via|über|my|dal|per)[ ](?:the[ ]|my[ ])?(?:{_NETWORKS})(?![\w/.-])|^[ ]?\((?:on[ ])?(?:{_NETWORKS})\)|^['’]?[ ]?(?:{_NETWORKS})['’](?:da|ta|de|te)\b",
    re.IGNORECASE,
)
_NEAR = 45


def find_profiles(text: str) -> list[Spot]:
    """List profile links and handles in the order of the text."""
    links = _LINK.finditer(text) if "/" in text else ()
    spots = [Spot("profile", m.start(), m.start() + len(w), w) for m in links if (w := _profile(m))]
    if "@" in text:
        spots += [Spot("profile", m.start(), m.end(), m[0]) for m in _FEDI.finditer(text)]
        rest = blank_out(text, spots)
        spots += [
            Spot("profile", m.start(), m.end(), m[0]) for m in _HANDLE.finditer(rest) if _network_near(text, m.start(), m.end())
        ]
    if "u/" in text and re.search(r"reddit|\bsub\b|subreddit", text, re.IGNORECASE):
        spots += [Spot("profile", m.start(), m.end(), m[0]) for m in _REDDIT.finditer(text)]
    return sorted(spots, key=lambda spot: spot.start)


def blank_links(text: str) -> str:
    """Put spaces where links stand, whatever they lead to."""
    return _ANY.sub(lambda match: " " * len(match[0]), text) if "/" in text or "www." in text else text


def _profile(match: re.Match[str]) -> str:
    host, path = match["host"].casefold(), match["path"]
    for front in (
        "www.",
        "m.",
        "mobile.",
        "old.",
        "web.",
        "de.",
        "uk.",
        "fr.",
        "es.",
        "nl.",
        "it.",
        "pl.",
        "pt-br.",
        "mbasic.",
        "np.",
        "new.",
    ):
        host = host.removeprefix(front)
    whole = match[0].rstrip(".,;:!?-")
    path = path[: len(path) - (len(match[0]) - len(whole))] if len(whole) < len(match[0]) else path
    if path == "":
        return ""
    if host.endswith(".linkedin.com"):
        host = "linkedin.com"
    if host.endswith(".tumblr.com"):
        return whole if not _POSTS.search("/" + path) and not path.startswith("post") else ""
    return whole if _is_person(host, path) else ""


def _is_person(host: str, path: str) -> bool:
    first, _slash, more = path.partition("/")
    if host in ("facebook.com", "fb.com") and first.casefold().startswith("profile.php?id="):
        return True
    if host in ("facebook.com", "fb.com") and first == "people" and more:
        return not _POSTS.search("/" + more)
    if host in _FIRST:
        front = next((start for start in _FIRST[host] if path.casefold().startswith(start)), None)
        rest = path[len(front) :] if front is not None else ""
        name, _slash, tail = rest.partition("/")
        if host == "bsky.app" and tail.startswith("post"):
            return False
        return name.strip("@?") != "" and not _POSTS.search("/" + tail) and not (host == "flickr.com" and tail.strip("/"))
    if host in _NOT_FIRST:
        name = first.partition("?")[0].casefold()
        if name == "" or name in _NOT_FIRST[host].split() or name.startswith("+"):
            return False
        tail = ("/" + more.partition("?")[0]) if more else ""
        return not _POSTS.search(tail) and not (host in ("t.me", "telegram.me") and _NUMBERED.match(tail))
    # Mastodon and its like: a name with @ at the root of any server.
    return bool(re.match(r"@[\w.-]{1,40}(?:@[\w.-]{1,60})?/?$", path))


def _network_near(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _NEAR) : start]
    before = re.split(r"[.!?;\n](?:\s|$)", before)[-1]
    found = list(_BEFORE.finditer(before))
    if (
        found
        and found[-1][0].casefold() == "x"
        and not re.search(r"(?:\bon|\bmy|\bauf|\bsur|\bformer twitter|\btwitter|[:(/]) ?x$", before[: found[-1].end()].casefold())
    ):
        found = found[:-1]
    if (
        found
        and not re.search(r"@", before[found[-1].end() :])
        and not re.search(r"\b(?:saw|said|thanks|thank|danke|hi|hey|hello)\b", before[found[-1].end() :], re.IGNORECASE)
    ):
        return True
    if found and re.search(r"@[\w.-]+\s*(?:and|or|und|et|y|e|/|,|oder|&)\s*$", before):
        return True
    return bool(_AFTER.match(text[end : end + _NEAR]))
