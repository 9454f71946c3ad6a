"""Mailboxes, notices and letters: what reaches a person, without saying what it is about."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Opens a mailbox for every new person, and writes to every new address once."""

    name = "kith.notify"

    def ready(self) -> None:
        """Register listeners."""
        from kith.core.events import listen
        from kith.notify.actions import ask_email, open_own_mailbox

        listen("people.joined", open_own_mailbox, within=True)
        listen("people.gave_email", ask_email, within=True)
