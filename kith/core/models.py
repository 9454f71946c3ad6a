"""Shared rows without a noun of ours: the site's own settings, live events, audit entries and intents."""

from django.db import models

from kith.core.fields import RandomKey


class Site(models.Model):
    """The one row of what the steward sets for this installation."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=60, default="Kith")
    country = models.CharField(max_length=2, default="")
    run_by = models.CharField(max_length=120, default="")
    contact = models.CharField(max_length=200, default="")
    about = models.TextField(default="")
    privacy = models.TextField(default="")
    exit_url = models.CharField(max_length=200, default="https://www.wikipedia.org/")
    discreet = models.BooleanField(default=False)  # tabs and history of everybody show a name that says nothing
    help_drawn = models.JSONField(default=list)  # the help lines of the site's country, as the foot of a page needs them
    mail_host = models.CharField(max_length=200, default="")
    mail_port = models.PositiveIntegerField(default=587)
    mail_security = models.CharField(max_length=8, default="starttls")
    mail_user = models.CharField(max_length=200, default="")
    mail_word_sealed = models.BinaryField(null=True)
    mail_from = models.CharField(max_length=200, default="")
    mail_tested_at = models.DateTimeField(null=True)
    first_code_hash = models.CharField(max_length=64, default="")
    set_up_at = models.DateTimeField(null=True)
    keys_printed_at = models.DateTimeField(null=True)
    demo_since = models.DateField(null=True)  # this database holds invented people, and never real ones
    backed_up_at = models.DateTimeField(null=True)
    drilled_at = models.DateTimeField(null=True)  # when a backup was last proven to restore ...
    drilled_made_at = models.DateTimeField(null=True)  # ... and when that backup was made

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_one_site")]

    def __str__(self) -> str:
        return f"site {self.pk}"


class Event(models.Model):
    """Something that happened, for open pages; rebuilt from nothing, gone after an hour."""

    channel = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    number = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="core_event_made")]

    def __str__(self) -> str:
        return f"event {self.pk}"


class AuditEntry(models.Model):
    """Who did what to what: kinds and keys of personas and mailboxes, never a person, never words."""

    id = RandomKey()  # random: no order within a day
    kind = models.CharField(max_length=60)
    by = models.BigIntegerField()
    about = models.CharField(max_length=80)
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"audit entry {self.pk}"


class Intent(models.Model):
    """A form that was already answered: a retry gets the first answer."""

    actor = models.BigIntegerField()
    key = models.CharField(max_length=40)
    result = models.CharField(max_length=80)
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="core_one_answer_per_intent")]

    def __str__(self) -> str:
        return f"intent {self.pk}"


class Erasure(models.Model):
    """That something was erased, or taken back: by a keyed tag and the month, to be done once more where an older copy is restored."""

    id = RandomKey()
    kind = models.CharField(max_length=40)
    tag = models.BinaryField(max_length=32)
    month = models.DateField()
    logged = models.BooleanField(default=False)  # it stands beside the backups too

    class Meta:
        indexes = [models.Index(fields=["tag"], name="core_erasure_tag")]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
