"""Starting, answering, changing, taking back, responding, keeping drafts."""

from kith.conversation.actions.catching_up import mark_all_read
from kith.conversation.actions.changing import edit_post, note_post
from kith.conversation.actions.drafting import drop_all_drafts, drop_draft, save_draft
from kith.conversation.actions.dropping import drop_gone
from kith.conversation.actions.everything import bring_back_everything, stop_taking_back, take_back_everything
from kith.conversation.actions.hosting import fold_post, return_post, unfold_post
from kith.conversation.actions.moving import move_posts
from kith.conversation.actions.picturing import (
    describe_picture,
    drop_picture,
    drop_pictures_of,
    drop_unposted,
    hide_pictures_of,
    show_pictures_of,
    sweep_pictures,
    take_picture,
)
from kith.conversation.actions.relaying import forget_turns, pass_on
from kith.conversation.actions.responding import respond
from kith.conversation.actions.showing import fold_own, note_later, show_name
from kith.conversation.actions.talking import reply, start_line, start_topic
from kith.conversation.actions.tending import set_tags, sort_topic, tend_topic
from kith.conversation.actions.wishing import wish_note
from kith.conversation.actions.withdrawing import restore_post, withdraw_post

__all__ = [
    "bring_back_everything",
    "describe_picture",
    "drop_all_drafts",
    "drop_draft",
    "drop_gone",
    "drop_picture",
    "drop_pictures_of",
    "drop_unposted",
    "edit_post",
    "fold_own",
    "fold_post",
    "forget_turns",
    "hide_pictures_of",
    "mark_all_read",
    "move_posts",
    "note_later",
    "note_post",
    "pass_on",
    "reply",
    "respond",
    "restore_post",
    "return_post",
    "save_draft",
    "set_tags",
    "show_name",
    "show_pictures_of",
    "sort_topic",
    "start_line",
    "start_topic",
    "stop_taking_back",
    "sweep_pictures",
    "take_back_everything",
    "take_picture",
    "tend_topic",
    "unfold_post",
    "wish_note",
    "withdraw_post",
]  # fmt: skip
