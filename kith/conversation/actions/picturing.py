"""Pictures: taken in, put into a post, taken out again, and what nobody needs any more swept away."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kith.conversation import limits, rules
from kith.conversation.models import Picture, Post
from kith.conversation.queries.pictures import picture_row, unknown_among
from kith.conversation.rows import PictureRow
from kith.core import files
from kith.core.errors import Invalid
from kith.groups.rows import Place

Wanted = Sequence[tuple[str, str]]  # the pictures that a post shall have: name and what it shows, in their order
_AT_ONCE = 500


def take_picture(place: Place, where: str, *, data: bytes, alt: str, at: datetime) -> PictureRow:
    """
    Take in a picture for what is being written in this place, drawn anew; it waits three days for its post.

    The row is there before the files, so that whatever file has no row is nobody's and can go. No transaction is open while
    the picture is decoded.

    :raises Invalid: naming `picture`, if it cannot be used, is one too many, or the disk cannot take it
    """
    alt, cleaned = rules.check_alt(alt), files.clean_picture(data)
    with transaction.atomic():
        waiting = Picture.objects.filter(persona=place.persona, place=where, post=None).count()
        if waiting >= limits.MAX_PICTURES:
            raise Invalid(picture=rules.too_many_pictures())
        picture = Picture.objects.create(
            group_id=place.key, persona_id=place.persona, place=where, seat=waiting, alt=alt, width=cleaned.width,
            height=cleaned.height, keep_until=at.date() + timedelta(days=limits.UNPOSTED_DAYS),
        )  # fmt: skip
    try:
        files.write(picture.name, cleaned.sizes)
    except OSError:
        picture.delete()
        raise Invalid(picture=_("We could not keep this picture just now. Wait a minute, then choose it again.")) from None
    return picture_row(picture, place.code)


def describe_picture(place: Place, name: str, alt: str) -> None:
    """
    Keep what a picture shows, while it waits for its post.

    :raises Invalid: if that is too long
    """
    Picture.objects.filter(persona=place.persona, post=None, name=name).update(alt=rules.check_alt(alt))


@transaction.atomic
def drop_picture(place: Place, name: str) -> None:
    """Throw one of my pictures away that is in no post."""
    _forget(Picture.objects.filter(persona=place.persona, post=None, name=name))


@transaction.atomic
def drop_unposted(*personas: int, where: str | None = None) -> None:
    """Throw away all pictures of these personas that are in no post, or those of one place."""
    pictures = Picture.objects.filter(persona__in=personas, post=None)
    _forget(pictures if where is None else pictures.filter(place=where))


def gather(place: Place, where: str, wanted: Wanted, *, post: Post | None = None) -> list[Picture]:
    """
    Return the pictures that a post shall have, with their words and seats, not saved yet: my own of this place, or in it already.

    :raises Invalid: naming `picture`, if they are too many, or one of them is no longer there
    """
    if not wanted:
        return []
    if len(wanted) > limits.MAX_PICTURES:
        raise Invalid(picture=rules.too_many_pictures())
    mine = Picture.objects.select_for_update().filter(persona=place.persona, name__in=[name for name, _alt in wanted])
    here = mine.filter(Q(post=None, place=where) | Q(post=post)) if post else mine.filter(post=None, place=where)
    found = {picture.name: picture for picture in here}
    if len(found) != len(wanted):
        raise Invalid(picture=_("A picture that was not posted for three days is gone. Please choose it again."))
    for seat, (name, alt) in enumerate(wanted):
        found[name].seat, found[name].alt = seat, rules.check_alt(alt)
    return [found[name] for name, _alt in wanted]


def put_into(post: int, pictures: Iterable[Picture]) -> None:
    """Put gathered pictures into a post, inside the caller's transaction."""
    for picture in pictures:
        picture.post_id, picture.place, picture.keep_until = post, "", None
        picture.save(update_fields=["post", "place", "keep_until", "seat", "alt"])


def change_pictures(place: Place, post: Post, wanted: Wanted) -> bool:
    """
    Let a post have these pictures and no others, inside the caller's transaction; say whether that changed anything.

    One that is taken out is gone for good: row now, files right after.

    :raises Invalid: naming `picture`, if they are too many, or one of them is no longer there
    """
    before = [(picture.name, picture.alt) for picture in post.pictures.order_by("seat")]
    pictures = gather(place, f"edit:{post.number}", wanted, post=post)
    if before == [(picture.name, picture.alt) for picture in pictures]:
        return False
    _forget(post.pictures.exclude(name__in=[picture.name for picture in pictures]))
    put_into(post.pk, pictures)
    return True


def hide_pictures_of(post: Post, at: datetime) -> None:
    """Keep the pictures of a post that was taken back for as long as it can come back; nobody but its author is served them."""
    post.pictures.update(keep_until=at.date() + timedelta(days=limits.KEEP_DAYS))


def show_pictures_of(post: Post) -> None:
    """Keep the pictures of a post that came back; draw the post afterwards."""
    post.pictures.update(keep_until=None)


def drop_pictures_of(*posts: Post) -> None:
    """Take every picture out of posts for good, inside the caller's transaction."""
    _forget(Picture.objects.filter(post__in=posts))


def _forget(pictures: QuerySet[Picture]) -> None:
    names = list(pictures.values_list("name", flat=True))
    pictures.delete()
    for name in names:
        transaction.on_commit(partial(files.remove, name), robust=True)  # what is missed here, the next sweep takes


def sweep_pictures(*, at: datetime) -> None:
    """Throw away pictures that waited long enough, and every file that no row knows."""
    with transaction.atomic():
        _forget(Picture.objects.filter(keep_until__lt=at.date()))
    names = sorted({name for name, _size in files.stored() if name})
    for start in range(0, len(names), _AT_ONCE):
        for name in unknown_among(names[start : start + _AT_ONCE]):
            files.remove(name)
