"""The ground floor: clock, ids, text, errors, events, audit, likeness."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers nothing: core knows no nouns of ours."""

    name = "kith.core"
