"""Groups, their charters, personas and doors."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers the notices that this room sends, and counts a person's when she signs in."""

    name = "kith.groups"

    def ready(self) -> None:
        """Register notices and listeners."""
        from kith.core.events import listen
        from kith.groups import notices
        from kith.groups.actions import note_new_notices

        notices.register()
        listen("people.signed_in", note_new_notices, within=True)
