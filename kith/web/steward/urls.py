"""Addresses of running the installation."""

from django.urls import path

from kith.web.steward import first, opening, site

urlpatterns = [
    path("steward/", site.overview, name="steward"),
    path("steward/first/", first.first, name="first_start"),
    path("steward/site/", site.settings, name="steward_site"),
    path("steward/mail/", site.mail, name="steward_mail"),
    path("steward/groups/<code>/", opening.group, name="steward_group"),
    path("steward/groups/<code>/decline/", opening.decline, name="steward_decline"),
    path("steward/help-lines/", site.lines, name="steward_lines"),
    path("steward/help-lines/<key:key>/", site.line, name="steward_line"),
    path("steward/components/", site.components, name="components"),
]
