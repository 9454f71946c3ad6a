"""What a group keeps of a persona of mine, for my own copy."""

from kith.groups.models import Invitation, Persona
from kith.groups.rows import ExportInvitation, ExportMember


def export_member(persona: int) -> ExportMember:
    """Return the row of a persona of mine."""
    row = Persona.objects.get(pk=persona)
    return ExportMember(
        row.handle, row.avatar_seed, row.avatar, row.role, row.note, row.asked_on, row.asking_words, row.joined_on, row.check_asked_on,
        row.left_on, row.charter_number, row.willing,
    )  # fmt: skip


def export_invitations(persona: int) -> list[ExportInvitation]:
    """Return the invitations that a persona of mine has made; not who used them."""
    rows = Invitation.objects.filter(made_by=persona).order_by("made_on", "pk")
    return [ExportInvitation(row.role, row.made_on, row.used_on) for row in rows]
