"""The finder: from a person's own words to the groups that fit."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    """Keeps the index in step with groups."""

    name = "kith.finding"

    def ready(self) -> None:
        """Register listeners."""
        from kith.core.events import listen
        from kith.finding.actions import mark_stale

        listen("groups.changed", mark_stale, within=True)
