"""What every test shares: counts forgotten, and read marks written only when a test says so."""

from functools import partial
from unittest.mock import patch

import pytest

from kith.conversation import limits, reading
from kith.core import files
from kith.finding import queries as finder
from kith.web import aside, throttle


@pytest.fixture(scope="session", autouse=True)
def _own_folder(tmp_path_factory):
    """Each process of a parallel run keeps its pictures apart: a sweep takes every file that its own database does not know."""
    with patch.object(files, "folder", partial(tmp_path_factory.mktemp("files").joinpath, "")):
        yield


@pytest.fixture(autouse=True)
def _forget(monkeypatch):
    throttle.forget()
    monkeypatch.setattr(aside, "TRIES", 1)  # nothing goes on after its test
    finder._held = None  # keys are given again after a rollback
    monkeypatch.setattr(limits, "READ_GATHER", 3600.0)
    reading._marks.clear()
    reading._seen.clear()
