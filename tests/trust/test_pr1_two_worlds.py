"""PR1: nobody can tell that two personas are one person; and planted faults prove that the test would see it."""

from unittest.mock import patch

import pytest

from kith.core import drawing
from kith.groups import personas
from kith.groups.models import Persona
from kith.notify import actions as notify
from kith.notify import queries
from kith.notify.models import Outbox
from kith.people.lists import read_list
from tests.trust.two_worlds import differences

pytestmark = pytest.mark.django_db


def test_no_byte_differs():
    assert differences() == []


def _avatar_by_owner(person, group, **fields):
    """Planted: one face for all personas of a person."""
    made = _make(person, group, **fields)
    made.avatar = drawing.avatar(str(len(read_list(person).personas) > 1))
    made.save(update_fields=["avatar"])
    return made


def _role_by_owner(person, group, **fields):
    """Planted: somebody who is in two groups is shown as a greeter."""
    made = _make(person, group, **fields)
    if len(read_list(person).personas) > 1 and made.role == "member":
        Persona.objects.filter(pk=made.pk).update(role="greeter")
    return made


def _note_by_owner(person, group, **fields):
    """Planted: a count of groups in the note."""
    fields["note"] = f"In {len(read_list(person).personas)} other groups."
    return _make(person, group, **fields)


def _joined_by_owner(person, group, **fields):
    """Planted: members stand in the order of their person's list."""
    made = _make(person, group, **fields)
    Persona.objects.filter(pk=made.pk).update(name=f"{'a' * len(read_list(person).personas)}{made.name}")
    return made


def _face_by_key(person, group, **fields):
    """Planted: the seed of a face is made from the person's key."""
    made = _make(person, group, **fields)
    Persona.objects.filter(pk=made.pk).update(avatar=drawing.avatar(f"{person}"))
    return made


def _name_marks_the_second(person, group, **fields):
    """Planted: a name gets a mark when its owner has another one somewhere."""
    fields["name"] += "*" * len(read_list(person).personas)
    return _make(person, group, **fields)


def _one_letter_for_all(mailbox, at):
    """Planted: a second letter is held back when its owner has one waiting already."""
    owners = {queries.owner_of(letter.mailbox_id) for letter in Outbox.objects.all()}
    if queries.owner_of(mailbox) not in owners:
        _send(mailbox, at)


def _letter_id_by_owner(mailbox, at):
    """Planted: a letter's Message-ID is made from its owner."""
    Outbox.objects.create(mailbox_id=mailbox, message_id=f"{queries.owner_of(mailbox)}-{mailbox}"[:60], made_at=at, due_at=at)


_make, _send = personas.make_persona, notify._send_letter
IN_GROUPS = [_avatar_by_owner, _role_by_owner, _note_by_owner, _joined_by_owner, _face_by_key, _name_marks_the_second]


@pytest.mark.parametrize("fault", IN_GROUPS, ids=lambda f: f.__name__)
def test_a_planted_fault_in_a_group_is_seen(fault):
    with patch("kith.groups.personas.make_persona", fault):
        assert differences() != []


@pytest.mark.parametrize("fault", [_one_letter_for_all, _letter_id_by_owner], ids=lambda f: f.__name__)
def test_a_planted_fault_in_letters_is_seen(fault):
    with patch("kith.notify.actions._send_letter", fault):
        assert differences() == ["letters"]
