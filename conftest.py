"""What every test shares: counts forgotten, and read marks written only when a test says so."""

from functools import partial
from importlib import import_module
from unittest.mock import patch

import pytest
from django.apps import apps
from pytest_django.plugin import blocking_manager_key

from kith.conversation import limits, reading
from kith.core import files
from kith.finding import queries as finder
from kith.testing.cookies import watched
from kith.web import aside, middleware, throttle

pytest_plugins = ["kith.testing.checks"]


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


@pytest.fixture(autouse=True)
def _cookies(monkeypatch):
    """Watch every cookie that any test is sent (check SE1): one of five, for this host alone, out of reach of scripts."""
    monkeypatch.setattr(middleware, "dress", watched(middleware.dress))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits empties every table when it ends: put back what the migrations put there, for whatever runs after it."""
    result = yield
    if nextitem is not None and "transactional_db" in getattr(item, "fixturenames", ()):
        with item.config.stash[blocking_manager_key].unblock():
            import_module("kith.core.migrations.0002_the_site").make_site(apps, None)
            import_module("kith.safety.migrations.0002_help_lines").add_lines(apps, None)
    return result
