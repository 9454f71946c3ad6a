"""Addresses of help and reports."""

from django.urls import path

from kith.web.safety import help_now, reports

urlpatterns = [
    path("help-now/", help_now.help_now, name="help_now"),
    path("help-now/<country>/", help_now.in_country, name="help_in"),
    path("g/<code>/posts/<n:number>/report/", reports.report, name="report"),
    path("g/<code>/decisions/<key:key>/", reports.decision, name="decision"),
]
