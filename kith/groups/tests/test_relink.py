"""A person's sealed list can be rebuilt from the tags alone."""

import pytest

from kith.groups.personas import relink_person
from kith.people.lists import read_list
from kith.people.models import Person
from kith.testing.cast import make_cast

pytestmark = pytest.mark.django_db


def test_a_lost_list_comes_back():
    cast = make_cast()
    person = cast.viewer("ben").person
    before = read_list(person).personas
    assert relink_person(person) is False
    Person.objects.filter(pk=person).update(list_sealed=None)
    assert read_list(person).personas == ()
    assert relink_person(person) is True
    assert read_list(person).personas == before
