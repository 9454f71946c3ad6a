"""Reads of conversations: viewer first, frozen rows out."""

from kith.conversation.queries.catching_up import catch_up, last_here, list_news
from kith.conversation.queries.export import (
    count_letters,
    export_all_read,
    export_calls,
    export_drafts,
    export_gone,
    export_pictures,
    export_posts,
    export_read,
    export_responses,
    export_told,
    export_wishes,
)
from kith.conversation.queries.history import list_changes, list_revisions
from kith.conversation.queries.own import (
    find_own_posts,
    find_reported,
    get_draft,
    get_hostable,
    get_own_post,
    get_quotable,
    list_drafts,
    list_note_wishes,
    list_own_posts,
    preview,
)
from kith.conversation.queries.pictures import check_store, get_picture, get_picture_page, list_pictures
from kith.conversation.queries.proving import read_newest
from kith.conversation.queries.relaying import list_due, list_likely, list_waits
from kith.conversation.queries.searching import get_found, seek
from kith.conversation.queries.taking import list_taking
from kith.conversation.queries.topic import get_post_row, get_topic, watch_topic, where_is_post
from kith.conversation.queries.topics import (
    first_answer_hours,
    list_lines,
    list_pinned,
    list_tags,
    list_titles,
    list_topics,
    list_waiting,
)

__all__ = [
    "catch_up",
    "check_store",
    "count_letters",
    "export_all_read",
    "export_calls",
    "export_drafts",
    "export_gone",
    "export_pictures",
    "export_posts",
    "export_read",
    "export_responses",
    "export_told",
    "export_wishes",
    "find_own_posts",
    "find_reported",
    "first_answer_hours",
    "get_draft",
    "get_found",
    "get_hostable",
    "get_own_post",
    "get_picture",
    "get_picture_page",
    "get_post_row",
    "get_quotable",
    "get_topic",
    "last_here",
    "list_changes",
    "list_drafts",
    "list_due",
    "list_likely",
    "list_lines",
    "list_news",
    "list_note_wishes",
    "list_own_posts",
    "list_pictures",
    "list_pinned",
    "list_revisions",
    "list_tags",
    "list_taking",
    "list_titles",
    "list_topics",
    "list_waiting",
    "list_waits",
    "preview",
    "read_newest",
    "seek",
    "watch_topic",
    "where_is_post",
]  # fmt: skip
