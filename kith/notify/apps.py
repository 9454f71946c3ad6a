"""Mailboxes, notices and letters: what reaches a person, without saying what it is about."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Opens a mailbox for every new person, and writes to every new address once."""

    name = "kith.notify"

    def ready(self) -> None:
        """Register sealed columns and listeners."""
        from kith.core.events import listen
        from kith.core.restoring import on_restore
        from kith.notify.actions import ask_email, drop_all_letters, open_own_mailbox
        from kith.notify.models import Mailbox
        from kith.people.rotating import sealed

        sealed(Mailbox, "owner_sealed", lambda row: f"mailbox.owner:{row.pk}")
        sealed(Mailbox, "settings_sealed", lambda row: f"mailbox.settings:{row.pk}")
        on_restore(drop_all_letters)
        listen("people.joined", open_own_mailbox, within=True)
        listen("people.gave_email", ask_email, within=True)
