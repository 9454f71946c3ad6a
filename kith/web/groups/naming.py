"""A name that one goes by in another group already: pointed out once, to oneself alone."""

from django.utils.translation import gettext as _

from kith.core.errors import Invalid
from kith.groups.queries import goes_by
from kith.web.request import Request
from kith.web.typed import is_on


class NameElsewhere(Invalid):
    """She goes by this name in another group; she may use it all the same."""


def name_of(request: Request, field: str = "name") -> str:
    """Return the name that was chosen: her own where she typed one, else the one she picked."""
    return request.POST.get("own", "").strip() or request.POST.get(field, "")


def check_elsewhere(request: Request, name: str, *, but: int = 0, field: str = "name") -> None:
    """
    Point out a name that this person uses in another group, unless she has said that she wants it here too.

    :raises NameElsewhere: with what could happen
    """
    if not is_on(request, "again") and goes_by(request.viewer, name, but=but):
        words = _(
            "You go by this name in another group. Someone who is in both could guess that it is you. Better choose another."
        )
        raise NameElsewhere(**{field: words})
