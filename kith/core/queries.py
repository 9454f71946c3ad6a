"""Read the site's own settings, and what somebody has done."""

from datetime import date

from kith.core.models import AuditEntry, Site


def get_site() -> Site:
    """Return the site's row, or the defaults where the steward has set nothing yet."""
    return Site.objects.filter(pk=1).first() or Site()


def list_deeds(by: int) -> list[tuple[str, date]]:
    """List what a persona has done, by kind and day; not to whom."""
    return list(AuditEntry.objects.filter(by=by).order_by("made_on", "kind").values_list("kind", "made_on"))
