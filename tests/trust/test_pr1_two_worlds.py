"""PR1: nobody can tell that two personas are one person; and planted faults prove that the test would see it."""

from unittest.mock import patch

import pytest

from kith.core import drawing
from kith.core.errors import Invalid
from kith.groups import personas, rules
from kith.groups.models import Persona
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


def _name_once_for_all(group, name, *, but=0):
    """Planted: a name that one person uses elsewhere is refused for her alone."""
    if Persona.objects.filter(name=name).exclude(group=group).exists() and name == "Wren":
        raise Invalid(name="taken")
    return _check(group, name, but=but)


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


_make, _check = personas.make_persona, rules.check_persona_name


@pytest.mark.parametrize("fault", [_avatar_by_owner, _role_by_owner, _note_by_owner, _joined_by_owner], ids=lambda f: f.__name__)
def test_a_planted_fault_is_seen(fault):
    with patch("kith.groups.personas.make_persona", fault):
        assert differences() != []
