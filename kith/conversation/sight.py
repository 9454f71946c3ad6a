"""Who sees a topic that is a line to the hosts (the one member it is with, and all who lead the group), and what of one is read."""

from django.db.models import Q
from django.utils.translation import gettext as _

from kith.groups.rows import Place

# For statements in which `t` is the topic and `p` the reader's persona.
IN_SIGHT = "(t.line_id IS NULL OR t.line_id = p.id OR p.role IN ('host', 'facilitator'))"
# For lists: a line stands in none, for nobody.
LISTED = "t.line_id IS NULL"
# For statements in which `t` is the topic, `r` the reader's mark in it, `k` her mark for the whole group: how far she has read.
# Numbers grow with places: the last post is found first where all is read.
READ = """CASE WHEN k.upto IS NULL OR t.line_id IS NOT NULL THEN COALESCE(r.upto, 0) ELSE COALESCE((
    SELECT q.place FROM conversation_post q
     WHERE q.topic_id = t.id AND (q.place <= COALESCE(r.upto, 0) OR q.number <= k.upto) ORDER BY q.place DESC LIMIT 1), 0) END"""
# For lists: whether the last post is new.
UNREAD = """t.last_place > COALESCE(r.upto, 0) AND (k.upto IS NULL OR EXISTS (
    SELECT 1 FROM conversation_post q WHERE q.topic_id = t.id AND q.place = t.last_place AND q.number > k.upto))"""


def title_of(title: str, line: object) -> str:
    """Return what a topic is called; a line to the hosts has no title of its own."""
    return _("A line to the hosts") if line else title


def sees(place: Place, line: int | None) -> bool:
    """Say whether this reader may see a topic, as far as lines go; `line` is whom it is with, None for no line."""
    return line is None or place.leads or (place.persona != 0 and line == place.persona)


def in_sight(place: Place) -> Q:
    """Say which posts this reader may see, as far as lines go."""
    if place.leads:
        return Q()
    return Q(topic__line=None) | Q(topic__line=place.persona)


def of_all() -> Q:
    """Say which posts are no part of a line."""
    return Q(topic__line=None)
