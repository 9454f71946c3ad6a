"""Starting, answering, changing, taking back, responding, keeping drafts."""

from kith.conversation.actions.catching_up import mark_all_read
from kith.conversation.actions.changing import edit_post
from kith.conversation.actions.drafting import drop_all_drafts, drop_draft, save_draft
from kith.conversation.actions.dropping import drop_gone
from kith.conversation.actions.everything import bring_back_everything, take_back_everything
from kith.conversation.actions.hosting import fold_post, return_post, unfold_post
from kith.conversation.actions.responding import respond
from kith.conversation.actions.showing import fold_own, note_later, show_name
from kith.conversation.actions.talking import reply, start_line, start_topic
from kith.conversation.actions.tending import move_posts, set_tags, sort_topic, tend_topic
from kith.conversation.actions.withdrawing import restore_post, withdraw_post

__all__ = [
    "bring_back_everything",
    "drop_all_drafts",
    "drop_draft",
    "drop_gone",
    "edit_post",
    "fold_own",
    "fold_post",
    "mark_all_read",
    "move_posts",
    "note_later",
    "reply",
    "respond",
    "restore_post",
    "return_post",
    "save_draft",
    "set_tags",
    "show_name",
    "sort_topic",
    "start_line",
    "start_topic",
    "take_back_everything",
    "tend_topic",
    "unfold_post",
    "withdraw_post",
]  # fmt: skip
