"""What every test shares: counts forgotten, and read marks written only when a test says so."""

import pytest

from kith.conversation import limits, reading
from kith.finding import queries as finder
from kith.web import aside, throttle


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    throttle.forget()
    monkeypatch.setattr(aside, "TRIES", 1)  # nothing goes on after its test
    finder._held = None  # keys are given again after a rollback
    monkeypatch.setattr(limits, "READ_GATHER", 3600.0)
    reading._marks.clear()
    reading._seen.clear()
