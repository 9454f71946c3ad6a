"""Opening mailboxes, telling, reading, and leasing letters to a worker."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When

from kith.core.ids import random_code, random_key
from kith.core.sql import one, time_value
from kith.notify import keeping, limits, queries
from kith.notify.keeping import Kept, open_kept, seal_kept
from kith.notify.models import Mailbox, Notice, Outbox
from kith.notify.rows import LetterTo
from kith.people.actions import note_waiting, set_waiting
from kith.people.lists import read_list, set_mailbox
from kith.people.sealing import seal_owner, unseal_owner


def open_mailbox(person: int) -> int:
    """Open a mailbox for a persona of this person; return its key."""
    key = random_key()
    Mailbox.objects.create(
        id=key, owner_sealed=seal_owner(person, place=f"mailbox.owner:{key}"), settings_sealed=seal_kept(key, Kept())
    )
    return key


def open_own_mailbox(person: int) -> None:
    """Open the mailbox of a new person for what concerns her whole account."""
    set_mailbox(person, open_mailbox(person))


def set_wants_mail(mailbox: int, wants: bool) -> None:
    """Switch "send me a letter that a notice waits" on or off."""
    keeping.set_mail(mailbox, wants)


# By hand: a notice goes with every answer. The mailbox's seals come along, to be opened in memory.
_TELL = """
INSERT INTO notify_notice (mailbox_id, kind, about, who, made_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (mailbox_id, kind, about) DO NOTHING RETURNING id
"""
_SEALS = "SELECT owner_sealed, settings_sealed FROM notify_mailbox WHERE id = %s"


def tell(mailbox: int, kind: str, *, about: str, who: str = "", at: datetime) -> None:
    """Leave a notice, once for each thing; with it a letter if the mailbox wants one and got none lately."""
    if one(_TELL, mailbox, kind, about, who, time_value(at)) is None:
        return
    seals = one(_SEALS, mailbox)
    if seals is None:
        return
    note_waiting(unseal_owner(seals[0], place=f"mailbox.owner:{mailbox}"))
    if open_kept(seals[1], mailbox).mail:
        _send_letter(mailbox, at)


def _send_letter(mailbox: int, at: datetime) -> None:
    lately = at - timedelta(seconds=limits.LETTER_GAP)
    if not Outbox.objects.filter(mailbox=mailbox, kind="notice", made_at__gt=lately).exists():
        _write_letter(mailbox, "notice", at)


def _write_letter(mailbox: int, kind: str, at: datetime) -> None:
    Outbox.objects.create(mailbox_id=mailbox, kind=kind, message_id=random_code(24), made_at=at, due_at=at)


def ask_email(person: int, at: datetime) -> None:
    """Have a letter ask whether an address is hers: one at a time, and a few a day. What it says is read when it is sent."""
    mailbox = read_list(person).mailbox
    letters = Outbox.objects.filter(mailbox=mailbox, kind="confirm")
    waits = letters.filter(sent_at=None, given_up_at=None).exists()
    if not waits and letters.filter(made_at__gt=at - timedelta(days=1)).count() < limits.CONFIRM_A_DAY:
        _write_letter(mailbox, "confirm", at)


def untell(kind: str, about: str, *, mailboxes: Collection[int] | None = None) -> None:
    """Take a notice back, because what it was about has gone; of these `mailboxes` only, where some are named."""
    told = Notice.objects.filter(kind=kind, about=about)
    (told if mailboxes is None else told.filter(mailbox__in=mailboxes)).delete()


def untell_all(room: str, about: str) -> None:
    """Take back every notice of a room about one thing, and each unsent letter of a mailbox in which nothing new is left."""
    gone = Notice.objects.filter(about=about, kind__startswith=f"{room}.")
    boxes = sorted(set(gone.values_list("mailbox", flat=True)))
    gone.delete()
    for box in boxes:
        if not queries.has_new([box]):
            Outbox.objects.filter(mailbox=box, kind="notice", sent_at=None, given_up_at=None, leased_until=None).delete()


def tell_elsewhere(room: str, moved: Mapping[str, str]) -> None:
    """Let every notice of a room about these things lead to where each is now."""
    told = Notice.objects.filter(kind__startswith=f"{room}.")
    abouts = sorted(set(told.filter(about__in=moved).values_list("about", flat=True)))
    for start in range(0, len(abouts), limits.MOVED_AT_ONCE):
        some = abouts[start : start + limits.MOVED_AT_ONCE]
        told.filter(about__in=some).update(about=Case(*[When(about=was, then=Value(moved[was])) for was in some]))


def call_otherwise(mailboxes: QuerySet[Any, Any], *, was: str, now: str) -> None:
    """Change somebody's name in what these mailboxes were told: she goes by another now, or by none."""
    if was:
        Notice.objects.filter(mailbox__in=mailboxes, who=was).update(who=now)


def name_otherwise(kinds: Collection[str], about: str, *, was: str, now: str) -> None:
    """Change somebody's name in what was told of one thing: she goes by another there, or by none."""
    Notice.objects.filter(about=about, kind__in=kinds, who=was).update(who=now)


@transaction.atomic
def mark_seen(person: int, mailboxes: Sequence[int]) -> None:
    """Mark everything in these mailboxes as seen; they are all of hers."""
    for mailbox in sorted(mailboxes):
        see(mailbox)
    note_new(person, mailboxes)


def see(mailbox: int, abouts: Collection[str] | None = None, *, before: datetime | None = None) -> bool:
    """Mark notices in one mailbox as seen: those about these things, those from before then, or all; say whether any was new."""
    if abouts is not None and not queries.was_told(mailbox, abouts):
        return False  # who reads was seldom told of what she reads
    wanted = Q() if abouts is None else Q(about__in=abouts)
    return keeping.add_seen(mailbox, wanted & Q(made_at__lt=before) if before else wanted)


def note_new(person: int, mailboxes: Sequence[int]) -> None:
    """Note on every session of a person whether something new waits in her mailboxes; they are all of hers."""
    set_waiting(person, waits=queries.has_new(mailboxes))


def close_mailbox(mailbox: int) -> None:
    """Throw a mailbox away with everything in it."""
    Mailbox.objects.filter(pk=mailbox).delete()


@transaction.atomic
def lease_letters(*, at: datetime, limit: int = 20) -> list[LetterTo]:
    """Take letters that are due, for one worker and for two minutes."""
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    due = Outbox.objects.select_for_update().filter(free, sent_at=None, given_up_at=None, due_at__lte=at)
    letters = list(due.select_related("mailbox").order_by("due_at", "id")[:limit])
    until = at + timedelta(seconds=limits.LEASE)
    Outbox.objects.filter(pk__in=[letter.pk for letter in letters]).update(leased_until=until, attempts=F("attempts") + 1)
    return [
        LetterTo(
            letter.pk,
            letter.kind,
            letter.message_id,
            unseal_owner(letter.mailbox.owner_sealed, place=f"mailbox.owner:{letter.mailbox_id}"),
        )
        for letter in letters
    ]


def letter_sent(letter: int, *, at: datetime) -> None:
    """Note that a letter has gone out."""
    Outbox.objects.filter(pk=letter).update(sent_at=at, leased_until=None)


def letter_failed(letter: int, *, at: datetime) -> None:
    """Try again later, a little longer each time; give up after five days."""
    row = Outbox.objects.values_list("attempts", "made_at").filter(pk=letter).first()
    if row is None:
        return  # its mailbox has gone meanwhile
    attempts, made_at = row
    later = at + timedelta(minutes=min(2 ** min(attempts, 10), limits.RETRY_MOST))
    is_old = at - made_at > timedelta(days=limits.GIVE_UP_DAYS)
    gave_up = at if is_old and attempts >= limits.GIVE_UP_ATTEMPTS else None
    Outbox.objects.filter(pk=letter).update(leased_until=None, due_at=later, given_up_at=gave_up)


def drop_old_letters(*, at: datetime) -> int:
    """Throw letters away seven days after they were sent or given up; return how many."""
    old = at - timedelta(days=limits.KEEP_DAYS)
    dropped, _detail = Outbox.objects.filter(Q(sent_at__lt=old) | Q(given_up_at__lt=old)).delete()
    return dropped


def drop_all_letters(at: datetime) -> None:
    """Throw every letter away: whatever a restored copy still wanted to send has gone out since, or is not wanted any more."""
    Outbox.objects.all().delete()
