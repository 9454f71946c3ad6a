"""AC6: whatever numbers and codes of one group are put into an address of another, not a byte of the other comes out, nor is one changed."""

import itertools

import pytest
from django.apps import apps
from django.db import models
from django.urls import resolve, reverse

from kith.groups.models import Group
from kith.testing.walk import pages
from tests.test_routes import world  # noqa: F401 - the fixture
from tests.trust.test_ac2_matrix import Asker

# How rows of each table belong to a group.
OF_GROUP = {
    "groups.Persona": "group", "groups.Charter": "group", "groups.Invitation": "group", "conversation.Topic": "group", "conversation.Post": "group",
    "conversation.Tag": "group", "conversation.TopicTag": "topic__group", "conversation.Revision": "post__group", "conversation.Draft": "persona__group",
    "conversation.Picture": "group", "conversation.Response": "persona__group", "conversation.ReadMark": "persona__group",
    "conversation.AllRead": "persona__group", "conversation.Mention": "post__group", "conversation.NoteWish": "post__group",
    "conversation.Relay": "group", "conversation.Told": "post__group", "conversation.Searched": "post__group", "safety.Report": "group",
    "safety.Decision": "group", "groups.GroupConcern": "group", "finding.Card": "group",
}  # fmt: skip
SHOWN = {"conversation.Topic": ("title",), "conversation.Post": ("words", "html", "note", "quoted", "later", "host_note"), "groups.Persona": ("name", "note"),
         "conversation.Draft": ("words", "title"), "conversation.Revision": ("words",), "conversation.Tag": ("name",), "safety.Report": ("words", "copy"),
         "safety.Decision": ("reason", "words"), "conversation.Picture": ("alt",), "conversation.NoteWish": ("note",)}  # fmt: skip
MARK = b"Zq7foreign"
# Asking to come in makes a row there: that is what it is for. The past of one who was there is hers.
HER_PAST = {"words_in", "word"}  # it names the topics in which she who has left had answered
ENTERS = {"join", "words_there", "word", "bring_back", "stop_taking_in"}


def rows_of(group):
    return {
        label: sorted(apps.get_model(label).objects.filter(**{lookup: group}).values_list()) for label, lookup in OF_GROUP.items()
    }


def plant(group):
    """
    Write a word that stands nowhere else into all that this group's people wrote.

    But for the names of those who lead it, which stand on its front door, and for what one of those who look left there herself.
    """
    for label, names in SHOWN.items():
        for number, row in enumerate(apps.get_model(label).objects.filter(**{OF_GROUP[label]: group})):
            author = row if label == "groups.Persona" else getattr(row, "author", None)
            if author and (author.left_on or (author is row and author.leads)):
                continue
            values = {name: f"{MARK.decode()} {number}" for name in names}
            type(row).objects.filter(pk=row.pk).update(**values)


def test_every_table_that_belongs_to_a_group_is_watched():
    pointing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in ("groups.Group", "groups.Persona", "conversation.Post")
    }
    assert pointing <= set(OF_GROUP)


def addresses(world, mine, theirs):  # noqa: F811 - the fixture of test_routes
    """Return every address with each of its parts from either group; numbers are the same in both."""
    own, other, seen = {}, {}, set()
    codes = {world.groups[mine]: own, world.groups[theirs]: other}
    rows = [(name, resolve(path).kwargs, view) for name, path, view in pages(world)]
    for name, kwargs, _view in rows:
        if kwargs.get("code") in codes:
            codes[kwargs["code"]].setdefault(name, []).append(kwargs)
    for name, _kwargs, view in rows:
        parts = [*own.get(name, ()), *other.get(name, ())]
        for one, two in itertools.product(parts, parts):
            for keys in itertools.product((0, 1), repeat=len(one)):
                mixed = {key: (one, two)[which][key] for which, key in zip(keys, one, strict=True)}
                path = reverse(name, kwargs=mixed)
                if path not in seen:
                    seen.add(path)
                    yield name, path, view


@pytest.mark.nightly
@pytest.mark.django_db
def test_swapped_ids_give_and_change_nothing_of_another_group(world, record_property):  # noqa: F811 - the fixture of test_routes
    wrong, asked, theirs = [], 0, Group.objects.get(code=world.groups["second"])
    plant(theirs.pk)
    before = rows_of(theirs.pk)
    for who in ("host_1", "member_1", "ex_member", "outsider", "guest", "steward"):
        asker = Asker(world, who)
        for name, path, view in addresses(world, "first", "second"):
            for verb in view.methods:
                answer, asked = asker.ask(verb, name, path, check=lambda: rows_of(theirs.pk)), asked + 1
                if answer.status_code >= 500 or (
                    MARK in answer.content and (who, name) not in {("ex_member", past) for past in HER_PAST}
                ):
                    wrong.append((who, verb, path, answer.status_code, "foreign bytes" if MARK in answer.content else ""))
                if verb == "POST" and asker.checked != before and not (who != "guest" and name in ENTERS):
                    wrong.append((who, verb, path, answer.status_code, "changed"))
    assert wrong == [], "\n".join(map(str, wrong))
    assert asked > 1000
    record_property("told", f"{asked:,} addresses with swapped ids")
