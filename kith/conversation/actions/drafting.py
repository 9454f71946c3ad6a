"""Drafts, saved while somebody writes."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from kith.conversation import limits
from kith.conversation.actions.picturing import drop_unposted
from kith.conversation.models import Draft
from kith.conversation.rows import DraftRow
from kith.core import text
from kith.core.errors import Invalid, Stale
from kith.groups.queries import list_own_groups
from kith.groups.rows import Place
from kith.groups.viewer import Viewer


@transaction.atomic
def save_draft(
    place: Place,
    where: str,
    *,
    words: str,
    title: str = "",
    wish: str = "",
    note: str = "",
    nameless: bool = False,
    base: int | None = None,
) -> DraftRow:
    """
    Keep unsent writing for one place; `base` is the version that her page began from: 0 if nothing was kept then,
    None to write over whatever is there.

    :raises Stale: if another page has saved a newer draft meanwhile
    :raises Invalid: if it is longer than a post can ever be
    """
    if len(words) > limits.MAX_WORDS * 2:
        raise Invalid(words=_("This is too long to keep as a draft. Please keep a copy somewhere safe."))
    draft = Draft.objects.select_for_update().filter(persona=place.persona, place=where).first()
    if draft is None:
        # No version is ever used twice, so that a page from before a posted answer cannot pass for a newer one.
        draft = Draft(persona_id=place.persona, place=where, version=secrets.randbelow(2**30))
    elif base is not None and base != draft.version:
        raise Stale(_("Another page of yours has saved newer words here."))
    draft.words, draft.title = text.clean(words), text.clean(title, one_line=True)[: limits.MAX_TITLE]
    draft.wish, draft.note = wish if wish in limits.WISHES else "", text.clean(note, one_line=True)[: limits.MAX_NOTE]
    draft.nameless = nameless
    draft.version += 1
    if text.is_blank(draft.words + draft.title):
        Draft.objects.filter(pk=draft.pk).delete()
        return DraftRow(where, "", "", "", "", 0)
    draft.save()
    return DraftRow(where, draft.title, draft.words, draft.wish, draft.note, draft.version, nameless=nameless)


def drop_all_drafts(viewer: Viewer) -> None:
    """Throw away all that somebody has begun to write, in every group, with its pictures: she must go, and asked for it beforehand."""
    personas = [group.persona for group in list_own_groups(viewer)]
    Draft.objects.filter(persona__in=personas).delete()
    drop_unposted(*personas)


def drop_draft(place: Place, where: str) -> None:
    """Throw a draft away."""
    Draft.objects.filter(persona=place.persona, place=where).delete()
