"""Addresses of all pages."""

from django.conf import settings
from django.urls import include, path

from kith.web import converters  # noqa: F401 - registers them

urlpatterns = [
    path("", include(f"kith.web.{part}.urls"))
    for part in ("pages", "finding", "people", "groups", "conversation", "safety", "steward")
]
if settings.ENV.demo:
    urlpatterns.append(path("", include("kith.web.demo.urls")))
