"""Mailboxes, notices and letters: what reaches a person, without saying what it is about."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Opens a mailbox for every new person."""

    name = "kith.notify"

    def ready(self) -> None:
        """Register listeners."""
        from kith.core.events import listen
        from kith.notify.actions import open_own_mailbox

        listen("people.joined", open_own_mailbox, within=True)
