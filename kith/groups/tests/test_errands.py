"""Errands are found by a tag that tells nothing without the key, and those that waited before there were tags are found as well."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import override_settings

from kith.groups.errands import drop_errands, find_errands, leave_errand
from kith.groups.models import Errand
from kith.people.sealing import errand_tag, owner_tag
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


def leave(do="take_back", **whose):
    return leave_errand({"do": do, **whose}, at=AT, now=False)


class TestFinding:
    def test_finds_those_of_some_by_kind_and_when_they_are_due(self):
        keys = [leave(persona=5), leave(persona=5), leave(persona=6), leave("bring_back", persona=5)]
        leave(persona=7)
        found = find_errands([5, 6], "take_back")
        assert {waiting.key for waiting in found} == set(keys[:3])
        assert [waiting.due_at for waiting in found] == sorted(waiting.due_at for waiting in found)
        assert all(AT <= waiting.due_at <= AT + timedelta(hours=72) for waiting in found)
        assert [waiting.key for waiting in find_errands([5], "bring_back", "leave")] == keys[3:]
        assert find_errands([], "take_back") == find_errands([5]) == []

    def test_a_torn_one_holds_nothing_up(self):
        key = leave(persona=5)
        Errand.objects.filter(pk=key).update(task_sealed=b"torn")
        assert find_errands([5], "take_back") == []
        drop_errands([5], "take_back")
        assert Errand.objects.filter(pk=key).exists()


class TestTheTag:
    def test_every_errand_has_one_of_the_same_length(self):
        keys = [leave(persona=5), leave("erase", person=9), leave("nonsense")]
        tags = [bytes(tag) for tag in Errand.objects.filter(pk__in=keys).values_list("whose_tag", flat=True)]
        assert {len(tag) for tag in tags} == {32}
        assert len(set(tags)) == 3

    def test_is_made_with_a_key_that_is_for_nothing_else(self):
        with override_settings(KITH_KEYS={"link": {1: b"another key of thirty-two bytes."}}):
            other = errand_tag(5)
        assert errand_tag(5) == errand_tag(5) != other
        assert errand_tag(5) not in (owner_tag(5, ""), owner_tag(5, "errand"))


class TestThoseThatWaitedBefore:
    def test_get_their_tags_once_and_a_torn_one_gets_none(self, monkeypatch):
        step = import_module("kith.groups.migrations.0006_tags_of_waiting_errands")
        monkeypatch.setattr(step, "BATCH", 2)
        keys = [leave(persona=persona) for persona in (5, 5, 6, 7)] + [leave("erase", person=9)]
        tags = dict(Errand.objects.values_list("pk", "whose_tag"))
        Errand.objects.update(whose_tag=None)
        Errand.objects.create(id=1, due_at=AT, task_sealed=b"torn")
        for _time in range(2):
            step.tag(apps, None)
            assert {pk: bytes(tag) for pk, tag in Errand.objects.exclude(pk=1).values_list("pk", "whose_tag")} == {
                pk: bytes(tags[pk]) for pk in keys
            }
            assert Errand.objects.get(pk=1).whose_tag is None
