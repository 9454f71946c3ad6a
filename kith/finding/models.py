"""The finder's index: what of a group may be named as a reason, and how each line sounds."""

from django.db import models

from kith.groups.models import Group


class Card(models.Model):
    """One listed group: its lines (concerns, for whom, sentences of the charter) and their embeddings, the whole first."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="+")
    stamp = models.PositiveIntegerField()  # version of the charter it was made from; 0 once anything else was changed
    recipe = models.PositiveSmallIntegerField()  # how it was made: limits.RECIPE
    lines = models.JSONField()  # [[kind, words], …]
    concerns = models.JSONField(default=list)  # keys of the group's concerns
    vectors = models.BinaryField()  # float16, (1 + lines) × 384

    def __str__(self) -> str:
        return f"card {self.pk}"
