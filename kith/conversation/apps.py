"""Topics, posts, drafts and coming back."""

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """Registers notices, what may be reported, and what happens to words when somebody leaves."""

    name = "kith.conversation"

    def ready(self) -> None:
        """Register notices, reportables and listeners."""
        from kith.conversation import notices, queries
        from kith.conversation.actions.again import take_back_again
        from kith.conversation.actions.everything import bring_back_some, bring_nothing_back, take_back_rest, take_back_some
        from kith.conversation.actions.leaving import words_of_nobody, words_of_one_renamed, words_of_one_who_left
        from kith.conversation.actions.relaying import waits_of_a_changed_group, waits_of_a_closed_group
        from kith.core import erasing, restoring
        from kith.core.events import listen
        from kith.groups import errands
        from kith.safety import reportable

        notices.register()
        erasing.register("conversation", take_back_again)
        restoring.rebuilt("conversation_searched")
        restoring.names_files("conversation_picture", "name")
        restoring.on_restore(bring_nothing_back)
        reportable.register("post", queries.find_reported)
        errands.register("take_back", take_back_some)
        errands.register("take_back_rest", take_back_rest)
        errands.register("bring_back", bring_back_some)
        listen("groups.left", words_of_one_who_left, within=True)
        listen("groups.renamed", words_of_one_renamed, within=True)
        listen("groups.released", words_of_nobody, within=True)
        listen("groups.changed", waits_of_a_changed_group, within=True)
        listen("groups.closed", waits_of_a_closed_group, within=True)
