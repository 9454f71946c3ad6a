"""Being done with what is new."""

from django.db import transaction

from kith.conversation.models import Post
from kith.conversation.reading import write_all_read
from kith.conversation.sight import of_all
from kith.core.errors import NotFound
from kith.groups.actions import see_notices
from kith.groups.rows import Place


@transaction.atomic
def mark_all_read(place: Place, person: int) -> None:
    """
    Take every topic of a group as read, and every notice of it as seen; `person` is who is behind the persona.

    :raises NotFound: for strangers
    """
    if not place.persona:
        raise NotFound
    posts = Post.objects.filter(of_all(), group=place.key).order_by("-number")
    if (last := posts.values_list("number", flat=True).first()) is not None:
        write_all_read(place.persona, last)
    if place.mailbox:
        see_notices(person, place.mailbox)
