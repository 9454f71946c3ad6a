"""`kith serve` keeps its processes alive, and none outlives it."""

import os
import signal
import time

import pytest
from django.db import connection

from bench.machine import family
from kith.cli.waiting import wait_until_up
from kith.testing.serving import serving


@pytest.fixture(autouse=True)
def _once():
    if connection.vendor != "sqlite":
        pytest.skip("the processes are the same on either database")


def wait_for(true, seconds=15):
    """Wait until something is so; say whether it became so."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
def test_whatever_dies_is_begun_again_and_nothing_stays_behind():
    with serving(KITH_WORKERS="1") as site:
        assert wait_for(lambda: len(family(site.pid)) == 3)  # the parent, a server process, the worker
        for child in set(family(site.pid)) - {site.pid}:
            os.kill(child, signal.SIGKILL)
            assert wait_for(lambda: child not in family(site.pid) and len(family(site.pid)) == 3)  # noqa: B023 - asked at once
            assert wait_until_up(site.port)
        children = set(family(site.pid)) - {site.pid}
        os.kill(site.pid, signal.SIGTERM)
        assert wait_for(lambda: not any(os.path.exists(f"/proc/{child}/status") for child in children))
