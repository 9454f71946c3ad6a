"""`kith bench pages`: what each page costs, on SQLite and on PostgreSQL, with a million posts."""

import itertools
import json
import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.client import Line, Request, run
from bench.machine import cpu_seconds, family, machine, pss_mb, versions
from kith.testing.serving import Served, environment, serving
from tools.postgres import cluster

FOLDER = Path("data-bench")
WORDS = (
    "I was told last month that it has a name. For years my shoulders and my knees kept slipping out and everyone said that I was "
    "clumsy or wanted attention. Now I have a letter from the hospital and nobody at work believes me. I stand all day and I am so "
    "tired in the evening that I cannot hold a cup. My sister laughed when I told her. I would like to talk to somebody who knows "
    "what it is like, and how they told their boss."
)
Maker = Callable[[int], Iterator[Request]]


def bench(
    *, posts: int = 1_000_000, databases: tuple[str, ...] = ("sqlite", "postgres"), seconds: float = 4.0
) -> dict[str, object]:
    """Measure every page on each database; return one JSON object (ARCHITECTURE 8)."""
    return on_each("pages", _measure, posts=posts, databases=databases, seconds=seconds)


def on_each(
    name: str,
    take: Callable[["Run"], dict[str, float]],
    *,
    posts: int,
    databases: tuple[str, ...],
    seconds: float,
    seekers: bool = False,
) -> dict[str, object]:
    """Fill each database, serve it, take the figures; with `seekers` also people in several groups who look for words."""
    figures: dict[str, float] = {}
    shape: dict[str, object] = {}
    for database in databases:
        data = (FOLDER / f"{database}-{posts}").absolute()
        data.mkdir(parents=True, exist_ok=True)
        with _kept_cluster(data) if database == "postgres" else nullcontext("") as url:
            more: dict[str, str] = {"DATABASE_URL": url} if url else {}
            chosen = _prepare(data, posts, more, seekers)
            shape = {"posts": posts, "groups": chosen["groups"], "people": len(chosen["people"])}
            with serving(data, command=("demo", "--serve"), KITH_DEMO="1", **more) as served:  # type: ignore[arg-type] # only names of the environment
                found = take(Run(served, chosen, data, url, seconds))
                figures |= {f"{database}.{key}": value for key, value in found.items()}
    return {"bench": name, "machine": machine(), "versions": versions(), "data": shape, "figures": figures}


def _kept_cluster(data: Path) -> Any:
    return cluster(safe=True, keep=data / "postgres")


def _prepare(data: Path, posts: int, more: dict[str, str], seekers: bool) -> dict[str, Any]:
    out = data / "chosen.json"
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", KITH_DEMO="1", **more)
    command = [sys.executable, "-m", "bench.prepare", str(posts), str(out), *(["seekers"] if seekers else [])]
    subprocess.run(command, check=True, env=env, stdout=sys.stderr)
    chosen: dict[str, Any] = json.loads(out.read_text())
    return chosen


@dataclass(frozen=True)
class Run:
    """A server with its data, and whom to ask as."""

    served: Served
    chosen: dict[str, Any]
    data: Path
    url: str
    seconds: float

    @property
    def people(self) -> list[dict[str, Any]]:
        """Return the members, each with some topics of her group."""
        return list(self.chosen["people"])


def _measure(given: Run) -> dict[str, float]:
    served, people = given.served, given.people
    token = form_token(served, people[0]["cookie"])
    makers: dict[str, Maker] = {
        "topic": lambda n: (Request(f"/g/{p['code']}/topics/{t}/", p["cookie"]) for p, t in turns(people, n)),
        "list": lambda n: (Request(f"/g/{p['code']}/topics/", p["cookie"]) for p, _t in turns(people, n)),
        "group": lambda n: (Request(f"/g/{p['code']}/", p["cookie"]) for p, _t in turns(people, n)),
        "home": lambda n: (Request("/", p["cookie"]) for p, _t in turns(people, n)),
        "finder": lambda n: (_finder(p["cookie"], token) for p, _t in turns(people, n)),
        "reply": lambda n: (answer(p, t, token, n) for p, t in turns(people, n)),
    }
    figures = loads(given, makers) | topic_page(given)
    figures["commits_per_s"] = _commits(given.data, given.url)
    figures["memory_mb"] = pss_mb(family(served.pid))
    return figures


def loads(given: Run, makers: dict[str, Maker]) -> dict[str, float]:
    """Ask for each page with one client and with sixteen."""
    figures: dict[str, float] = {}
    served, data, url, seconds = given.served, given.data, given.url, given.seconds
    for page, make in makers.items():
        run(served.port, make, clients=2, seconds=1.0)  # warm
        for clients in (1, 16):
            pids = family(served.pid) + _postgres_family(data if url else None)
            before = cpu_seconds(pids)
            result = run(served.port, make, clients=clients, seconds=seconds)
            used = cpu_seconds(pids) - before
            if result.wrong:
                raise SystemExit(f"{page}: {len(result.wrong)} wrong answers, first {result.wrong[0]}")
            count = len(result.times)
            figures[f"{page}.rps_{clients}"] = round(count / result.seconds, 1)
            figures[f"{page}.p50_{clients}"], figures[f"{page}.p99_{clients}"] = result.percentile(0.5), result.percentile(0.99)
            figures[f"{page}.cpu_ms" if clients == 1 else f"{page}.cpu_ms_16"] = round(used / count * 1000, 3)
    return figures


def topic_page(given: Run) -> dict[str, float]:
    """Count the statements of a topic page and the bytes of a first visit."""
    person = given.people[0]
    return {
        "topic.queries": _queries(given.data, person, given.url),
        "topic.first_visit_kb": _first_visit_kb(given.served, person),
    }


def turns(people: list[dict[str, Any]], number: int) -> Iterator[tuple[dict[str, Any], int]]:
    """A different member and topic each time, each client from another place in the round."""
    for at in itertools.count(number * 131):
        person = people[at % len(people)]
        yield person, person["topics"][(at // len(people)) % len(person["topics"])]


def form_token(served: Served, cookie: str) -> tuple[str, str]:
    """Return the form cookie and a token that goes with it."""
    _status, headers, body = Line(served.port).ask(Request("/groups/new/", cookie))
    made = re.search(r"form=([^;]+)", headers["set-cookie"])
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    if made is None or token is None:
        raise SystemExit("no form token")
    return made.group(1), token.group(1).decode()


def _finder(cookie: str, token: tuple[str, str]) -> Request:
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "words": WORDS}).encode()
    return Request("/find/", f"{cookie}; form={token[0]}", body, (302,))


def answer(person: dict[str, Any], topic: int, token: tuple[str, str], number: int) -> Request:
    """Answer in a topic, each time with an intent of its own."""
    fields = {"csrfmiddlewaretoken": token[1], "words": WORDS[:630], "intent": f"{number}x{time.perf_counter_ns()}"[:40]}
    path = f"/g/{person['code']}/topics/{topic}/reply/"
    return Request(path, f"{person['cookie']}; form={token[0]}", urllib.parse.urlencode(fields).encode(), (302,))


def _postgres_family(data: Path | None) -> list[int]:
    if data is None:
        return []
    pid_file = data / "postgres" / "data" / "postmaster.pid"
    return family(int(pid_file.read_text().split("\n")[0]))


def _in_folder(data: Path, url: str, code: str) -> float:
    more = {"DATABASE_URL": url} if url else {}
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", KITH_DEMO="1", **more)
    done = subprocess.run([sys.executable, "-c", code], check=True, env=env, capture_output=True, text=True)
    return float(done.stdout.strip().split("\n")[-1])


def _queries(data: Path, person: dict[str, Any], url: str) -> float:
    """Count the statements of a topic page, from the session to the last post."""
    code = f"""
import django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS = ["testserver"]
from django.db import connection; from django.test import Client; from django.test.utils import CaptureQueriesContext
client = Client(); name, value = {person["cookie"]!r}.split("=", 1); client.cookies[name] = value
path = "/g/{person["code"]}/topics/{person["topics"][0]}/"; client.get(path)
with CaptureQueriesContext(connection) as seen: assert client.get(path).status_code == 200
print(len(seen))"""
    return _in_folder(data, url, code)


def _first_visit_kb(served: Served, person: dict[str, Any]) -> float:
    """Add up the bytes of a cold visit to a topic: the page and every file that it names, packed, with headers' bodies only."""
    line = Line(served.port)
    path = f"/g/{person['code']}/topics/{person['topics'][0]}/"
    _status, _headers, plain = line.ask(Request(path, person["cookie"]))
    total = len(line.ask(Request(path, person["cookie"], packed=True))[2])
    from kith.web.assets import contents

    names = {hashed for name, (hashed, _content) in contents().items() if name.endswith(".js") or hashed.encode() in plain}
    for name in names:
        status, _headers, body = line.ask(Request(f"/static/{name}", packed=True))
        if status != 200:
            raise SystemExit(f"{name}: {status}")
        total += len(body)
    return round(total / 1024, 1)


def _commits(data: Path, url: str) -> float:
    """Count single-row transactions a second, each made durable before the next."""
    code = """
import time, django; django.setup()
from django.db import transaction
from kith.core.models import Event
from kith.core import clock
begin, n = time.perf_counter(), 0
while time.perf_counter() - begin < 2:
    with transaction.atomic(): Event.objects.create(channel="bench", kind="bench", made_at=clock.now())
    n += 1
print(n / (time.perf_counter() - begin))"""
    return round(_in_folder(data, url, code))


def measure(options: dict[str, Any]) -> dict[str, object]:
    """Measure with the options of the command line."""
    databases = (options["database"],) if options["database"] else ("sqlite", "postgres")
    return bench(posts=int(options["posts"] or 1_000_000), databases=databases, seconds=options["seconds"])
