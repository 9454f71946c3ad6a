"""Who is behind a request, made from its session."""

from django.conf import settings

from kith.groups.viewer import GUEST, Viewer
from kith.people.rows import SignedIn


def viewer_of(me: SignedIn | None) -> Viewer:
    """Return the viewer of a session. In a demo nobody is asked for a second step: its people are invented."""
    return Viewer(me.person, me.steward, me.strong or settings.ENV.demo) if me else GUEST
