"""Signing up, in and out; new pass-phrases; closing an account."""

from kith.people.actions.accounts import (
    begin_closing,
    erase_person,
    find_person,
    make_steward,
    seed_person,
    set_display,
    set_exit,
    sign_up,
)  # fmt: skip
from kith.people.actions.emails import confirm_email, retag_emails, set_email
from kith.people.actions.filtering import set_filters, set_own_name
from kith.people.actions.noting import drop_own_note, save_own_note
from kith.people.actions.phrases import change_phrase, check_sign_in, confirm_phrase, drop_used_codes, renew_codes, use_code
from kith.people.actions.sessions import (
    drop_old_sessions,
    end_other_sessions,
    end_session,
    note_waiting,
    open_session,
    set_waiting,
)  # fmt: skip

__all__ = [
    "begin_closing", "change_phrase", "check_sign_in", "confirm_email", "confirm_phrase", "drop_old_sessions", "drop_own_note", "drop_used_codes",
    "end_other_sessions", "end_session", "erase_person", "find_person", "make_steward", "note_waiting", "open_session", "renew_codes",
    "retag_emails",    "save_own_note", "seed_person", "set_display", "set_email", "set_exit", "set_filters", "set_own_name", "set_waiting", "sign_up", "use_code",
]  # fmt: skip
