"""Every route: declared, walked, safe on every status. Who may reach it: tests/trust/test_ac2_matrix.py."""

from collections import Counter

import pytest

from kith.testing.clients import client_with
from kith.testing.walk import STATES, pages, routes
from kith.testing.world import build_world, token_for
from kith.web.request import REACHES
from tests.trust.golden import missing


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


@pytest.mark.django_db
class TestHeaders:
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
