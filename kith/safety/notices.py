"""The kinds of notice that this room sends."""

from django.utils.translation import gettext_noop as _

from kith.notify import kinds


def register() -> None:
    """Register them; `about` is the group's code, then the key of the report or the decision."""
    kinds.register("safety.reported", _("Somebody told the hosts about a post."), lambda about: f"/g/{about.split(':')[0]}/desk/")
    kinds.register("safety.folded", _("A host folded a post of yours, and says why."), _decision)
    kinds.register("safety.returned", _("A host gave a post back to you, and says why."), _decision)
    # Both in one, as it was told before; such rows are still shown.
    kinds.register("safety.decided", _("A host has folded a post of yours or given it back, and says why."), _decision)
    kinds.register(
        "safety.late",
        _("Nobody has looked yet at what you reported. The people who run this site see that it waits."),
        lambda about: "/about/",
    )
    kinds.register("safety.answered", _("A host has looked at what you reported."), lambda about: f"/g/{about.split(':')[0]}/")


def _decision(about: str) -> str:
    code, number = about.split(":")
    return f"/g/{code}/decisions/{number}/"
