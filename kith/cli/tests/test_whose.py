"""Invented people and real ones never share a database."""

import dataclasses

import pytest

from kith.cli.preparing import check_whose
from kith.core.actions import mark_demo
from kith.people.actions import seed_person
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    def switch(on):
        settings.ENV = dataclasses.replace(settings.ENV, demo=on)

    return switch


class TestCheckWhose:
    def test_lets_an_empty_folder_become_either(self, demo):
        for on in (True, False):
            demo(on)
            check_whose()

    def test_refuses_a_demo_over_real_people(self, demo):
        seed_person(name="ada 1000", at=AT)
        demo(True)
        with pytest.raises(SystemExit, match="holds real people"):
            check_whose()

    def test_refuses_a_real_start_over_a_demo(self, demo):
        mark_demo(at=AT)
        demo(False)
        with pytest.raises(SystemExit, match="invented people"):
            check_whose()

    def test_lets_each_start_again(self, demo):
        seed_person(name="ada 1000", at=AT)
        demo(False)
        check_whose()
        mark_demo(at=AT)
        demo(True)
        check_whose()
