"""Putting a change of the account back, and marking what happened as seen."""

from datetime import datetime

from django.db import transaction

from kith.core.errors import NotFound
from kith.people import undoing
from kith.people.actions.phrases import check_own_phrase
from kith.people.actions.sessions import set_waiting
from kith.people.happenings import note_happening, see_happenings


@transaction.atomic
def put_back(person: int, key: int, *, phrase: str, at: datetime) -> None:
    """
    Put one change back that was made within three days.

    :raises Refused: if the pass-phrase is wrong
    :raises NotFound: if it is too late, or it was put back already
    """
    row = check_own_phrase(person, phrase)
    if not undoing.put_back(row, key, at=at):
        raise NotFound
    note_happening(person, "put_back", at=at)


def see_own(person: int) -> None:
    """Mark what happened to her account as seen; whether something else waits is for others to say."""
    see_happenings(person)
    set_waiting(person, waits=False)


def note_export(person: int, *, at: datetime) -> None:
    """Note that a copy of everything was taken."""
    note_happening(person, "exported", at=at)
