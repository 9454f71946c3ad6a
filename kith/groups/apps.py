"""Groups, their charters, personas and doors."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Registers the notices that this room sends, and counts a person's when she signs in."""

    name = "kith.groups"

    def ready(self) -> None:
        """Register notices, sealed columns and listeners."""
        from kith.core import erasing
        from kith.core.events import listen
        from kith.groups import notices
        from kith.groups.actions import note_new_notices
        from kith.groups.actions.closing import erase_people_again, part_again
        from kith.groups.models import Errand, Persona
        from kith.people.rotating import sealed

        notices.register()
        erasing.register("groups", part_again)  # before the accounts: those end whatever is left
        erasing.register("people", erase_people_again)
        sealed(Persona, "owner_sealed", lambda row: f"persona.owner:{row.pk}")
        sealed(Errand, "task_sealed", lambda row: f"errand.task:{row.pk}")
        listen("people.signed_in", note_new_notices, within=True)
