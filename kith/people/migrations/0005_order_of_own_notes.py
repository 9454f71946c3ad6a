"""
Number the notes that are there, oldest first, so that a list can be cut before it is opened.

Their moments stand inside the seals, and only the room's own code knows how to open one: it must always read what was sealed before.
Heads are not made here: they are cut by code that may change. A note without one is opened whole, at most a page of them at once,
until it is changed.
"""

import json

from django.db import migrations

from kith.people.sealing import Unreadable, unseal, unseen


def count(apps, schema_editor):
    """Person by person; repeatable."""
    notes = apps.get_model("people", "OwnNote").objects
    for person in notes.filter(number=0).order_by().values_list("person", flat=True).distinct():
        mine = sorted(notes.filter(person=person), key=lambda row: (row.number, _moment(row), row.pk))
        for number, row in enumerate(mine, 1):
            row.number = number
        notes.bulk_update(mine, ["number"], batch_size=100)


def _moment(row):
    """Return when a note was begun; one that cannot be opened counts as the oldest."""
    try:
        return json.loads(unseal(row.sealed, place=f"own_note:{row.person_id}:{row.pk}", why=unseen(row.person_id)))[1]
    except Unreadable:
        return ""


class Migration(migrations.Migration):
    """Data: the reverse leaves the numbers, which go with their column."""

    dependencies = [("people", "0004_heads_of_own_notes")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
