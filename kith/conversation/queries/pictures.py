"""Pictures: who may see one, which of mine wait beside what I write, and how the store of them is."""

from collections.abc import Iterable

from django.db.models import Q

from kith.conversation import rules
from kith.conversation.models import Picture
from kith.conversation.rendering import picture_path
from kith.conversation.rows import PictureRow, Posted
from kith.core import files
from kith.core.errors import NotFound
from kith.groups.queries import get_reading_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer

_COLUMNS = (
    "group", "name", "persona", "alt", "width", "height", "post__number", "post__state", "post__topic__number", "post__topic__gone_on",
    "post__topic__line",
)  # fmt: skip


def get_picture(viewer: Viewer, code: str, name: str, width: int) -> bytes:
    """
    Return the bytes of a picture in one of its widths.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: if this viewer may not read its post, or there is none
    """
    picture = _get(get_reading_place(viewer, code), name)
    data = files.read(name, width) if width in files.widths_of(picture.width) else None
    if data is None:
        raise NotFound
    return data


def get_picture_page(viewer: Viewer, code: str, name: str) -> tuple[Place, PictureRow, Posted | None]:
    """
    Return a picture by itself, the place around it, and the post that it stands in, if it stands in one.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: if this viewer may not read its post, or there is none
    """
    place = get_reading_place(viewer, code)
    picture = _get(place, name)
    post = picture.post
    return place, picture_row(picture, place.code), Posted(post.topic.number, post.number) if post else None


def _get(place: Place, name: str) -> Picture:
    found = Picture.objects.filter(group=place.key, name=name).select_related("post__topic")
    return rules.check_picture(place, found.only(*_COLUMNS).first())


def list_pictures(place: Place, where: str, *, post: int = 0) -> list[PictureRow]:
    """List my pictures that wait in this place, and behind those that my post of this number has already."""
    waiting = Q(place=where, post=None)
    in_post = Q(post__number=post, post__group=place.key)
    mine = Picture.objects.filter(waiting | in_post if post else waiting, persona=place.persona)
    rows = sorted(mine, key=lambda picture: (picture.post_id is None, picture.seat, picture.name))
    return [picture_row(picture, place.code) for picture in rows]


def picture_row(picture: Picture, code: str) -> PictureRow:
    """Make the row of one of my pictures."""
    return PictureRow(
        picture.name, picture.alt, picture_path(code, picture.name), picture.width, picture.height, picture.post_id is not None
    )


def unknown_among(names: Iterable[str]) -> set[str]:
    """Return which of these names no picture has."""
    names = set(names)
    return names - set(Picture.objects.filter(name__in=names).values_list("name", flat=True))


def check_store() -> dict[str, int]:
    """Count pictures and bytes, files that no picture has, and pictures without their files."""
    stored: dict[str, int] = {}
    for name, size in files.stored():
        stored[name] = stored.get(name, 0) + size
    known = set(Picture.objects.values_list("name", flat=True))
    return {
        "pictures": len(known), "bytes": sum(stored.values()), "files of nobody": len(stored.keys() - known),
        "without files": len(known - stored.keys()),
    }  # fmt: skip
