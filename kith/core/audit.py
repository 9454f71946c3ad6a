"""The audit trail: what was done, by which persona or mailbox, on which day."""

from datetime import datetime

from kith.core.models import AuditEntry


def record(kind: str, *, by: int, about: str, at: datetime) -> None:
    """Write down that `by` (a persona's or a mailbox's key, 0 for the machine) did `kind` to `about`, in this transaction."""
    AuditEntry.objects.create(kind=kind, by=by, about=about, made_on=at.date())
