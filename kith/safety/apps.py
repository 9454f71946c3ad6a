"""Help in reach, and reports to the hosts."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the notices that this room sends."""

    name = "kith.safety"

    def ready(self) -> None:
        """Register notices."""
        from kith.safety import notices

        notices.register()
