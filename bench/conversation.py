"""`kith bench conversation`: reading, coming back, searching and answering, on SQLite and on PostgreSQL, with a million posts."""

import itertools
import urllib.parse
from collections.abc import Iterator
from typing import Any

from bench.client import Request
from bench.pages import Maker, Run, answer, form_token, loads, on_each, topic_page, turns


def take(given: Run) -> dict[str, float]:
    """Take the figures of one server."""
    people, seekers, words = given.people, given.chosen["seekers"], list(given.chosen["words"].values())
    token = form_token(given.served, people[0]["cookie"])
    makers: dict[str, Maker] = {
        "topic": lambda n: (Request(f"/g/{p['code']}/topics/{t}/", p["cookie"]) for p, t in turns(people, n)),
        "list": lambda n: (Request(f"/g/{p['code']}/topics/", p["cookie"]) for p, _t in turns(people, n)),
        "catch_up": lambda n: (Request(f"/g/{p['code']}/", p["cookie"]) for p, _t in turns(people, n)),
        "search": lambda n: _searches(seekers, words, token, n),
        "reply": lambda n: (answer(p, t, token, n) for p, t in turns(people, n)),
    }
    return loads(given, makers) | topic_page(given)


def _searches(seekers: list[dict[str, str]], words: list[list[str]], token: tuple[str, str], number: int) -> Iterator[Request]:
    """
    Newest first, a third each of words in 0.2, 1 and 10 % of posts, half in one group and half in all four of hers.

    One search is the form and the page that it leads to, timed as one.
    """
    for at in itertools.count(number * 131):
        who, common = seekers[at % len(seekers)], words[at // 2 % len(words)]
        place = f"/g/{who['code']}" if at % 2 else ""
        fields = {"csrfmiddlewaretoken": token[1], "words": common[at // 6 % len(common)]}
        body = urllib.parse.urlencode(fields).encode()
        yield Request(f"{place}/search/", f"{who['cookie']}; form={token[0]}", body, follow=True)


def measure(options: dict[str, Any]) -> dict[str, object]:
    """Measure with the options of the command line."""
    databases = (options["database"],) if options["database"] else ("sqlite", "postgres")
    posts = int(options["posts"] or 1_000_000)
    return on_each("conversation", take, posts=posts, databases=databases, seconds=options["seconds"], seekers=True)
