"""Keeping the index in step with the groups."""

import re

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef

from kith.core.likeness import embed
from kith.finding import limits
from kith.finding.models import Card
from kith.groups.models import Charter, Group, GroupConcern

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def renew_index(*, limit: int = 20) -> int:
    """Make the cards of groups that have opened or changed their charter, drop those of closed ones; return how many were made."""
    Card.objects.filter(group__closed_on__isnull=False).delete()
    fresh = Card.objects.filter(group=OuterRef("pk"), stamp=OuterRef("charter_number"), recipe=limits.RECIPE)
    stale = Group.objects.filter(opened_on__isnull=False, closed_on=None).exclude(door="invitation").exclude(Exists(fresh))
    groups = list(stale.order_by("pk")[:limit])
    for group in groups:
        make_card(group)
    return len(groups)


def mark_stale(*, group: int) -> None:
    """Have the card of a group that changed made anew; until then it is found by the old one."""
    Card.objects.filter(group=group).update(stamp=0)


def make_card(group: Group) -> None:
    """Make or renew one group's card."""
    charter = Charter.objects.get(group=group, number=group.charter_number)
    links = list(GroupConcern.objects.filter(group=group).select_related("concern").order_by("place"))
    lines = lines_of(group.line, group.for_whom, charter.words, [(link.concern.name, link.concern.words) for link in links])
    texts = [whole_of(group.name, group.line, group.for_whom, charter.words), *[text for _kind, _label, text in lines]]
    vectors = embed(texts).astype(np.float16)
    with transaction.atomic():
        Card.objects.filter(group=group).delete()
        Card.objects.create(
            group=group, stamp=group.charter_number, recipe=limits.RECIPE, lines=[[kind, label] for kind, label, _text in lines],
            concerns=[link.concern_id for link in links], vectors=vectors.tobytes(),
        )  # fmt: skip


def whole_of(name: str, line: str, for_whom: str, charter: str) -> str:
    """Join what a group says about itself into one text."""
    return " ".join(part for part in (f"{name}.", line, for_whom, charter) if part)


def lines_of(line: str, for_whom: str, charter: str, concerns: list[tuple[str, list[str]]]) -> list[tuple[str, str, str]]:
    """List what may be named as a reason: kind, the words shown, the words embedded."""
    lines = [("concern", name, ", ".join([name, *words])) for name, words in concerns]
    lines += [("line", line, line)] if line else []
    lines += [("for", for_whom, for_whom)] if for_whom else []
    sentences = (sentence.strip() for sentence in _SENTENCE.split(charter))
    lines += [("charter", sentence, sentence) for sentence in sentences if 20 <= len(sentence) <= 220]
    return lines[: limits.MAX_LINES]
