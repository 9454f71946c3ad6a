"""From somebody's own words to a sealed token, and from the token to the groups. The words are never kept."""

import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from kith.concerns.models import Concern
from kith.concerns.queries import list_concerns
from kith.concerns.rows import ConcernRow
from kith.conversation.queries import first_answer_hours
from kith.core.errors import Invalid, NotFound
from kith.core.likeness import DIMENSIONS, embed
from kith.core.text import clean, is_blank
from kith.finding import limits
from kith.finding.models import Card
from kith.finding.naming import named_in
from kith.finding.rows import Findings, Found, Wishes
from kith.finding.scoring import Index, Scored, score
from kith.groups.queries import list_cards
from kith.groups.viewer import Viewer
from kith.people.sealing import Unreadable, seal, unseal

_ROW = struct.Struct(">QhB")
_lock = threading.Lock()
_held: tuple[tuple[int, int], Index] | None = None


def find(words: str, *, clock: Callable[[], float] = time.time) -> str:
    """
    Rank all listed groups for somebody's words; return a token that holds the best of them for half an hour, never the words.

    :raises Invalid: if nothing was typed
    """
    words = clean(words[: limits.MAX_WORDS])
    if is_blank(words):
        raise Invalid(words=_("Type a few words about what you are going through. One sentence is enough."))
    ranked = rank(words)[: limits.KEPT]
    packed = b"".join(_ROW.pack(item.key, int(item.score * 1000), line) for item, line in with_reasons(ranked))
    return seal(struct.pack(">I", int(clock()) + limits.TOKEN_SECONDS) + packed, place="finder.token:0").hex()


def rank(words: str) -> list[Scored]:
    """Score every listed group for these words, best first."""
    vocabulary = list_concerns()
    named = frozenset(named_in(words, vocabulary))
    return score(_index(), embed([words])[0], named, _near(named, vocabulary))


def _near(named: frozenset[int], vocabulary: list[ConcernRow]) -> frozenset[int]:
    if not named:
        return frozenset()
    links = Concern.near.through.objects.filter(from_concern__in=named)
    return frozenset(links.values_list("to_concern", flat=True)) - named


def with_reasons(ranked: list[Scored]) -> list[tuple[Scored, int]]:
    """Choose for each group the likest of its lines that no better group was given."""
    lines = dict(Card.objects.filter(group__in=[item.key for item in ranked]).values_list("group", "lines"))
    used: set[str] = set()
    chosen = []
    for item in ranked:
        own = lines.get(item.key, [])
        order = [at for at in (*item.lines, *range(len(own))) if at < len(own)]
        at = next((at for at in order if own[at][1] not in used), 0)
        if own:
            used.add(own[at][1])
        chosen.append((item, min(at, 255)))
    return chosen


def get_findings(viewer: Viewer, token: str, wishes: Wishes, *, clock: Callable[[], float] = time.time) -> Findings:
    """
    Open a token and return the groups that fit, those that meet the wishes only.

    :raises NotFound: if the token is not ours or half an hour has passed
    """
    ranked = _open(token, clock)
    good = [(key, points / 1000, line) for key, points, line in ranked if points / 1000 >= limits.FLOOR]
    cards = {card.key: card for card in list_cards(viewer, keys=[key for key, _points, _line in good])}
    lines = dict(Card.objects.filter(group__in=cards).values_list("group", "lines"))
    chosen, left_out = [], 0
    for key, points, line in good:
        card = cards.get(key)
        if card is None or key not in lines:
            continue
        if not _meets(card.meets, card.kind, card.readable, wishes):
            left_out += 1
            continue
        kind, words = lines[key][min(line, len(lines[key]) - 1)]
        chosen.append((card, kind, words, points >= limits.SURE))
    shown = chosen[: limits.SHOWN]
    hours = first_answer_hours([card.key for card, *_why in shown], at=datetime.fromtimestamp(clock(), UTC))
    found = tuple(Found(card, kind, words, sure, hours[card.key]) for card, kind, words, sure in shown)
    return Findings(found, not good, left_out)


def _open(token: str, clock: Callable[[], float]) -> list[tuple[int, int, int]]:
    try:
        plain = unseal(bytes.fromhex(token), place="finder.token:0")
    except (Unreadable, ValueError) as error:
        raise NotFound from error
    if struct.unpack(">I", plain[:4])[0] < clock():
        raise NotFound
    return list(_ROW.iter_unpack(plain[4:]))


def _meets(ways: tuple[str, ...], kind: str, readable: bool, wishes: Wishes) -> bool:
    if wishes.ways and not set(wishes.ways) & set(ways):
        return False
    return (not wishes.professional or kind == "professional") and (not wishes.readable or readable)


def _index() -> Index:
    """Return the index, read again only when a card was made or dropped."""
    global _held
    seen = Card.objects.aggregate(count=Count("pk"), last=Max("pk"))
    version = (seen["count"], seen["last"] or 0)
    with _lock:
        if _held is None or _held[0] != version:
            _held = (version, _load())
        return _held[1]


def _load() -> Index:
    keys: list[int] = []
    owner: list[int] = []
    wholes, lines, start, concerns = [], [], [], []
    for group, about, vectors in Card.objects.order_by("group").values_list("group", "concerns", "vectors"):
        array = np.frombuffer(bytes(vectors), np.float16).reshape(-1, DIMENSIONS)
        start.append(len(owner))
        owner.extend([len(keys)] * (len(array) - 1))
        keys.append(group)
        wholes.append(array[0])
        lines.append(array[1:])
        concerns.append(frozenset(about))
    empty = np.zeros((0, DIMENSIONS), np.float32)
    return Index(
        tuple(keys), np.stack(wholes).astype(np.float32) if wholes else empty, np.concatenate(lines) if lines else empty.astype(np.float16),
        np.asarray(owner, np.int32), tuple(start), tuple(concerns),
    )  # fmt: skip
