"""Links between tables point down, and the lower room gains no attribute; import-linter cannot see string ForeignKeys."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

CONFIG = tomllib.loads((Path(__file__).resolve().parent.parent / "pyproject.toml").read_text())
LAYERS = next(c["layers"] for c in CONFIG["tool"]["importlinter"]["contracts"] if c["id"] == "rooms")
FLOORS = {room.strip(" ()"): -place for place, layer in enumerate(LAYERS) for room in layer.split("|")}


def wrong_links(model):
    """Name the links of a model that point up or sideways, or that the lower room can see."""
    here = model._meta.app_label
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        there = field.related_model._meta.app_label if field.related_model else here
        if there != here and (FLOORS[there] >= FLOORS[here] or not field.remote_field.hidden):
            yield f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda m: m._meta.label)
def test_links_point_down_and_are_hidden(model):
    assert list(wrong_links(model)) == []


class TestPlantedLinks:
    @isolate_apps("kith.core", "kith.people", "kith.groups", "kith.finding", "kith.conversation")
    def plant(self, room, target, **options):
        low = type("Low", (models.Model,), {"__module__": __name__, "Meta": type("Meta", (), {"app_label": target})})
        link = models.ForeignKey(low, models.CASCADE, **options)
        meta = type("Meta", (), {"app_label": room})
        return type("High", (models.Model,), {"__module__": __name__, "link": link, "Meta": meta})

    def test_a_hidden_link_down_is_right(self):
        assert list(wrong_links(self.plant("groups", "core", related_name="+"))) == []

    def test_a_link_up_is_found(self):
        assert list(wrong_links(self.plant("people", "groups", related_name="+"))) == ["people.High.link"]

    def test_a_link_that_the_lower_room_sees_is_found(self):
        assert list(wrong_links(self.plant("groups", "people"))) == ["groups.High.link"]
