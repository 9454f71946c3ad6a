"""Give the errands that wait already their tags; one that cannot be opened keeps none, and is found by nobody."""

import json

from django.db import migrations

from kith.people.sealing import Unreadable, errand_tag, unseal  # nothing else may open a seal, not even here

BATCH = 500


def tag(apps, schema_editor):
    errands = apps.get_model("groups", "Errand").objects
    last = -1
    while rows := list(errands.filter(whose_tag=None, pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        for errand in rows:
            try:
                task = json.loads(unseal(errand.task_sealed, place=f"errand.task:{errand.pk}"))
            except Unreadable:
                continue
            errands.filter(pk=errand.pk).update(whose_tag=errand_tag(int(task.get("persona") or task.get("person") or 0)))


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0005_errand_tag"),
    ]

    operations = [migrations.RunPython(tag, migrations.RunPython.noop)]  # back: the column goes with the step before
