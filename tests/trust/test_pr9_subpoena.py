"""What could be handed over about somebody is printed column by column, and pinned here: a new column shows up and must be looked at."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kith.people import queries
from kith.people.models import Person
from kith.testing.clients import client_of
from kith.testing.owning import use_everything
from kith.testing.world import build_world

pytestmark = pytest.mark.django_db
PINNED = Path(__file__).with_name("subpoena.txt")


@pytest.fixture
def world():
    made = build_world(one_person=True)
    use_everything(made)
    return made


def preview(person):
    out = io.StringIO()
    call_command("subpoena_preview", Person.objects.get(pk=person).sign_in_name, stdout=out)
    return out.getvalue()


def columns(part):
    return re.findall(r"^  (\w+\.\w+):", part, re.MULTILINE)


def test_the_columns_are_those_that_are_pinned(world):
    _head, alone, keys, never = re.split(r"^\d\. .*$", preview(world.people["ann"]), flags=re.MULTILINE)
    printed = ["without the keys:", *sorted(columns(alone)), "with the keys:", *sorted(columns(keys))]
    assert printed == PINNED.read_text().splitlines()
    assert columns(never) == []


def test_without_the_keys_nothing_leads_to_a_group_or_an_address(world):
    _head, alone, keys, _never = re.split(r"^\d\. .*$", preview(world.people["ann"]), flags=re.MULTILINE)
    for words in ("wren@example.org", "Wren", "Harbour", world.groups["first"], "thunder"):
        assert words not in alone
    assert "ann 1000" in alone
    assert all(words in keys for words in ("wren@example.org", "Wren", "Harbour", "thunder"))


def test_the_words_themselves_are_not_printed(world):
    said = preview(world.people["ann"])
    for words in ("rained", "Half a thought", "It hurt me", "cannot sleep", "May I come in"):
        assert words not in said


def test_she_sees_that_somebody_has_looked(world):
    me = world.people["ann"]
    before = len(queries.list_looks(me)[0])
    preview(me)
    rows, whole = queries.list_looks(me)
    assert whole
    assert len(rows) == before + 1
    assert (rows[0].by, rows[0].what, rows[0].reason) == ("operator", "all", "preview")
    assert "if a court asked for it" in client_of(world.viewers["ann"]).get("/me/looks/").content.decode()


def test_it_says_nothing_of_anybody_else(world):
    said = preview(world.people["ann"])
    for name in ("Fig", "Heron", "Old Kettle", "Moss", "member_1", "host_1"):
        assert name not in said
    with pytest.raises(CommandError, match="Nobody has this sign-in name"):
        call_command("subpoena_preview", "nobody 0000", stdout=io.StringIO())
