"""AC3: what a page is handed, field by field, and to whom: frozen rows whose fields stand in a list, and never a row of the database."""

import dataclasses
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import models
from jinja2 import Environment

from kith.testing.cast import AT
from kith.testing.walk import found_by, pages
from kith.web import page
from tests.test_routes import world  # noqa: F401 - the fixture
from tests.trust.test_ac2_matrix import ROLES, Asker

LOOSE = {"PostRow"}  # twenty of them are made for a page, and making a frozen one takes longer
LIST = Path(__file__).with_name("fields.toml")


class Handed:
    """Keep which classes of rows stand in what templates are handed, and whatever must not be there."""

    def __init__(self):
        self.fields, self.wrong = {}, set()

    def look(self, value, depth=0):
        if isinstance(value, models.Model | models.QuerySet | models.Manager):
            self.wrong.add(type(value).__name__)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            kind = type(value)
            if not (kind.__dataclass_params__.frozen or kind.__module__.startswith("kith.web.") or kind.__name__ in LOOSE):
                self.wrong.add(f"{kind.__name__} is not frozen")
            self.fields[f"{kind.__module__}.{kind.__qualname__}"] = sorted(field.name for field in dataclasses.fields(kind))
            for field in dataclasses.fields(kind):
                self.look(getattr(value, field.name), depth + 1)
        elif isinstance(value, Mapping):
            for key, one in value.items():
                self.look(key, depth + 1)
                self.look(one, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for one in value:
                self.look(one, depth + 1)


def watch(monkeypatch):
    """Look at the context of every template from now on."""
    handed = Handed()

    class Watching:
        def __init__(self, template):
            self._template = template

        def render(self, **context):
            handed.look(context)
            return self._template.render(**context)

    class Found:
        def __init__(self, environment: Environment):
            self._environment = environment
            self.globals = environment.globals

        def get_template(self, name):
            return Watching(self._environment.get_template(name))

    environment_for = page.environment_for
    monkeypatch.setattr(page, "environment_for", lambda language: Found(environment_for(language)))
    return handed


def handed_to(world, who, monkeypatch):  # noqa: F811 - the fixture of test_routes
    """Return the rows that pages and answers to forms hand to one of those who look."""
    with monkeypatch.context() as patched:
        handed, asker = watch(patched), Asker(world, who)
        for name, path, view in pages(world):
            for verb in view.methods:
                asker.ask(verb, name, path)
        for name, path in found_by(world, who):
            asker.ask("GET", name, path)
    assert handed.wrong == set(), who
    return handed.fields


@pytest.mark.slow
@pytest.mark.django_db
@time_machine.travel(AT + timedelta(days=8))  # a report has waited for a week, and what was taken back can come back
def test_each_is_handed_the_fields_that_stand_in_the_list(world, monkeypatch, record_property):  # noqa: F811 - the fixture of test_routes
    seen, fields = {}, {}
    for who in ROLES:
        for kind, names in handed_to(world, who, monkeypatch).items():
            seen.setdefault(kind, []).append(who)
            fields[kind] = names
    told = {kind: {"who": _said(who), "fields": " ".join(fields[kind])} for kind, who in seen.items()}
    listed = tomllib.loads(LIST.read_text())
    assert {kind: row for kind, row in told.items() if listed.get(kind) != row} == {}, "handed out, and not so in fields.toml"
    assert sorted(set(listed) - set(told)) == [], "in fields.toml, and handed to nobody"
    record_property("told", f"{len(told)} kinds of rows, {sum(map(len, fields.values()))} fields")


def _said(who):
    return "all" if tuple(who) == ROLES else "signed in" if tuple(who) == ROLES[1:] else " ".join(who)


def test_a_row_of_the_database_or_a_loose_one_is_seen():
    @dataclasses.dataclass
    class Loose:
        name: str

    Loose.__module__ = "kith.groups.rows"
    handed = Handed()
    handed.look({"rows": [(Loose("x"), models.Manager())]})
    assert handed.wrong == {"Loose is not frozen", "Manager"}
