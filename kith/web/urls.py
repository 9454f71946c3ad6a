"""Addresses of all pages."""

from django.conf import settings
from django.urls import include, path

from kith.web import converters  # noqa: F401 - registers them

urlpatterns = [
    path("", include(f"kith.web.{part}.urls"))
    for part in (
        "conversation",
        "pages",
        "groups",
        "finding",
        "people",
        "safety",
        "steward",
    )  # the busiest first: patterns are tried in order
]
if settings.ENV.demo:
    urlpatterns.append(path("", include("kith.web.demo.urls")))
