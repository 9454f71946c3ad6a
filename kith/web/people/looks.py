"""Who else has opened what is sealed about me."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.core.words import per_language
from kith.people.queries import list_looks
from kith.web.page import page
from kith.web.request import Request, reach


@reach("person")
def looks(request: Request) -> HttpResponse:
    """List the looks: the day, who, at what, and why; and whether the list is whole."""
    today, (rows, whole) = clock.now().date(), list_looks(request.viewer.person or 0)
    return page(
        request,
        "people/looks.html",
        looks=[(row, clock.say_day(row.day, today)) for row in rows],
        words=look_words(),
        whole=whole,
    )


@per_language
def look_words() -> dict[str, str]:
    """Put the codes of looks into words."""
    return {
        "operator": _("Somebody who runs the machine"), "steward": _("A steward of this site"),
        "email": _("Your email address"), "list": _("The list of your groups"), "all": _("All that is kept about you"),
        "preview": _("To see what would have to be handed over if a court asked for it"),
        "repair": _("To repair something"), "law": _("Because a court or an office asked for it"),
    }  # fmt: skip
