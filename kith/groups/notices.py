"""The kinds of notice that this room sends."""

from django.utils.translation import gettext_noop as _

from kith.notify import kinds


def register() -> None:
    """Register them; `about` is the group's code, then the handle of who asked."""
    kinds.register("groups.asked", _("%(who)s asks to come in."), lambda about: f"/g/{about.split(':')[0]}/desk/")
    kinds.register("groups.welcomed", _("You are in. A host has opened the door for you."), lambda about: f"/g/{about}/")
    kinds.register(
        "groups.declined",
        _("%(who)s cannot let you in this time. This says nothing about you; here are other groups."),
        lambda about: "/find/browse/",
    )
    kinds.register(
        "groups.not_yet",
        _("The people who run this site have said no to your group for now. They say why."),
        lambda about: f"/g/{about}/desk/",
    )
    kinds.register("groups.opened", _("Your group is open now."), lambda about: f"/g/{about}/")
    kinds.register(
        "groups.closed", _("A group of yours has closed. What you wrote there is still yours."), lambda about: "/me/words/"
    )
    kinds.register(
        "groups.checked",
        _("The people who run this site have answered whether they could check who you are."),
        lambda about: f"/g/{about.split(':')[0]}/desk/",
    )
