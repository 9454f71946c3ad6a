"""Closing an account, group by group, so that the moments do not link its personas."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from kith.core import erasing
from kith.core.faults import name_fault
from kith.groups import queries
from kith.groups.actions.ending import end_group
from kith.groups.actions.leaving import part_with_words, tag_of
from kith.groups.errands import Task, leave_errand, read_errand, run_of
from kith.groups.models import Errand, Group, Persona
from kith.notify.actions import close_mailbox
from kith.people.actions import begin_closing, erase_person
from kith.people.lists import read_list
from kith.people.queries import list_keys
from kith.people.sealing import erasure_tag

log = logging.getLogger("kith.groups")


@transaction.atomic
def close_account(person: int, *, phrase: str, words: str, now: bool, at: datetime) -> str:
    """
    Begin to close an account: nobody can sign in to it any more; each group, present and past, is left by an errand of its own.

    Returns the receipt: with it, and with nothing else, she can ask later whether the account is gone.

    :raises Refused: if the pass-phrase is wrong
    """
    begin_closing(person, phrase=phrase, at=at)
    own = read_list(person)
    tasks: list[Task] = [
        {"do": "leave", "persona": persona, "words": words}
        for persona in (*[persona for _group, persona in own.personas], *own.left)
    ]
    tasks.append({"do": "erase", "person": person, "words": words})
    keys = [leave_errand(task, at=at, now=now) for task in tasks]
    erasing.note(f"people.{words}", tag := _tag_of(person), at=at)
    if now:
        run_errands(at=at, only=keys)
    return erasing.receipt_of(tag)


def _tag_of(person: int) -> bytes:
    return erasure_tag(f"person:{person}")


def find_by_receipt(code: str) -> int | None:
    """Return whose account this is the receipt of, if it is here: an older copy may have brought it back."""
    return next((person for person in list_keys() if erasing.is_receipt_of(code, _tag_of(person))), None)


@transaction.atomic
def erase_again(person: int, *, words: str, at: datetime) -> None:
    """Erase an account that an older copy has brought back, with every group at once: they have all seen her go."""
    own = read_list(person)
    for persona in (*[persona for _group, persona in own.personas], *own.left):
        _leave(persona, words, at)
    if own.mailbox:
        close_mailbox(own.mailbox)
    erase_person(person)
    erasing.note(f"people.{words}", _tag_of(person), at=at)


def part_again(entries: Mapping[bytes, str], at: datetime) -> int:
    """End the memberships that were ended since a copy was made, and do with their words what was chosen then."""
    hers = Persona.objects.exclude(owner_sealed=None).order_by("pk").values_list("pk", flat=True)
    again = [(key, words) for key in hers.iterator() if (words := entries.get(tag_of(key)))]
    for key, words in again:
        _leave(key, words, at, for_good=False)
    return len(again)


def erase_people_again(entries: Mapping[bytes, str], at: datetime) -> int:
    """Erase the accounts that were closed since a copy was made."""
    again = [(person, words) for person in list_keys() if (words := entries.get(_tag_of(person)))]
    for person, words in again:
        erase_again(person, words=words, at=at)
    return len(again)


def run_errands(*, at: datetime, only: Sequence[int] | None = None) -> int:
    """
    Do every errand that is due, each in its own transaction, and go on where one fails; return how many were done.

    A request does `only` those it has just left, in their order: those of others would hold the database up for as long as they take.
    """
    done = 0
    due = Errand.objects.filter(due_at__lte=at).order_by("due_at", "pk")
    for key in list(due.values_list("pk", flat=True)) if only is None else only:
        try:
            done += _run(key, at)
        except Exception as problem:  # noqa: BLE001 - it stays, to be tried again; those behind it are somebody else's
            log.warning("an errand failed: %s", name_fault(problem))
    return done


@transaction.atomic
def _run(key: int, at: datetime) -> bool:
    errand = Errand.objects.select_for_update().filter(pk=key).first()
    if errand is None or not _do(errand, at):
        return False
    errand.delete()
    return True


def _do(errand: Errand, at: datetime) -> bool:
    task = read_errand(errand)
    if run := run_of(str(task["do"])):
        return run(task, at)
    if task["do"] == "leave":
        _leave(int(task["persona"]), str(task["words"]), at)
        return True
    person = int(task["person"])
    own = read_list(person)
    if own.personas or own.left:
        return False  # its groups come first; it is tried again
    if own.mailbox:
        close_mailbox(own.mailbox)
    erase_person(person)
    return True


def _leave(key: int, words: str, at: datetime, *, for_good: bool = True) -> None:
    persona = Persona.objects.filter(pk=key).first()
    if persona is None:
        return
    group = Group.objects.select_for_update().get(pk=persona.group_id)
    if persona.leads and len(queries.leaders_mailboxes(group.pk)) <= 1:
        end_group(group, by=persona.pk, at=at)
    part_with_words(persona, words=words, at=at, for_good=for_good)
