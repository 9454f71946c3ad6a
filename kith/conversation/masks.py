"""Without a name: the number that a nameless voice has in its topic, and what is shown in place of a name."""

from django.db.models import Max
from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.conversation.models import Post
from kith.core import drawing
from kith.core.markup import trusted

NAMED = 0


def mask_for(topic: int, persona: int) -> int:
    """
    Return the number of a persona's nameless voice in a topic: the same for all that she says there without her name.

    Call it under the lock of the group's row, so that two voices never get one number.
    """
    own = Post.objects.filter(topic=topic, author=persona).exclude(mask=NAMED).values_list("mask", flat=True).first()
    return own or (Post.objects.filter(topic=topic).aggregate(last=Max("mask"))["last"] or 0) + 1


def shown_name(name: str, *, nameless: bool, mask: int) -> str:
    """Return what stands in place of an author's name: her own, her nameless voice's, or that of a member who took hers away."""
    if nameless and mask:
        return _("Nameless %(n)s") % {"n": mask}
    return _("A member") if nameless or not name else name


def shown_face(avatar: str, name: str, *, nameless: bool) -> Markup:
    """Return the drawing that stands beside it."""
    return trusted(drawing.avatar("nameless") if nameless or not name else avatar)
