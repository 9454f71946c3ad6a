"""What a mailbox keeps for its owner alone, sealed and always as long: whether it writes letters, and what she has seen.

What is seen stands nowhere else: from a sign on each notice one could read between which two of them she looked, in every mailbox,
and mailboxes that were looked through at the same moments are one person's.
"""

import json
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q

from kith.notify import limits
from kith.notify.models import Mailbox, Notice
from kith.people.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Kept:
    """Letters or not; the newest notice up to which all are seen, and those seen beyond it."""

    mail: bool = False
    upto: int = 0
    seen: tuple[int, ...] = ()

    def is_new(self, notice: int) -> bool:
        """Say whether this notice was not looked at yet."""
        return notice > self.upto and notice not in self.seen


def open_kept(sealed: bytes | memoryview | None, mailbox: int) -> Kept:
    """Open what a mailbox keeps."""
    if not sealed:
        return Kept()
    mail, upto, *seen = json.loads(unseal(sealed, place=f"mailbox.settings:{mailbox}"))
    return Kept(bool(mail), upto, tuple(seen))


def seal_kept(mailbox: int, kept: Kept) -> bytes:
    """Seal it, as long as any other."""
    plain = json.dumps([int(kept.mail), kept.upto, *kept.seen]).encode()
    return seal(plain.ljust(limits.SETTINGS_BYTES), place=f"mailbox.settings:{mailbox}")


def new_in(mailbox: int, kept: Kept) -> Q:
    """Say which notices of a mailbox are new."""
    return Q(mailbox=mailbox, pk__gt=kept.upto) & ~Q(pk__in=kept.seen)


@transaction.atomic
def set_mail(mailbox: int, wants: bool) -> None:
    """Keep whether a letter may say that a notice waits."""
    row = Mailbox.objects.select_for_update().get(pk=mailbox)
    _save(row, replace(open_kept(row.settings_sealed, mailbox), mail=wants))


@transaction.atomic
def add_seen(mailbox: int, wanted: Q) -> bool:
    """Keep that the notices which are `wanted` were seen; say whether any of them was new."""
    row = Mailbox.objects.select_for_update().filter(pk=mailbox).first()
    if row is None:
        return False
    kept = open_kept(row.settings_sealed, mailbox)
    added = list(Notice.objects.filter(new_in(mailbox, kept) & wanted).values_list("pk", flat=True))
    if added:
        _save(row, _joined(mailbox, kept, added))
    return bool(added)


def _joined(mailbox: int, kept: Kept, added: list[int]) -> Kept:
    """Put notices to those seen, as few keys as say it; where they are too many, the oldest are new again."""
    seen = sorted({*kept.seen, *added})
    wide = replace(kept, seen=tuple(seen))
    first = Notice.objects.filter(new_in(mailbox, wide)).order_by("pk").values_list("pk", flat=True).first()
    upto = seen[-1] if first is None else first - 1
    return replace(kept, upto=upto, seen=tuple(key for key in seen if key > upto)[-limits.MOST_SEEN :])


def _save(row: Mailbox, kept: Kept) -> None:
    row.settings_sealed = seal_kept(row.pk, kept)
    row.save(update_fields=["settings_sealed"])
