"""Reads of mailboxes: callers name their own, from the person's sealed list."""

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.utils.translation import gettext as _

from kith.core.sql import marks, one
from kith.notify import kinds
from kith.notify.keeping import Kept, new_in, open_kept
from kith.notify.models import Mailbox, Notice, Outbox
from kith.notify.rows import ExportLetter, ExportMailbox, ExportNotice, NoticeRow
from kith.people.sealing import unseal_owner


def list_notices(mailboxes: Sequence[int], *, limit: int = 60) -> list[NoticeRow]:
    """List the newest notices of these mailboxes."""
    rows = Notice.objects.filter(mailbox__in=mailboxes).order_by("-made_at", "-id")[:limit]
    kept = _kept(mailboxes)
    return [_row(notice, kept[notice.mailbox_id].is_new(notice.pk)) for notice in rows]


def _kept(mailboxes: Sequence[int]) -> dict[int, Kept]:
    rows = Mailbox.objects.filter(pk__in=mailboxes).values_list("pk", "settings_sealed")
    return {mailbox: open_kept(sealed, mailbox) for mailbox, sealed in rows}


def _row(notice: Notice, new: bool) -> NoticeRow:
    kind = kinds.get(notice.kind)
    sentence = _(kind.sentence) % {"who": notice.who or _("Somebody")}
    return NoticeRow(
        notice.pk, sentence, kind.path(notice.about), notice.made_at, new, notice.mailbox_id, kind.part(notice.about)
    )


def has_new(mailboxes: Sequence[int]) -> bool:
    """Say whether any of these mailboxes holds a notice that was not looked at yet."""
    new = [new_in(mailbox, kept) for mailbox, kept in _kept(mailboxes).items()]
    return bool(new) and Notice.objects.filter(reduce(or_, new)).exists()


def was_told(mailbox: int, abouts: Collection[str]) -> bool:
    """Say whether a mailbox holds a notice about any of these things, new or not."""
    statement = f"SELECT 1 FROM notify_notice WHERE mailbox_id = %s AND about IN ({marks(len(abouts))}) LIMIT 1"
    return bool(abouts) and one(statement, mailbox, *abouts) is not None


def owner_of(mailbox: int) -> int:
    """Open whose mailbox this is, for a letter or a count."""
    sealed = Mailbox.objects.values_list("owner_sealed", flat=True).get(pk=mailbox)
    return unseal_owner(sealed, place=f"mailbox.owner:{mailbox}")


def list_wanting_mail(mailboxes: Sequence[int]) -> set[int]:
    """List those of these mailboxes that send a letter that a notice waits; off until their owner asks for it."""
    return {mailbox for mailbox, kept in _kept(mailboxes).items() if kept.mail}


def count_waiting_letters() -> int:
    """Count letters not sent yet, for the steward's page."""
    return Outbox.objects.filter(sent_at=None, given_up_at=None).count()


def count_failed_letters() -> int:
    """Count letters given up, for the steward's page."""
    return Outbox.objects.exclude(given_up_at=None).count()


def export_mailbox(mailbox: int) -> ExportMailbox:
    """Return what a mailbox holds, for its owner's own copy; nobody else is named."""
    kept = _kept([mailbox]).get(mailbox, Kept())
    notices = Notice.objects.filter(mailbox=mailbox).order_by("made_at", "pk")
    letters = Outbox.objects.filter(mailbox=mailbox).order_by("made_at", "pk")
    return ExportMailbox(
        kept.mail,
        tuple(ExportNotice(n.kind, n.about, _said(n.kind), n.made_at, kept.is_new(n.pk)) for n in notices),
        tuple(ExportLetter(letter.kind, letter.made_at, letter.sent_at) for letter in letters),
    )


def _said(kind: str) -> str:
    return _(kinds.get(kind).sentence) % {"who": _("Somebody")}
