"""Help lines of a country, drawn small for the foot of every page. Numbers come from the steward's table alone."""

from django.utils.translation import gettext as _

from kith.core.words import per_language
from kith.safety.limits import KINDS
from kith.safety.models import HelpLine
from kith.safety.rows import LineRow


@per_language
def titles() -> dict[str, str]:
    """Say for each kind of line when it is the right one."""
    return {
        "emergency": _("Your life, or someone else's, is in danger"),
        "suicide_crisis": _("You want to talk to a person"),
        "text": _("You would rather text"),
        "domestic_abuse": _("Someone at home hurts or frightens you"),
        "young_people": _("You are young, or worried about someone young"),
        "general_listening": _("You need someone to listen"),
    }


def list_lines(country: str, *, hidden: bool = False) -> list[LineRow]:
    """List the lines of a country, the most urgent kind first, confirmed ones before others."""
    lines = HelpLine.objects.filter(country=country)
    if not hidden:
        lines = lines.filter(hidden_on=None)
    rows = [_row(line) for line in lines.order_by("pk")]
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), not row.confirmed, row.key))


def _row(line: HelpLine) -> LineRow:
    return LineRow(
        line.pk, line.country, line.service, line.kind, line.number, line.how, line.hours, line.languages, line.url,
        line.source, line.source_date, line.second_source, line.note, line.confirmed_on is not None, line.hidden_on is not None,
    )  # fmt: skip


def href(line: LineRow) -> str:
    """Make the link that a telephone understands; empty where a line cannot be reached by one press."""
    digits = "".join(c for c in line.number if c in "+0123456789")
    if not digits:
        return ""
    return f"sms:{digits}" if line.how.startswith("text") else f"tel:{digits}"


def draw(country: str) -> list[list[object]]:
    """Draw the foot of the page: the first line of each of the three kinds that matter at once."""
    drawn: list[list[object]] = []
    lines = list_lines(country)
    for kind in ("emergency", "suicide_crisis", "text"):
        for line in [line for line in lines if line.kind == kind][: 3 if kind == "emergency" else 1]:
            drawn.append([kind, line.service, line.number, href(line), line.confirmed, line.hours])
    return drawn
