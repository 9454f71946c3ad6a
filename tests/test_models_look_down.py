"""Links between rooms point down and give the lower room no attribute."""

import pytest
from django.apps import apps
from django.db import models

FLOORS = {"core": 0, "concerns": 1, "people": 2, "notify": 3, "groups": 4, "safety": 5, "conversation": 6, "finding": 8}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda m: m._meta.label)
def test_links_point_down_and_are_hidden(model):
    here = model._meta.app_label
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            there = field.related_model._meta.app_label
            if there != here:
                assert FLOORS[there] < FLOORS[here], field
                assert field.remote_field.is_hidden(), field
