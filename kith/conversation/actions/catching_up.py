"""Being done with what is new."""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from kith.conversation.models import ReadMark, Topic
from kith.conversation.reading import write_marks
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
    mine = ReadMark.objects.filter(persona=place.persona, topic=OuterRef("pk")).values("upto")
    topics = Topic.objects.filter(group=place.key, gone_on=None).annotate(upto=Coalesce(Subquery(mine), 0))
    unread = topics.filter(last_place__gt=F("upto"), line=None).values_list("pk", "last_place")
    write_marks([(place.persona, topic, last) for topic, last in unread])
    if place.mailbox:
        see_notices(person, place.mailbox)
