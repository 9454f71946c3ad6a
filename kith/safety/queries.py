"""Reads of help lines, reports and decisions."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from kith.core.errors import NotFound
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.safety import limits, reportable
from kith.safety.help import list_lines
from kith.safety.models import Decision, HelpLine, Report
from kith.safety.rows import DecisionRow, ExportDecision, ExportReport, LateGroup, LineRow, ReportRow

__all__ = [
    "count_unconfirmed",
    "export_decisions",
    "export_reports",
    "get_decision",
    "late_reports",
    "list_countries",
    "list_late_groups",
    "list_lines",
    "list_reports",
    "list_steward_lines",
]


def list_countries() -> list[str]:
    """List the codes of countries with at least one line."""
    return sorted(HelpLine.objects.filter(hidden_on=None).values_list("country", flat=True).distinct())


def list_steward_lines(viewer: Viewer, country: str) -> list[LineRow]:
    """
    List all lines of a country with their sources, for a steward.

    :raises NotFound: for everybody else
    """
    if not viewer.steward:
        raise NotFound
    return list_lines(country, hidden=True)


def count_unconfirmed(country: str) -> int:
    """Count the lines of a country that nobody has confirmed."""
    return HelpLine.objects.filter(country=country, confirmed_on=None, hidden_on=None).count()


def list_reports(place: Place) -> list[ReportRow]:
    """List open reports, the longest wait first, but none about what this host wrote herself; `place` is a host's."""
    rows = []
    reports = Report.objects.filter(group=place.key, answered_on=None).exclude(author=place.persona)
    for report in reports.order_by("made_at", "pk"):
        try:
            found = reportable.find(report.kind, place, report.number)
            title, path = found.title, found.path
        except NotFound:
            title, path = "", ""
        rows.append(
            ReportRow(
                report.pk, report.kind, report.number, report.reason, report.words, report.copy, title, path, report.made_at
            )
        )
    return rows


def late_reports(at: datetime) -> QuerySet[Report]:
    """Reports that no host has answered for a week."""
    return Report.objects.filter(answered_on=None, made_at__lt=at - timedelta(days=limits.LATE_DAYS))


def list_late_groups(viewer: Viewer, at: datetime) -> list[LateGroup]:
    """
    List the groups whose hosts have left reports unanswered for a week, the longest wait first: how many, and nothing of what they say.

    :raises NotFound: for everybody but stewards
    """
    if not viewer.steward:
        raise NotFound
    rows = late_reports(at).values_list("group__name", "group__code").annotate(reports=Count("pk"), first=Min("made_at"))
    return [LateGroup(name, code, reports, first) for name, code, reports, first in rows.order_by("first", "group__code")]


def get_decision(place: Place, key: int) -> DecisionRow:
    """
    Return what a host decided about something of mine.

    :raises NotFound: for everybody but the author
    """
    row = Decision.objects.filter(group=place.key, author=place.persona, pk=key).select_related("by").first()
    if row is None or not place.persona:
        raise NotFound
    by = row.by.name if row.by else ""
    return DecisionRow(row.pk, row.kind, row.about, row.number, by, row.reason, row.words, row.made_on)


def export_reports(persona: int) -> list[ExportReport]:
    """Return the reports that a persona of mine made."""
    rows = Report.objects.filter(by=persona).order_by("made_at", "pk")
    return [ExportReport(r.kind, r.number, r.reason, r.words, r.made_at, r.answered_on, r.outcome) for r in rows]


def export_decisions(persona: int) -> list[ExportDecision]:
    """Return what hosts did to things of a persona of mine."""
    rows = Decision.objects.filter(author=persona).order_by("made_on", "number", "pk")
    return [ExportDecision(row.kind, row.about, row.number, row.words, row.made_on) for row in rows]
