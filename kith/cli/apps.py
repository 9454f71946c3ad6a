"""The operator's command line, and the demo community."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Registers nothing."""

    name = "kith.cli"
