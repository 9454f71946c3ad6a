"""The vocabulary of what groups are about."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Registers nothing."""

    name = "kith.concerns"
