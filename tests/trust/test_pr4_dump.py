"""PR4: whoever steals the database without the keys cannot link people to personas: not by join, rank, time or size."""

import random
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from kith.groups import actions
from kith.groups.models import Persona
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.people.actions import seed_person
from kith.people.models import Person, RecoveryCode, Session
from kith.testing.cast import AT, Cast, open_group

PEOPLE = 200
PERSON_ROOMS, GROUP_ROOMS = {"people"}, {"groups", "conversation", "safety", "finding"}


@pytest.fixture
def crowd(db):
    """Two hundred people who sign up and come in to two of four groups each, in one order: the worst case for rank."""
    cast = Cast()
    cast.viewers["sue"] = Viewer(seed_person(name="sue 1000", steward=True, at=AT), steward=True)
    for name in ("ada", "eve"):
        cast.viewers[name] = Viewer(seed_person(name=f"{name} 1000", at=AT))
    codes = [open_group(cast, first="ada", second="eve", name=f"Group {i}") for i in range(4)]
    owned = {}
    for number in range(PEOPLE):
        at = AT + timedelta(minutes=number)
        viewer = Viewer(seed_person(name=f"person {number} {random.randrange(9999)}", at=at))
        for code in random.sample(codes, 2):
            owned[actions.join_group(code, by=viewer, name=f"Face {number}", at=at).pk] = viewer.person
    assert get_place(cast.viewers["ada"], codes[0])
    return owned


def _rank_correlation(pairs):
    """Spearman's rho of two orders."""
    n = len(pairs)
    left = {value: i for i, value in enumerate(sorted(a for a, _b in pairs))}
    right = {value: i for i, value in enumerate(sorted(b for _a, b in pairs))}
    return 1 - 6 * sum((left[a] - right[b]) ** 2 for a, b in pairs) / (n * (n * n - 1))


def test_rank_and_size_stay_at_chance(crowd):
    first = {}
    for persona, person in crowd.items():
        first.setdefault(person, persona)
    assert abs(_rank_correlation(list(first.items()))) < 0.25
    boxes = dict(Persona.objects.filter(pk__in=crowd).values_list("pk", "mailbox"))
    assert abs(_rank_correlation([(boxes[persona], persona) for persona in first.values()])) < 0.25
    assert abs(_rank_correlation([(boxes[persona], person) for person, persona in first.items()])) < 0.25
    sizes = {len(bytes(sealed)) for sealed in Person.objects.exclude(list_sealed=None).values_list("list_sealed", flat=True)}
    assert len(sizes) == 1
    assert len({len(bytes(s)) for s in Persona.objects.exclude(owner_sealed=None).values_list("owner_sealed", flat=True)}) == 1


def test_no_value_stands_in_a_row_of_a_person_and_in_a_row_of_a_group(crowd):
    people, groups = set(), set()
    for model in apps.get_models():
        values = (
            people
            if model._meta.app_label in PERSON_ROOMS
            else groups
            if model._meta.app_label in GROUP_ROOMS | {"notify", "core"}
            else None
        )
        if values is None:
            continue
        for row in model.objects.values_list():
            values.update(_telling(value) for value in row)
    assert (people & groups) - {None} == set()


def _telling(value):
    """Keep what could link two rows: keys and long texts, not small numbers, flags, days or empty words."""
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return value if value > 100_000 else None
    return value if isinstance(value, str) and len(value) > 12 else None


def test_no_row_class_reaches_a_person_and_a_group():
    reach = {}
    for model in apps.get_models():
        reach[model._meta.label] = _reachable(model, set())
    both = [label for label, seen in reach.items() if seen & PERSON_ROOMS and seen & GROUP_ROOMS]
    assert both == []
    assert "people" in reach["people.Session"]
    assert "groups" in reach["conversation.Post"]


def _reachable(model, seen):
    seen.add(model._meta.app_label)
    for field in model._meta.get_fields():
        is_link = isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
        if is_link and field.related_model._meta.app_label not in seen:
            _reachable(field.related_model, seen)
    return seen


def test_the_planted_foreign_key_would_be_seen():
    class Bad(models.Model):
        person = models.ForeignKey(Person, models.CASCADE, related_name="+")
        persona = models.ForeignKey(Persona, models.CASCADE, related_name="+")

        class Meta:
            app_label = "testing"

    seen = _reachable(Bad, set())
    assert seen & PERSON_ROOMS
    assert seen & GROUP_ROOMS


def test_no_time_finer_than_a_month_in_a_persons_rows():
    exact = [
        f"{model._meta.label}.{field.name}"
        for model in (Person, Session, RecoveryCode)
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField)
    ]
    assert exact == []
