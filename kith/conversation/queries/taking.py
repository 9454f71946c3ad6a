"""What is still to be taken back, after somebody wanted all of it taken back."""

from collections.abc import Sequence

from django.db.models import QuerySet

from kith.conversation.limits import TAKING
from kith.conversation.models import Post
from kith.conversation.rows import TakingRow
from kith.groups.errands import Waiting, find_errands


def list_taking(personas: Sequence[int]) -> dict[int, TakingRow]:
    """Say for personas of mine how much of theirs still stands that is to go, and when the last of it is to go; only where some is."""
    waiting: dict[int, list[Waiting]] = {}
    for errand in find_errands(personas, *TAKING):
        waiting.setdefault(int(errand.task["persona"]), []).append(errand)
    rows = {persona: _row(persona, errands) for persona, errands in waiting.items()}
    return {persona: row for persona, row in rows.items() if row.left}


def _row(persona: int, errands: Sequence[Waiting]) -> TakingRow:
    upto = max(int(errand.task["upto"]) for errand in errands)
    first = [errand for errand in errands if errand.task["do"] == "take_back"]  # the rest is mostly gone by then
    return TakingRow(still_standing(persona, upto).count(), max(errand.due_at for errand in first or errands))


def still_standing(persona: int, upto: int) -> QuerySet[Post]:
    """Return what a persona wrote up to a post and has not taken back, nor brought back meanwhile."""
    return Post.objects.filter(author=persona, number__lte=upto, stays=None).exclude(state="withdrawn")
