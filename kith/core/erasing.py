"""
What was erased stays erased, also where an older copy is restored: each erasure leaves a row, and a line beside the backups.

A row says what kind it was, in which month, and a keyed tag of what it was: whoever has no keys learns nothing, and finds nothing with it.
The row stands in the transaction of the erasing; the line comes by the worker, once a day and shuffled, so that the lines tell no order.
A line of its own accord would erase, at a restore, what was rolled back.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kith.core.clock import month_of
from kith.core.ids import LETTERS
from kith.core.models import Erasure

KEEP_DAYS = 730  # no backup may be kept longer
LOG = "erasures.log"
RECEIPT = 16  # letters: 78 bits
Entries = dict[bytes, str]
Reapply = Callable[[Mapping[bytes, str], datetime], int]
_reapply: dict[str, Reapply] = {}
_AT_ONCE = 500


def register(room: str, reapply: Reapply) -> None:
    """Register from an app's `ready` how kinds that begin with `room.` are erased once more; it is handed them by tag, and counts."""
    _reapply[room] = reapply


def note(kind: str, tag: bytes, *, at: datetime) -> None:
    """Note an erasure, or that one was undone, in the transaction that does it; the last note of a tag counts."""
    Erasure.objects.filter(tag=tag).delete()
    Erasure.objects.create(kind=kind, tag=tag, month=month_of(at))


def receipt_of(tag: bytes) -> str:
    """Write the beginning of a tag so that it can be kept on paper: four times four letters."""
    number, letters = int.from_bytes(tag[:12], "big"), ""
    for _place in range(RECEIPT):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return "-".join(letters[place : place + 4] for place in range(0, RECEIPT, 4))


def is_receipt_of(code: str, tag: bytes) -> bool:
    """Say whether this is the receipt of that, however it was typed."""
    return "".join(filter(str.isalnum, code.lower())) == receipt_of(tag).replace("-", "")


def month_erased(code: str) -> date | None:
    """Return in which month what this is the receipt of was erased, if that is known."""
    rows = Erasure.objects.values_list("tag", "month")
    return next((month for tag, month in rows.iterator() if is_receipt_of(code, bytes(tag))), None)


def log_path() -> Path:
    """Return where the lines are, beside the backups."""
    return Path(settings.ENV.backups) / LOG


def log_new(*, at: datetime) -> int:
    """
    Write a line for every erasure that has none, down to the disk, and forget what is older than any backup; return how many.

    Killed in between, it writes them once more: twice is the same as once.
    """
    oldest = month_of(at - timedelta(days=KEEP_DAYS))
    Erasure.objects.filter(month__lt=oldest).delete()
    rows = list(Erasure.objects.filter(logged=False).values_list("pk", "kind", "tag", "month"))
    secrets.SystemRandom().shuffle(rows)
    path = log_path()
    _forget(path, oldest)
    if rows:
        _append(path, [f"{month:%Y-%m} {kind} {bytes(tag).hex()}\n" for _key, kind, tag, month in rows])
    for begin in range(0, len(rows), _AT_ONCE):
        Erasure.objects.filter(pk__in=[key for key, *_rest in rows[begin : begin + _AT_ONCE]]).update(logged=True)
    return len(rows)


def _append(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="ascii") as out:
        out.write("".join(lines))
        out.flush()
        os.fsync(out.fileno())
    _sync(path.parent)


def _forget(path: Path, oldest: date) -> None:
    if not path.exists():
        return
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    kept = [line for line in lines if line[:7] >= f"{oldest:%Y-%m}" and line.endswith("\n")]
    if len(kept) < len(lines):
        scratch = path.with_suffix(".new")
        scratch.unlink(missing_ok=True)
        _append(scratch, kept)
        scratch.replace(path)
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_log(path: Path) -> Entries:
    """Read the lines, later ones over earlier ones; what a power cut left of a last line is passed over."""
    found: Entries = {}
    if path.exists():
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            match line.split():
                case [_month, kind, tag] if len(tag) == 64 and set(tag) <= set("0123456789abcdef"):
                    found[bytes.fromhex(tag)] = kind
    return found


def read_rows() -> Entries:
    """Read the rows of the database at hand."""
    return {bytes(tag): kind for tag, kind in Erasure.objects.values_list("tag", "kind").iterator()}


def write_entries(path: Path, entries: Mapping[bytes, str]) -> None:
    """Write what is to be erased once more for whoever settles a restored copy."""
    _append(path, [f"0000-00 {kind} {tag.hex()}\n" for tag, kind in entries.items()])


def reapply(entries: Mapping[bytes, str], *, at: datetime) -> int:
    """Erase once more, in a restored copy, what was erased since; return how many things were still there."""
    count = 0
    for room, again in _reapply.items():
        ours = {tag: kind.removeprefix(f"{room}.") for tag, kind in entries.items() if kind.startswith(f"{room}.")}
        if ours:
            with transaction.atomic():
                count += again(ours, at)
    return count
