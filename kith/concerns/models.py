"""What groups are about: illness, identity, life event, circumstance, cause."""

from django.db import models

KINDS = ("illness", "identity", "life_event", "circumstance", "cause")


class Concern(models.Model):
    """One concern with the words that people use for it."""

    slug = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KINDS])
    name = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    near = models.ManyToManyField("self", symmetrical=False, related_name="+")

    def __str__(self) -> str:
        return f"concern {self.slug}"
