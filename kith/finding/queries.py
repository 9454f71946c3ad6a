"""From somebody's own words to a sealed token, and from the token to the groups. The words are never kept."""

import json
import struct
import threading
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db import connection
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kith.concerns.naming import named_in
from kith.concerns.queries import list_concerns
from kith.concerns.rows import ConcernRow
from kith.conversation.queries import first_answer_hours
from kith.core.errors import Invalid, NotFound
from kith.core.likeness import DIMENSIONS, embed
from kith.core.text import clean, is_blank
from kith.finding import limits
from kith.finding.models import Card
from kith.finding.rows import Findings, Found, Wishes
from kith.finding.scoring import Floats, Index, Scored, score, shortlist
from kith.finding.voices import Voices, load
from kith.groups.queries import list_cards
from kith.groups.viewer import Viewer
from kith.people.sealing import Unreadable, seal, unseal

_ROW = struct.Struct(">QhB")
_lock = threading.Lock()
_held: "Held | None" = None


@dataclass(frozen=True, slots=True)
class CardRow:
    """One group's card: its lines as kind and words, the keys of its concerns, and its vectors, the whole first."""

    lines: list[list[str]]
    concerns: list[int]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Held:
    """What the finder keeps in memory."""

    version: tuple[int, int]
    index: Index
    vocabulary: list[ConcernRow]
    voices: Voices
    voice_of: dict[int, int]  # a concern's key: the place of its voice


def find(words: str, *, at: datetime) -> str:
    """
    Rank all listed groups for somebody's words; return a token that holds the best of them for half an hour, never the words.

    :raises Invalid: if nothing was typed
    """
    words = clean(words[: limits.MAX_WORDS])
    if is_blank(words):
        raise Invalid(words=_("Type a few words about what you are going through. One sentence is enough."))
    packed = b"".join(_ROW.pack(item.key, _thousandths(item.score), line) for item, line in with_reasons(*rank(words)))
    return seal(struct.pack(">I", int(at.timestamp()) + limits.TOKEN_SECONDS) + packed, place="finder.token:0").hex()


def _thousandths(score: float) -> int:
    return max(-32_000, min(32_000, int(score * 1000)))


def rank(words: str) -> tuple[list[Scored], dict[int, CardRow]]:
    """Score the likeliest groups for these words, best first; with them the card of each."""
    held = _hold()
    vector = embed([words])[0]
    evidence = held.voices.evidence(words, vector)
    for key in named_in(words, held.vocabulary):
        if key in held.voice_of:
            evidence[held.voice_of[key]] += limits.NAMED
    places, _so_far = shortlist(held.index, vector, evidence)
    cards = _cards([held.index.keys[at] for at in places])
    scored = score(held.index, vector, evidence, {key: card.vectors[1:] for key, card in cards.items()})
    return [_concern_first(item, cards.get(item.key), held, evidence) for item in scored], cards


def _cards(keys: list[int]) -> dict[int, CardRow]:
    rows = Card.objects.filter(group__in=keys).values_list("group", "lines", "concerns", "vectors")
    return {
        group: CardRow(lines, concerns, np.frombuffer(bytes(vectors), np.float16).reshape(-1, DIMENSIONS))
        for group, lines, concerns, vectors in rows
    }


def _concern_first(item: Scored, card: CardRow | None, held: Held, evidence: Floats) -> Scored:
    """Put the concern that the words speak of first among the reasons, where they do so plainly."""
    own = [evidence[held.voice_of[key]] if key in held.voice_of else -1.0 for key in card.concerns] if card else []
    if not own or max(own) < limits.PLAINLY:
        return item
    first = own.index(max(own))
    return replace(item, lines=(first, *(line for line in item.lines if line != first)))


def with_reasons(ranked: list[Scored], cards: dict[int, CardRow]) -> list[tuple[Scored, int]]:
    """Choose for each group the first of its lines that no better group was given."""
    used: set[str] = set()
    chosen = []
    for item in ranked:
        own = cards[item.key].lines if item.key in cards else []
        order = [at for at in item.lines if at < len(own)]
        at = next((at for at in order if own[at][1] not in used), 0)
        if own:
            used.add(own[at][1])
        chosen.append((item, min(at, 255)))
    return chosen


def get_findings(viewer: Viewer, token: str, wishes: Wishes, *, at: datetime) -> Findings:
    """
    Open a token and return the groups that fit, those that meet the wishes only.

    :raises NotFound: if the token is not ours or half an hour has passed
    """
    fit, good = _good(_open(token, at))
    cards = {card.key: card for card in list_cards(viewer, keys=[key for key, _score, _line in good])}
    lines = dict(Card.objects.filter(group__in=cards).values_list("group", "lines"))
    chosen, left_out = [], 0
    for key, above, line in good:
        card = cards.get(key)
        if card is None or key not in lines:
            continue
        if not _meets(card.meets, card.kind, card.readable, wishes):
            left_out += 1
            continue
        kind, words = lines[key][min(line, len(lines[key]) - 1)]
        chosen.append((card, kind, words, above >= limits.SURE))
    shown = chosen[: limits.SHOWN]
    hours = first_answer_hours([card.key for card, *_why in shown], at=at)
    return Findings(tuple(Found(card, kind, words, sure, hours[card.key]) for card, kind, words, sure in shown), fit, left_out)


def _good(ranked: list[tuple[int, int, int]]) -> tuple[str, list[tuple[int, float, int]]]:
    """Say how well the best of a token fit, and leave the others out."""
    scores = [(key, thousandths / 1000, line) for key, thousandths, line in ranked]
    best = max((score for _key, score, _line in scores), default=-limits.OUT_OF_REACH)
    fit = "plain" if best >= limits.FLOOR else "near" if best >= limits.NEAR else "nothing"
    least = {"plain": max(limits.FLOOR, best - limits.BEHIND), "near": limits.NEAR, "nothing": limits.OUT_OF_REACH}[fit]
    good = [item for item in scores if item[1] >= least]
    return fit, good[: limits.NEAREST] if fit == "near" else good


def _open(token: str, at: datetime) -> list[tuple[int, int, int]]:
    try:
        plain = unseal(bytes.fromhex(token), place="finder.token:0")
    except (Unreadable, ValueError) as error:
        raise NotFound from error
    if struct.unpack(">I", plain[:4])[0] < at.timestamp():
        raise NotFound
    return list(_ROW.iter_unpack(plain[4:]))


def _meets(ways: tuple[str, ...], kind: str, readable: bool, wishes: Wishes) -> bool:
    if wishes.ways and not set(wishes.ways) & set(ways):
        return False
    return (not wishes.professional or kind == "professional") and (not wishes.readable or readable)


def _hold() -> Held:
    """Return the index and what goes with it, read again only when a card was made or dropped."""
    global _held
    seen = Card.objects.aggregate(count=Count("pk"), last=Max("pk"))
    version = (seen["count"], seen["last"] or 0)
    with _lock:
        if _held is None or _held.version != version:
            _held = _load(version)
        return _held


# By hand: only the first vector of each card, its whole, is kept in memory.
_WHOLES = f"SELECT group_id, concerns, substr(vectors, 1, {2 * DIMENSIONS}) FROM finding_card ORDER BY group_id"


def _load(version: tuple[int, int]) -> Held:
    voices, vocabulary = load(), list_concerns()
    places = {slug: at for at, slug in enumerate(voices.slugs)}
    voice_of = {row.key: places[row.slug] for row in vocabulary if row.slug in places}
    keys: list[int] = []
    pairs: list[tuple[int, int]] = []
    wholes = []
    with connection.cursor() as cursor:
        cursor.execute(_WHOLES)
        for group, about, whole in cursor.fetchall():
            pairs += [(len(keys), voice_of[key]) for key in json.loads(about) if key in voice_of]
            keys.append(group)
            wholes.append(np.frombuffer(bytes(whole), np.float16))
    owned = np.array(pairs, np.int32).reshape(-1, 2)
    stacked = np.stack(wholes).astype(np.float32) if wholes else np.zeros((0, DIMENSIONS), np.float32)
    return Held(version, Index(tuple(keys), stacked, owned[:, 0], owned[:, 1]), vocabulary, voices, voice_of)
