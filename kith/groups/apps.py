"""Groups, their charters, personas and doors."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers the notices that this room sends."""

    name = "kith.groups"

    def ready(self) -> None:
        """Register notices."""
        from kith.groups import notices

        notices.register()
