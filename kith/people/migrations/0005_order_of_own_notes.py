"""
Number the notes that are there, oldest first, so that a list can be cut before it is opened.

Their moments stand inside the seals, which are opened here by hand; only what a page shows is opened from now on. Heads are not made
here: they are cut by code that may change. A note without one is opened whole, at most a page of them, until it is changed.
"""

import json

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import migrations


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
    sealed = bytes(row.sealed)
    try:
        plain = AESGCM(settings.KITH_KEYS["seal"]).decrypt(
            sealed[1:13], sealed[13:], f"own_note:{row.person_id}:{row.pk}".encode()
        )
    except (InvalidTag, ValueError):
        return ""
    return json.loads(plain)[1]


class Migration(migrations.Migration):
    """Data: the reverse leaves the numbers, which go with their column."""

    dependencies = [("people", "0004_heads_of_own_notes")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
