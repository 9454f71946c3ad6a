"""PR7: my own copy holds every column that the inventory says it holds, and nothing of anybody else."""

import io
import json
import re
import zipfile
from datetime import date, datetime

import pytest
import time_machine
from django.db import models, transaction

from kith.conversation.models import Post, Topic
from kith.core.inventory import models_by_table, read_inventory
from kith.groups.queries import list_own_groups, list_past_groups
from kith.notify.models import Mailbox
from kith.people.models import Person
from kith.testing.cast import AT
from kith.testing.owning import LATER, split, use_everything
from kith.testing.world import build_world, same_chances
from kith.web.pages.gathering import FOR_PROGRAMS, fact_words
from kith.web.pages.packing import NO_REST, pack, rest_of
from tests.trust.masks import mask

pytestmark = pytest.mark.django_db
CANARY = re.compile(rb"Zq\d{6}")
# Where my own copy says a column otherwise than the row does: what stands there for a value.
SAID = {
    "conversation_post.place": lambda place: place == 1,
    "conversation_post.mask": None,  # a voice's name in words
    "conversation_post.state": lambda state: state or "shown",
    "conversation_post.own_fold": lambda folded: "folded_by_me",
    "conversation_post.quotes_id": lambda quotes: True,
    "conversation_topic.line_id": lambda line: True,
    "conversation_topic.title": None,  # that of a line to the hosts is in words
    "conversation_topic.author_id": lambda author: True,
    "conversation_allread.persona_id": None,
}
# What is sealed, opened: her own, as `use_everything` has made it.
OPENED = {
    "people_person.email_sealed": "wren@example.org",
    "people_person.list_sealed": "Harbour",
    "people_person.filters_sealed": "thunder",
    "people_person.looks_sealed": True,
    "people_session.day_sealed": AT.date().isoformat(),
    "people_ownnote.sealed": "Nobody knows that ann cannot sleep.",
    "people_factor.sealed": "Wren's phone",
    "people_happening.sealed": AT.date().isoformat(),
    "people_look.sealed": AT.date().isoformat(),
    "notify_mailbox.owner_sealed": "ann 1000",
    "notify_mailbox.settings_sealed": True,
    "groups_persona.owner_sealed": "Wren",
}


@pytest.fixture
def world():
    made = build_world(one_person=True)
    use_everything(made)
    return made


def copy_of(world, who="ann"):
    viewer = world.viewers[who]
    owns = [*list_own_groups(viewer), *list_past_groups(viewer)]
    return zipfile.ZipFile(io.BytesIO(pack(owns, rest_of(viewer.person), site="Kith", at=LATER)))


def values_at(data, path):
    """Return all that stands at a path, through every list on the way."""
    for step in filter(None, path.split(".")):
        lots = data if isinstance(data, list) else [data]
        data = [value for lot in lots for value in _each(lot.get(step))]
    return data


def _each(value):
    return value if isinstance(value, list) else [value]


def exported():
    return [
        (table, column) for table in read_inventory().values() for column in table.columns.values() if column.export and table.by
    ]


def test_every_column_of_somebodys_is_found_by_her_keys():
    assert all(table.by for table in read_inventory().values() for column in table.columns.values() if column.export)
    assert len(exported()) > 100


def test_it_holds_every_column_that_the_inventory_says_it_holds(world):
    data = json.loads(copy_of(world).read("words.json"))
    mine = {table.name: list(hers) for table, hers, _others in split(world.people["ann"])}
    missing = []
    for table, column in exported():
        where = f"{table.name}.{column.name}"
        found = [value for path in column.export.split(", ") for value in values_at(data, path)]
        wanted = _wanted(where, mine[table.name], column)
        if wanted is None:
            missing += [] if any(value not in (None, "", [], {}) for value in found) else [f"{where}: nothing at {column.export}"]
        elif not wanted:
            missing.append(f"{where}: `use_everything` makes no such value")
        else:
            texts = {_plain(value) for value in found if not isinstance(value, dict)} | {
                _plain(inner) for value in found if isinstance(value, dict) for inner in value.values() if not isinstance(inner, dict | list)
            }  # fmt: skip
            missing += [f"{where}: {value!r}" for value in wanted if _plain(value) not in texts]
    assert missing == []


def _wanted(where, rows, column):
    """Return the values that must stand there; None where it is enough that something does (a link to who or where)."""
    if column.kind == "sealed":
        return [OPENED[where]]
    if where in SAID and SAID[where] is None:
        return None
    field = next(f for f in models_by_table()[where.partition(".")[0]]._meta.fields if f.column == column.name)
    values = [getattr(row, field.attname) for row in rows]
    if where in SAID:
        return [SAID[where](value) for value in values if value]
    if field.related_model in (Post, Topic) and not column.export.endswith(("pictures", "before")):
        return [getattr(row, field.name).number for row in rows if getattr(row, field.attname)]
    if field.is_relation or column.name == "by":
        return None if any(values) else []
    return [value for value in values if value not in (None, "")]


def _plain(value):
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def test_what_a_reader_is_shown_holds_it_too(world):
    """Each fact has a name for a reader, or stands in words.html, or says something to programs only; text is in about.html."""
    archive = copy_of(world)
    data = json.loads(archive.read("words.json"))
    html = archive.read("about.html").decode() + archive.read("words.html").decode()
    unnamed = []
    for part in (data["account"], data["looks"], *[{k: v for k, v in lot.items() if k not in WORDS} for lot in data["groups"]]):
        unnamed += [key for key, _value in _facts(part) if key not in fact_words() and key not in FOR_PROGRAMS]
        said = [
            value
            for key, value in _facts(part)
            if key in fact_words() and isinstance(value, str) and not re.match(r"\d{4}-", value)
        ]
        assert [value for value in said if value and value not in html] == []
    assert sorted(set(unnamed)) == []
    assert set(fact_words()).isdisjoint(FOR_PROGRAMS)


WORDS = {"group", "code", "my_name_there", "past", "posts", "drafts", "responses_given"}


def _facts(part):
    if isinstance(part, list):
        for one in part:
            yield from _facts(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            yield key, value
            yield from _facts(value)


def plant(rows, columns):
    """Write a word into each of these columns that stands nowhere else."""
    for row in rows:
        for name in columns:
            field = next(f for f in row._meta.fields if f.column == name)
            if isinstance(field, models.CharField | models.TextField) and (field.max_length or 99) >= 8:
                plant.count += 1
                type(row)._default_manager.filter(pk=row.pk).update(**{field.name: f"Zq{plant.count:06d}"})


plant.count = 0
# Titles of the topics that I answered stand in my own copy, and it says so.
TITLES = {"title", "wish"}


@pytest.mark.parametrize("one_person", [True, False])
def test_it_holds_nothing_of_anybody_else(one_person):
    """In each world: not a word, a name or a code of anybody else, be it in her rows or in mine; of mine nothing that is to be left out."""
    world = build_world(one_person=one_person)
    use_everything(world)
    plant.count = 0
    for table, hers, others in list(split(world.people["ann"])):
        personal = [c.name for c in table.columns.values() if c.kind in ("person", "persona", "content", "secret")]
        plant(others, [name for name in personal if not (table.name == "conversation_topic" and name in TITLES)])
        plant(hers, [c.name for c in table.columns.values() if c.left_out])
    assert plant.count > 300
    archive = copy_of(world)
    for name in archive.namelist():
        data = archive.read(name)
        assert CANARY.findall(data + name.encode()) == []
        if not name.startswith("pictures/"):
            for model in (Person, Mailbox, models_by_table()["groups_persona"]):
                assert [key for key in model._default_manager.values_list("pk", flat=True) if str(key).encode() in data] == []
    if not one_person:
        words = b"".join(archive.read(name) for name in archive.namelist())
        assert world.groups["second"].encode() not in words
        assert b"Harbour" not in words


def test_the_copy_of_one_group_is_the_same_whoever_else_one_is():
    """Two worlds: handed on to somebody, it does not tell that its owner is in another group."""
    seen = []
    for one_person in (True, False):
        with transaction.atomic(), time_machine.travel(AT, tick=False), same_chances():
            world = build_world(one_person=one_person)
            (own,) = [own for own in list_own_groups(world.viewers["ann"]) if own.code == world.groups["first"]]
            archive = zipfile.ZipFile(io.BytesIO(pack([own], NO_REST, site="Kith", at=LATER)))
            seen.append({name: mask(archive.read(name)) for name in archive.namelist()})
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(seen[0]) > 5
