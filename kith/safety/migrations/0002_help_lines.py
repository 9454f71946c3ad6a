"""Help lines that two sources agree on, unconfirmed until a steward confirms each (safety/data/helplines.csv)."""

import csv
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).resolve().parent.parent / "data" / "helplines.csv"


def add_lines(apps, schema_editor):
    """Add the rows that are not there yet; repeatable."""
    line = apps.get_model("safety", "HelpLine")
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = [line(**row) for row in csv.DictReader(file)]
    line.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    """Data: the reverse leaves the rows."""

    dependencies = [("safety", "0001_initial"), ("core", "0002_the_site")]
    operations = [migrations.RunPython(add_lines, migrations.RunPython.noop)]
