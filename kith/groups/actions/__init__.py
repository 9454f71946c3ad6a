"""Beginning, entering, leading and leaving groups."""

from kith.groups.actions.beginning import approve_group, begin_group, decline_group
from kith.groups.actions.belonging import accept_charter, decline, join_group, rename_persona, use_invitation, welcome
from kith.groups.actions.checking import ask_check
from kith.groups.actions.closing import close_account, erase_again, find_by_receipt, run_errands
from kith.groups.actions.ending import close_group
from kith.groups.actions.hosting import change_group, drop_old_invitations, invite, set_mail, set_willing
from kith.groups.actions.leaving import choose_again, leave_group
from kith.groups.actions.noticing import note_new_notices, see_notices
from kith.groups.actions.numbering import hold_group, next_post, next_tags, next_topic, next_topic_and_post

__all__ = [
    "accept_charter", "approve_group", "ask_check", "begin_group", "change_group", "choose_again", "close_account", "close_group", "decline", "decline_group", "drop_old_invitations", "erase_again", "find_by_receipt",
    "hold_group", "invite", "join_group", "leave_group", "next_post", "next_tags", "next_topic", "next_topic_and_post", "note_new_notices", "rename_persona", "run_errands", "see_notices", "set_mail", "set_willing",
    "use_invitation", "welcome",
]  # fmt: skip
