"""Gather what is kept about somebody beside her words, for her own copy: her account, and what each group keeps of her persona there."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from kith.conversation.queries import (
    export_all_read,
    export_calls,
    export_gone,
    export_pictures,
    export_read,
    export_told,
    export_wishes,
)
from kith.core.queries import list_deeds
from kith.core.words import per_language
from kith.groups.queries import export_invitations, export_member
from kith.groups.rows import OwnGroup
from kith.notify.queries import export_mailbox
from kith.people.queries import export_account, list_looks, own_list
from kith.safety.queries import export_decisions, export_reports

Facts = dict[str, Any]
# In words.json alone: they say something to programs only, or stand in words.html.
FOR_PROGRAMS = {
    "about", "all_read_upto", "avatar", "avatar_seed", "by", "called_in", "charter_number", "deeds", "file", "handle", "health_consent", "kind", "new",
    "news", "number", "place", "pictures", "read", "reason", "role", "told_of_waiting", "what", "width", "name", "notes_wished", "taken_back_for_good", "outcome",
    "looks_whole", "happenings", "strong", "post", "told_on", "topic", "upto", "written_at",
}  # fmt: skip


def gather_account(person: int) -> Facts:
    """Return what is kept about an account."""
    looks, _whole = list_looks(person)
    account = asdict(export_account(person)) | asdict(export_mailbox(own_list(person).mailbox))
    return {"account": account, "looks": [asdict(row) for row in looks]}


def gather_group(own: OwnGroup) -> Facts:
    """Return what a group keeps of a persona of mine, beside what she wrote."""
    persona = own.persona
    lists: dict[str, list[Any]] = {
        "invitations": export_invitations(persona), "pictures": export_pictures(persona), "read": export_read(persona),
        "called_in": export_calls(persona), "notes_wished": export_wishes(persona), "told_of_waiting": export_told(persona),
        "reports_made": export_reports(persona), "decisions": export_decisions(persona), "taken_back_for_good": export_gone(persona),
    }  # fmt: skip
    return {
        "member": asdict(export_member(persona)), **asdict(export_mailbox(own.mailbox)),
        "all_read_upto": export_all_read(persona), "deeds": [{"kind": kind, "made_on": day} for kind, day in list_deeds(persona)],
        **{name: [asdict(row) for row in rows] for name, rows in lists.items()},
    }  # fmt: skip


@per_language
def fact_words() -> dict[str, str]:
    """Name each fact for a reader."""
    return {
        "sign_in_name": _("Sign-in name"), "email": _("Email"), "email_confirmed": _("Email confirmed in the month of"),
        "joined_month": _("Here since the month of"), "adult_since": _("You said that you are 18 or over in the month of"),
        "steward_since": _("You run this site since the month of"), "theme": _("Light or dark"), "text_size": _("Size of letters"),
        "contrast": _("Contrast"), "language": _("Language"), "exit_drops_drafts": _("“Leave this site” throws drafts away"),
        "filters": _("What I fold"), "kinds": _("Kinds of content notes"), "words": _("Words"), "own_name": _("My own name"),
        "codes": _("Codes on paper"), "used_month": _("Used in the month of"), "devices": _("Devices"), "device": _("Device"),
        "own_device": _("My own device"), "day": _("Day"), "discreet": _("Tabs and history say nothing"), "idle": _("Signed out after so many minutes of nothing"), "steps": _("Second steps of signing in"), "wants_letters": _("Letters that a notice waits"),
        "notices": _("Notices"), "said": _("What it said"), "made_at": _("When"), "letters": _("Letters of the last seven days"),
        "sent_at": _("Sent"), "member": _("I in this group"), "note": _("Note"), "asked_on": _("Asked to come in"),
        "asking_words": _("What I wrote to the hosts then"), "joined_on": _("Came in"), "left_on": _("Left"),
        "check_asked_on": _("Asked a steward to check that I am a professional"), "willing": _("Glad to be told when somebody waits"),
        "invitations": _("Invitations that I made"), "made_on": _("Day"), "used_on": _("Used"), "alt": _("What it shows"),
        "reports_made": _("What I told the hosts"), "answered_on": _("Answered"),
        "decisions": _("What hosts did to posts of mine"),
    }  # fmt: skip
