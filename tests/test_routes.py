"""Every route: declared, walked, safe on every status, and reachable by exactly those who may."""

from collections import Counter

import pytest

from kith.testing.clients import client_with
from kith.testing.walk import STATES, pages, routes
from kith.testing.world import LOOKERS, build_world, token_for
from kith.web import throttle
from kith.web.request import REACHES
from tests.trust.golden import missing

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REFUSED = {401, 404}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    from django.db import transaction

    block = transaction.atomic()
    with django_db_blocker.unblock():
        block.__enter__()
        made = build_world(one_person=True)
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def client_for(world, who):
    return client_with(token_for(world, who))


class TestDeclarations:
    def test_every_view_declares_who_can_reach_it(self):
        undeclared = [name for name, view in routes() if getattr(view, "reach", None) not in REACHES]
        assert undeclared == []

    def test_every_route_has_a_state_in_the_walk(self):
        assert {name for name, _view in routes()} <= set(STATES)

    def test_no_two_routes_share_a_name(self):
        assert [name for name, n in Counter(name for name, _view in routes()).items() if n > 1] == []


def may(world, who, name, path, view, verb="GET"):
    """Say from the declaration alone whether this one may; None where the page itself decides by its state."""
    reach = (
        "reader" if name == "reply" and verb != "POST" else view.reach
    )  # opened as a page, it leads whoever reads to the topic
    if reach in ("anyone", "first_start", "demo"):
        return (reach == "anyone" and name not in ("found", "invitation", "place")) or None
    if reach == "person":
        return who != "guest" if name != "join" else None
    if reach == "steward":
        return who == "steward"
    group = "first" if world.groups["first"] in path else "second"
    inside = {"first": ("member_1", "host_1"), "second": ("member_2", "host_2")}[group]
    if reach == "host" or "topics/7/" in path:  # a line of `ann`, who does not look
        return who == inside[1]
    if "topics/8/" in path:  # a line of the member
        return who in inside
    if reach == "reader" and group == "first" and "topics/99" not in path:
        return True
    if reach in ("member", "reader"):
        return who in inside if "topics/99" not in path else False
    raise AssertionError(reach)


OWN_ONLY = {
    "ask_check",
    "edit",
    "history",
    "withdrawal",
    "own_post",
    "bring_back",
    "stop_taking_in",
    "later",
    "shown_name",
    "own_fold",
    "restoration",
    "decision",
    "note",
    "own_note",
    "keep_own_note",
    "drop_own_note",
    "own_note_post",
    "draft",
    "words_in",
    "words_there",
    "word",
}  # the author's alone, or by state: no member of the cast is


@pytest.mark.django_db
class TestTheMatrix:
    def test_roles_by_objects_by_verbs(self, world):
        cells, wrong = 0, []
        for who in LOOKERS:
            client = client_for(world, who)
            for name, path, view in pages(world):
                for verb in VERBS:
                    throttle.forget()
                    if name in ("sign_out", "exit", "closing") and verb in ("POST", "GET", "HEAD"):
                        continue  # they end the session that looks; each has tests of its own
                    answer = client.generic(verb, path)
                    cells += 1
                    allowed = may(world, who, name, path, view, verb)
                    declared = verb in view.methods or (verb == "HEAD" and "GET" in view.methods)
                    if not declared:
                        ok = answer.status_code == 405
                    elif allowed is None or name in OWN_ONLY:
                        ok = answer.status_code < 500
                    elif allowed:
                        ok = answer.status_code not in REFUSED | {403, 405} and answer.status_code < 500
                    else:
                        ok = answer.status_code in REFUSED
                    if not ok:
                        wrong.append((who, verb, path, answer.status_code))
        print(f"{cells} cells")
        assert wrong == []
        assert cells > 5000

    def test_every_answer_carries_the_same_headers(self, world):
        client = client_for(world, "member_1")
        seen = set()
        paths = [(path, view.opens) for _name, path, view in pages(world)]
        for path, opens in [*paths, ("/no/such/page", ()), ("/g/none/", ()), ("/%00", ())]:
            for verb in ("GET", "PUT"):
                answer = client.generic(verb, path)
                seen.add(answer.status_code)
                shown = opens if answer.status_code != 405 else ()
                assert missing(answer.headers, opens=shown) == {}, (path, answer.status_code)
        assert {200, 302, 404, 405} <= seen
