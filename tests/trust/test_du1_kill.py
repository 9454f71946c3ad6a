"""DU1: the server is killed again and again while eight people write: every acknowledged post is there, once, in her order."""

import sys

import pytest
from django.db import connection

from bench.durability import rounds
from bench.powercut import SERVE
from bench.writing import out_of_order


@pytest.mark.slow
def test_twenty_kills_lose_double_and_disorder_nothing(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's kills are in `kith bench durability`")
    found = rounds(tmp_path, {"KITH_DEMO": "1", "DATABASE_URL": ""}, 20, start=(sys.executable, "-c", SERVE), seconds=(0.2, 0.8))
    assert (found["lost"], found["doubled"], found["out_of_order"], found["wrong_answers"]) == (0, 0, 0, 0)
    assert min(found["least_acknowledged_in_a_round"], found["least_in_flight_at_kill"]) > 0


def test_what_stands_out_of_order_is_counted():
    assert out_of_order(["token-1-1-end", "token-2-1-end", "token-1-2-end", "token-2-7-end"]) == 0
    assert out_of_order(["token-1-2-end", "token-2-1-end", "token-1-1-end"]) == 1
