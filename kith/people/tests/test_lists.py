"""A person's sealed list."""

import pytest

from kith.people import lists, models
from kith.people.actions import seed_person
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


def test_adds_replaces_and_drops():
    person = seed_person(name="ada 1", at=AT)
    lists.add_persona(person, group=5, persona=50)
    lists.add_persona(person, group=4, persona=40)
    lists.add_persona(person, group=5, persona=51)
    assert lists.read_list(person).personas == ((4, 40), (5, 51))
    lists.drop_persona(person, group=4)
    assert lists.read_list(person).personas == ((5, 51),)
    assert lists.read_list(person).mailbox > 0


def test_its_size_tells_nothing_up_to_twenty_groups():
    sizes = set()
    for count in (0, 1, 20):
        person = seed_person(name=f"p {count}", at=AT)
        for group in range(count):
            lists.add_persona(person, group=2**60 + group, persona=2**61 + group)
        sizes.add(len(bytes(models.Person.objects.get(pk=person).list_sealed)))
    assert len(sizes) == 1
