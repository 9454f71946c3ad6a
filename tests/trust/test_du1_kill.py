"""DU1: the server is killed again and again while eight people write: every acknowledged post is there, once, in her order."""

import sys

import pytest
from django.db import connection

from bench.durability import rounds
from bench.powercut import SERVE
from bench.writing import out_of_order


@pytest.mark.parametrize(
    "kills", [pytest.param(12, marks=pytest.mark.slow), pytest.param(100, marks=pytest.mark.nightly)]
)  # each is a start of its own: 12 take half a minute
def test_kills_lose_double_and_disorder_nothing(tmp_path, kills):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's kills are in `kith bench durability`")
    found = rounds(
        tmp_path, {"KITH_DEMO": "1", "DATABASE_URL": ""}, kills, start=(sys.executable, "-c", SERVE), seconds=(0.2, 0.8)
    )
    assert (found["lost"], found["doubled"], found["out_of_order"], found["wrong_answers"]) == (0, 0, 0, 0)
    assert min(found["least_acknowledged_in_a_round"], found["least_in_flight_at_kill"]) > 0


def test_what_stands_out_of_order_is_counted():
    assert out_of_order(["token-1-1-end", "token-2-1-end", "token-1-2-end", "token-2-7-end"]) == 0
    assert out_of_order(["token-1-2-end", "token-2-1-end", "token-1-1-end"]) == 1
