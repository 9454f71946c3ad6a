"""Sign-ins that have run out are forgotten, and none before."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from kith.cli import working
from kith.people.actions import open_session, seed_person
from kith.people.models import Session
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


def test_rows_go_the_day_after_their_last_hour():
    person = seed_person(name="plum 1000", at=AT)
    for own, days in ((False, 0), (False, 1), (False, 2), (True, 30), (True, 31), (True, 32)):
        open_session(person, device="phone", own_device=own, at=AT - timedelta(days=days))
    working._swept.clear()
    with patch("kith.cli.working.clock.now", return_value=AT):
        working.sweep()
    assert sorted(Session.objects.values_list("own_device", flat=True)) == [False, False, True, True]


def test_once_an_hour(django_assert_num_queries):
    working._swept.clear()
    working.sweep()
    person = seed_person(name="plum 1000", at=AT)
    open_session(person, device="phone", own_device=False, at=AT - timedelta(days=900))
    working.sweep()
    assert Session.objects.count() == 1
