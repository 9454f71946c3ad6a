"""What shells are handed of conversations: frozen, and nothing of any person."""

from kith.conversation.rows.copies import (
    ExportCall,
    ExportDraft,
    ExportForm,
    ExportGone,
    ExportPicture,
    ExportPost,
    ExportRead,
    ExportResponse,
    ExportTold,
    ExportWish,
)
from kith.conversation.rows.own import ChangeRow, OwnPost, RevisionRow, Sieve, TakingRow
from kith.conversation.rows.posts import DraftRow, PictureRow, Posted, PostRow
from kith.conversation.rows.searching import Found, FoundRow, Sought
from kith.conversation.rows.topics import CatchUp, ReplyRow, TagRow, TopicPage, TopicRow, WaitingRow

__all__ = [
    "CatchUp",
    "ChangeRow",
    "DraftRow",
    "ExportCall",
    "ExportDraft",
    "ExportForm",
    "ExportGone",
    "ExportPicture",
    "ExportPost",
    "ExportRead",
    "ExportResponse",
    "ExportTold",
    "ExportWish",
    "Found",
    "FoundRow",
    "OwnPost",
    "PictureRow",
    "PostRow",
    "Posted",
    "ReplyRow",
    "RevisionRow",
    "Sieve",
    "Sought",
    "TagRow",
    "TakingRow",
    "TopicPage",
    "TopicRow",
    "WaitingRow",
]
