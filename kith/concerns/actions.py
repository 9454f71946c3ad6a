"""Filling the vocabulary from the hand-made core."""

import csv
from pathlib import Path

from django.db import transaction

from kith.concerns.models import Concern
from kith.concerns.sayings import CORE


@transaction.atomic
def load_core(path: Path = CORE) -> int:
    """Add or renew the hand-made concerns; repeatable. Return how many there are in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    concerns = [Concern(slug=row["slug"], kind=row["kind"], name=row["name"], words=row["words"].split("|")) for row in rows]
    Concern.objects.bulk_create(concerns, update_conflicts=True, unique_fields=["slug"], update_fields=["kind", "name", "words"])
    keys = dict(Concern.objects.values_list("slug", "pk"))
    link = Concern.near.through
    link.objects.filter(from_concern__slug__in=[row["slug"] for row in rows]).delete()
    link.objects.bulk_create(
        link(from_concern_id=keys[row["slug"]], to_concern_id=keys[near])
        for row in rows
        for near in row["near"].split("|")
        if near
    )
    return len(rows)
