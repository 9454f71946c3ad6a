"""The finder: from a person's own words to the groups that fit."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Keeps the index in step with groups."""

    name = "kith.finding"
