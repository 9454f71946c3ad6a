"""AC2: everybody who may look, at everything that there is, in every way that a browser can ask; against a table in the repository."""

import copy
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.urls import resolve, reverse

from kith.testing.cast import AT
from kith.testing.forms import FORMS, filled
from kith.testing.walk import pages, routes
from kith.testing.world import LOOKERS
from kith.web import throttle
from tests.test_routes import client_for, world  # noqa: F401 - the fixture
from tests.trust.masks import mask

TABLE = Path(__file__).with_name("access.toml")
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES = (*LOOKERS, "ann")  # `ann` wrote what is asked for; nobody else of those who look did
LISTS = {"all": ROLES, "signed in": ROLES[1:], "nobody": ()}
ABSENT = {
    "code": "none0000", "handle": "nobody00", "name": "nopicture", "number": 98765, "post": 98765, "key": 123456789, "invitation": "no-such-one",
    "word": "1" * 32, "slug": "no-such-concern",
}  # fmt: skip

# The page makes the key of a note before the note is there: a key that nobody has is a new note of hers. Keys are drawn from 2**63.
MADE_BY_ASKING = {"own_note", "keep_own_note"}


def table():
    """Read who gets in: by state and verb."""
    rows = tomllib.loads(TABLE.read_text())
    return {
        (state, verb): set(LISTS[who] if who in LISTS else who.split())
        for state, row in rows.items()
        for verb, who in row.items()
    }


def state_of(world, name, path):  # noqa: F811 - the fixture of test_routes
    """Name a state of a route alike in every run: groups by what they are called in the world, random names by what they are."""
    known = {code: group for group, code in world.groups.items()} | {str(n): key for key, n in world.numbers.items()}
    known |= {word: key for key, word in world.words.items()}
    values = [known.get(str(value), str(value)) for value in resolve(path).kwargs.values()]
    return " ".join([name, *(value if len(value) < 40 or value == "0" * 32 else "sealed" for value in values)])


def outcome(status):
    """Say what a status means: in, out, or no way to ask."""
    return {401: "out", 403: "out", 404: "out", 405: "no way"}.get(status, "in" if status < 500 else "broken")


class Asker:
    """One of those who look, each time as if for the first time: whatever a form does is taken back."""

    def __init__(self, world, who):  # noqa: F811 - the fixture of test_routes
        self._world, self.client = world, client_for(world, who)
        self._cookies = copy.deepcopy(self.client.cookies)

    def fresh(self):
        throttle.forget()
        self.client.cookies = copy.deepcopy(self._cookies)

    def ask(self, verb, name, path, check=None):
        """Ask; `check` is called before what was done is taken back, and its answer kept as `checked`."""
        self.fresh()
        with transaction.atomic():
            typed = filled(self._world, name) if verb == "POST" and name in FORMS else None
            answer = self.client.post(path, typed) if typed is not None else self.client.generic(verb, path)
            self.checked = check() if check and verb == "POST" else None
            transaction.set_rollback(True)
        return answer


def absent(name, path):
    """Return the same address of what was never there: in no group at all, and in the same group."""
    kwargs = resolve(path).kwargs
    everything = {key: ABSENT.get(key, value) for key, value in kwargs.items()}
    inner = everything | ({"code": kwargs["code"]} if "code" in kwargs else {})
    return [reverse(name, kwargs=found) for found in (everything, inner) if found != kwargs]


def shown(answer, path):
    """Return all that an answer shows, without its own address."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "Content-Length")
    return answer.status_code, headers, mask(answer.content).replace(path.encode(), b"*")


@pytest.mark.slow
@pytest.mark.django_db
@time_machine.travel(AT + timedelta(days=1))  # invitations have not run out, and what was taken back can come back
def test_who_gets_in_is_who_stands_in_the_table(world, record_property):  # noqa: F811 - the fixture of test_routes
    wanted, cells, compared, wrong, used = table(), 0, 0, [], set()
    states = [(state_of(world, name, path), name, path, view) for name, path, view in pages(world)]
    for who in ROLES:
        asker, never = Asker(world, who), {}
        for state, name, path, view in states:
            for verb in VERBS:
                answer = asker.ask(verb, name, path)
                cells += 1
                asked = "GET" if verb == "HEAD" else verb
                declared = asked in view.methods
                may = who in wanted.get((state, asked), ())
                used.add((state, asked))
                right = ("in" if may else "out") if declared else "no way"
                if outcome(answer.status_code) != right or (declared and (state, asked) not in wanted):
                    wrong.append((who, verb, state, answer.status_code))
                if answer.status_code == 404 and (verb == "GET" or (verb == "POST" and name not in MADE_BY_ASKING)):
                    for other in absent(name, path):
                        key = (verb, other)
                        never[key] = never.get(key) or shown(asker.ask(verb, name, other), other)
                        compared += 1
                        if never[key] != shown(answer, path):
                            wrong.append((who, verb, state, "unlike what was never there"))
    assert wrong == [], "\n".join(map(str, wrong))
    assert set(wanted) <= used, "in the table, and no route"
    assert cells > 11_000
    assert compared > 1000
    record_property("told", f"{cells:,} cells, {compared:,} refusals like those of what was never there")


def test_every_form_is_filled_and_every_filled_form_is_there():
    posts = {name for name, view in routes() if "POST" in view.methods}
    assert posts <= set(FORMS)
    assert set(FORMS) - posts <= {"demo_sign_in"}
