"""The audit trail: what was done, by which persona or mailbox, on which day."""

from datetime import datetime, timedelta

from kith.core.ids import random_key
from kith.core.models import AuditEntry
from kith.core.sql import run

KEEP_DAYS = 365
# By hand: it stands in every write.
_RECORD = "INSERT INTO core_auditentry (id, kind, by, about, made_on) VALUES (%s, %s, %s, %s, %s)"


def record(kind: str, *, by: int, about: str, at: datetime) -> None:
    """Write down that `by` (a persona's or a mailbox's key, 0 for the machine) did `kind` to `about`, in this transaction."""
    run(_RECORD, random_key(), kind, by, about, at.date())


def drop_old_entries(*, at: datetime) -> None:
    """Forget what was done more than a year ago."""
    AuditEntry.objects.filter(made_on__lt=at.date() - timedelta(days=KEEP_DAYS)).delete()
