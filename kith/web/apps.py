"""The pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers nothing."""

    name = "kith.web"
