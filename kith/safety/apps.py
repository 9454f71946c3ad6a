"""Help in reach, and reports to the hosts."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the notices that this room sends, and what goes with a member or with a group."""

    name = "kith.safety"

    def ready(self) -> None:
        """Register notices and listeners."""
        from kith.core.events import listen
        from kith.safety import notices
        from kith.safety.actions import copies_of_a_closed_group, words_of_nobody

        notices.register()
        listen("groups.released", words_of_nobody, within=True)
        listen("groups.closed", copies_of_a_closed_group, within=True)
