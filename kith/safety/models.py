"""Help lines, reports and what was decided on them."""

from django.db import models

from kith.core.fields import RandomKey
from kith.groups.models import Group, Persona


class HelpLine(models.Model):
    """A help line of one country; shown as unconfirmed until a steward has confirmed it."""

    country = models.CharField(max_length=2)
    service = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    how = models.CharField(max_length=40)
    hours = models.CharField(max_length=60, default="")
    languages = models.CharField(max_length=120, default="")
    url = models.CharField(max_length=300, default="")
    source = models.CharField(max_length=400, default="")
    source_date = models.CharField(max_length=20, default="")
    second_source = models.CharField(max_length=400, default="")
    note = models.CharField(max_length=400, default="")
    confirmed_on = models.DateField(null=True)
    hidden_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "service", "number"], name="safety_line_once")]

    def __str__(self) -> str:
        return f"help line {self.pk}"


class Report(models.Model):
    """What a member told the hosts about something; with the words as they were then."""

    id = RandomKey()
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)  # what is reported: post
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Persona, models.CASCADE, related_name="+")
    author = models.ForeignKey(
        Persona, models.SET_NULL, null=True, related_name="+"
    )  # whose it is: no host answers about herself
    reason = models.CharField(max_length=12)
    words = models.TextField(default="")
    copy = models.TextField(default="")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, default="")

    class Meta:
        indexes = [models.Index(fields=["group", "answered_on"], name="safety_report_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "kind", "number", "by"], condition=models.Q(answered_on=None), name="safety_report_once"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Decision(models.Model):
    """What a host did to a thing, and why, in words for its author."""

    id = RandomKey()
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # fold | return | keep
    about = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Persona, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    words = models.TextField(default="")  # the author's words as they were, for her alone
    made_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["group", "author"], name="safety_decision_author")]

    def __str__(self) -> str:
        return f"decision {self.pk}"
