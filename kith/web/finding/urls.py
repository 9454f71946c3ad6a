"""Addresses of finding."""

from django.urls import path

from kith.web.finding import find

urlpatterns = [
    path("find/", find.start, name="find"),
    path("find/browse/", find.browse, name="browse"),
    path("find/<token>/", find.found, name="found"),
    path("concerns/<slug:slug>/", find.concern, name="concern"),
]
