"""Signing up, in and out; new pass-phrases; closing an account."""

from kith.people.actions.accounts import (
    begin_closing,
    erase_person,
    find_person,
    make_steward,
    seed_person,
    set_display,
    set_exit,
    set_idle,
    sign_up,
)  # fmt: skip
from kith.people.actions.changing import note_export, put_back, see_own
from kith.people.actions.emails import confirm_email, retag_emails, set_email
from kith.people.actions.factors import (
    add_app,
    add_passkey,
    begin_asking,
    begin_passkey,
    check_passkey,
    check_step,
    drop_factor,
    new_secret,
)
from kith.people.actions.filtering import set_filters, set_own_name
from kith.people.actions.guessing import Guessed, drop_old_tallies
from kith.people.actions.noting import drop_own_note, save_own_note
from kith.people.actions.phrases import change_phrase, check_sign_in, confirm_phrase, drop_used_codes, renew_codes, use_code
from kith.people.actions.sessions import (
    drop_old_sessions,
    end_all_sessions,
    end_other_sessions,
    end_session,
    note_waiting,
    open_session,
    set_waiting,
)  # fmt: skip
from kith.people.undoing import drop_old_undos

__all__ = [
    "Guessed",
    "add_app",
    "add_passkey",
    "begin_asking",
    "begin_closing",
    "begin_passkey",
    "change_phrase",
    "check_passkey",
    "check_sign_in",
    "check_step",
    "confirm_email",
    "confirm_phrase",
    "drop_factor",
    "drop_old_sessions",
    "drop_old_tallies",
    "drop_old_undos",
    "drop_own_note",
    "drop_used_codes",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "erase_person",
    "find_person",
    "make_steward",
    "new_secret",
    "note_export",
    "note_waiting",
    "open_session",
    "put_back",
    "renew_codes",
    "retag_emails",
    "save_own_note",
    "see_own",
    "seed_person",
    "set_display",
    "set_email",
    "set_exit",
    "set_filters",
    "set_idle",
    "set_own_name",
    "set_waiting",
    "sign_up",
    "use_code",
]  # fmt: skip
