"""Filling the vocabulary from the hand-made core."""

from django.db import transaction

from kith.concerns.models import Concern
from kith.concerns.sayings import read_core


@transaction.atomic
def load_core() -> int:
    """Add or renew the hand-made concerns; repeatable. Return how many there are in the file."""
    rows = read_core()
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
