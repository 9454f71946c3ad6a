"""Persons: who signs in, and what of them is sealed."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers nothing; people is told nothing by rooms above."""

    name = "kith.people"
