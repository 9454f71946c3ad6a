"""Who may see, enter and lead a group."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kith.core import text
from kith.core.errors import Invalid, NotFound, Refused, SignInFirst, StepFirst
from kith.groups import limits
from kith.groups.models import LEADING, Group, Invitation, Persona
from kith.groups.plans import DOORS, Plan
from kith.groups.rows import Place
from kith.groups.viewer import Viewer

_ROLE_WORDS = ("host", "facilitator", "greeter", "moderator", "steward", "admin", "kith")


def may_see(group: Group, persona: Persona | None) -> bool:
    """Say whether somebody who is this persona there, or nobody, may know that the group exists."""
    if group.closed_on is not None:
        return False
    if persona is not None and persona.joined_on is not None:
        return True
    return group.opened_on is not None and group.door != "invitation"


def is_member(persona: Persona | None) -> bool:
    """Say whether this persona belongs to its group now."""
    return persona is not None and persona.joined_on is not None and persona.left_on is None


def check_member(persona: Persona | None) -> Persona:
    """
    Return the persona.

    :raises NotFound: for anybody who does not belong
    """
    if persona is None or not is_member(persona):
        raise NotFound
    return persona


def check_leads(place: Place, *, lock: bool = False) -> Persona:
    """
    Return the persona of a host or facilitator, its row locked if asked to.

    :raises NotFound: for everybody else; they need not know that there is a desk
    :raises StepFirst: for one who has not come with a second step
    """
    rows = Persona.objects.select_for_update() if lock else Persona.objects
    persona = rows.filter(pk=place.persona).first()
    if persona is None or not persona.leads:
        raise NotFound
    check_step(strong=place.strong)
    return persona


def check_step(*, strong: bool) -> None:
    """
    Ask for a second step.

    :raises StepFirst: where it is missing
    """
    if not strong:
        raise StepFirst(
            _(
                "Whoever leads a group or runs this site comes in with a second step. It keeps everybody safe if your pass-phrase gets out."
            )
        )


def check_join(viewer: Viewer, group: Group, persona: Persona | None) -> None:
    """
    Refuse guests, closed doors, and anyone who already belongs or already asked.

    :raises SignInFirst: for guests
    :raises Refused: for the others, with words for them
    """
    if viewer.is_guest:
        raise SignInFirst(_("Sign in to come in to this group. You come back here afterwards."))
    if group.closed_on is not None:
        raise Refused(_("This group has closed."))
    if group.opened_on is None:
        raise Refused(_("This group has not opened yet."))
    if persona is not None and persona.joined_on is None:
        raise Refused(_("You have asked to come in already. A host will answer you."))
    if persona is not None:
        raise Refused(_("You already belong to this group."))


def check_door(group: Group, plan: Plan) -> None:
    """
    Refuse a door that opens wider than it did: what was written behind it was written for those who were there.

    :raises Invalid: with the field that says so
    """
    if DOORS.index(plan.door) < DOORS.index(group.door):
        raise Invalid(
            door=_("You can make it harder to come in, but not easier: what people wrote here, they wrote for those who were in.")
        )
    if plan.readable and not group.readable:
        raise Invalid(
            readable=_("What was written for members stays with members. Only a new group can let people read before they join.")
        )


def check_invitation(row: Invitation | None, today: date) -> Invitation:
    """
    Return an invitation that lets somebody in today.

    :raises NotFound: if it was used, has run out or never was
    :raises Refused: if its group has closed
    """
    if row is None or row.used_on is not None or row.made_on < today - timedelta(days=limits.INVITATION_DAYS):
        raise NotFound
    if row.group.closed_on is not None:
        raise Refused(_("This group has closed."))
    return row


def check_persona_name(group: int, name: str, *, mine: bytes = b"", field: str = "name") -> str:
    """
    Return the name as it is shown. A name stays with the words of somebody who left them under it; `mine` is her tag, if she is back.

    :raises Invalid: for `field`, if it is empty, too long, pretends to a role, or looks like a name in this group
    """
    name = text.clean(name, one_line=True)
    if text.is_blank(name) or not text.skeleton(name):
        raise Invalid(**{field: _("Choose a name for this group. It needs at least one letter.")})
    text.check_length(name, limits.MAX_PERSONA, field=field)
    look = text.skeleton(name)
    if any(text.skeleton(word) in look for word in _ROLE_WORDS):
        raise Invalid(**{field: _("This name sounds like somebody who runs things here. Please choose another.")})
    held = Persona.objects.filter(group=group, skeleton=look).exclude(joined_on=None, left_on__isnull=False)
    if held.exclude(owner_tag=mine).exists():
        raise Invalid(**{field: _("Somebody in this group has this name, or one that looks the same. Please choose another.")})
    return name


def check_may_leave(persona: Persona, leading: int) -> None:
    """
    Refuse the last host of a group with members.

    :raises Refused: with what to do first
    """
    if persona.role in LEADING and leading <= 1:
        raise Refused(_("You are the only host. Invite another host first, or close the group. Then you can leave."))
