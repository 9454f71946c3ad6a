"""The kinds of notice that this room sends."""

from django.utils.translation import gettext_noop as _

from kith.notify import kinds


def register() -> None:
    """Register them; `about` is the group's code, the topic's number, the post's number."""
    kinds.register("conversation.answered", _("%(who)s answered you."), _post, _topic)
    kinds.register("conversation.quoted", _("%(who)s quoted you."), _post, _topic)
    kinds.register("conversation.mentioned", _("%(who)s called you by your name."), _post, _topic)
    kinds.register("conversation.line", _("%(who)s has written to the hosts."), _post, _topic)
    kinds.register("conversation.responded", _("%(who)s answered you without words."), _post, _topic)
    kinds.register(
        "conversation.waits", _("Somebody waits for an answer. If you have a minute: a line is enough."), _post, _topic
    )
    kinds.register(
        "conversation.waits_still",
        _("Somebody still waits for an answer, so the hosts are told now. A line is enough."),
        _post,
        _topic,
    )
    kinds.register("conversation.note_wished", _("Somebody wishes that a post of yours had a content note."), _edit, _topic)


def _edit(about: str) -> str:
    code, _topic_number, number = about.split(":")
    return f"/g/{code}/posts/{number}/edit/"


def _post(about: str) -> str:
    code, topic, number = about.split(":")
    return f"/g/{code}/topics/{topic}/?post={number}#p{number}"


def _topic(about: str) -> int:
    return int(about.split(":")[1])
