"""Which of a person's notices are new: her mailboxes stand in her sealed list and on her personas."""

from collections.abc import Collection

from kith.groups.queries import list_own_mailboxes
from kith.groups.viewer import Viewer
from kith.notify.actions import note_new, see


def note_new_notices(person: int) -> None:
    """Note on every session of a person whether something new waits for her."""
    note_new(person, list_own_mailboxes(Viewer(person)))


def see_notices(person: int, mailbox: int, abouts: Collection[str] | None = None) -> None:
    """Mark the notices about these things, or all, as seen in one mailbox of this person, because she has just read the things."""
    if see(mailbox, abouts):
        note_new_notices(person)
