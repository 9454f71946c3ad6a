"""Mailboxes stand between a notice and a person; only a seal says whose they are."""

from django.db import models

from kith.core.fields import RandomKey


class Mailbox(models.Model):
    """Where notices for one persona, or for one person, arrive."""

    id = RandomKey()
    owner_sealed = models.BinaryField()
    settings_sealed = models.BinaryField(null=True)  # letters or not, and which notices were seen: see keeping

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class Notice(models.Model):
    """One thing to be told; `about` is opaque here and means something to the room that sent it."""

    mailbox = models.ForeignKey(
        Mailbox, models.CASCADE, related_name="notices", db_index=False
    )  # its indexes begin with it, below
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    who = models.CharField(max_length=40, default="")  # a persona's name as it was shown, or empty
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["mailbox", "-id"], name="notify_notice_new"),
            models.Index(fields=["about"], name="notify_notice_about"),  # what it was about goes, moves or is called otherwise
        ]
        constraints = [models.UniqueConstraint(fields=["mailbox", "kind", "about"], name="notify_told_once")]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Outbox(models.Model):
    """A letter waiting to be sent; written with its cause, gone seven days after."""

    channel = models.CharField(max_length=10, default="mail")
    kind = models.CharField(max_length=10, default="notice")  # or "confirm": is this your address?
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="letters")
    message_id = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "due_at"], name="notify_outbox_due")]

    def __str__(self) -> str:
        return f"letter {self.pk}"
