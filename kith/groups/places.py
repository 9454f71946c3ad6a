"""The place around a member's page: the group, and who the viewer is in it, in one hand-written statement."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.core.errors import NotFound, Refused, SignInFirst
from kith.core.markup import trusted
from kith.core.sql import one
from kith.groups.rows import Place
from kith.groups.viewer import Viewer

# Seventeen columns; other rooms put theirs behind them and join on g and p.
COLUMNS = """g.id, g.code, g.name, g.tint, g.emblem_seed, g.kind, g.door, g.readable, g.opened_on, g.closed_on,
       p.id, p.handle, p.name, p.avatar, p.role, p.mailbox_id, p.joined_on"""
JOIN = "groups_group g LEFT JOIN groups_persona p ON p.owner_tag = %s AND p.left_on IS NULL"
WIDTH = 17
_PLACE = f"SELECT {COLUMNS} FROM {JOIN} WHERE g.code = %s"


def fetch_place(viewer: Viewer, code: str, *, reading: bool) -> Place:
    """
    Return the place of a viewer in the group of this code; with `reading` also for strangers where they may read.

    :raises SignInFirst: for guests of a group that they may know of
    :raises NotFound: for everybody else
    """
    return place_of(one(_PLACE, viewer.tag(code[:12]), code[:12]), viewer, reading=reading)


def place_of(row: Sequence[Any] | None, viewer: Viewer, *, reading: bool) -> Place:
    """
    Make the place from the columns above.

    :raises SignInFirst: for guests of a group that they may know of
    :raises Refused: for members of a group that has closed
    :raises NotFound: for everybody else who may not be there
    """
    if row is None:
        raise NotFound
    group, code, name, tint, emblem, kind, door, readable, opened, closed = row[:10]
    is_open = opened is not None and closed is None
    if row[16] is not None and closed is not None:
        raise Refused(_("This group has closed. What you wrote there is still yours: you find it under “My words”."))
    if row[16] is not None:
        persona, handle, persona_name, avatar, role, mailbox = row[10:16]
        return Place(
            group, code, name, tint, emblem, kind, persona, handle, persona_name, trusted(avatar), role, door, bool(readable),
            mailbox or 0, opened is not None, viewer.strong,
        )  # fmt: skip
    if reading and readable and is_open:
        return Place(group, code, name, tint, emblem, kind, 0, "", "", Markup(""), "", door, True, 0)
    if viewer.is_guest and is_open and door != "invitation":
        raise SignInFirst
    raise NotFound
