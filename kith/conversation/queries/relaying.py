"""Who waits in the relay, what is due, and who would be glad to be told."""

import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import log

from kith.concerns.naming import named_in
from kith.concerns.queries import list_concerns
from kith.conversation import limits
from kith.conversation.masks import shown_name
from kith.conversation.models import Relay, Told
from kith.conversation.rows import WaitingRow
from kith.conversation.search.words import spots
from kith.core.sql import many
from kith.core.text import excerpt
from kith.groups.queries import willing_mailboxes
from kith.groups.rows import Place

READ_POSTS, READ_WHO = 10, 40  # so many of her latest posts are compared; so many members at most
SHARED_CONCERN, HAD_A_TURN = 0.3, 0.3  # what a concern in common adds to the share of common words; what each turn takes away
_LATEST = """SELECT * FROM (
  SELECT m.author_id, m.words FROM conversation_post m JOIN conversation_topic t ON t.id = m.topic_id
   WHERE m.author_id = %s AND m.mask = 0 AND m.state = '' AND t.line_id IS NULL ORDER BY m.id DESC LIMIT %s) AS latest"""


def list_due(*, at: datetime, limit: int = 100) -> list[int]:
    """List what is due in the relay, the longest due first."""
    return list(Relay.objects.filter(due_at__lte=at).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def list_waits(place: Place, *, after: int = 0, limit: int = limits.PAGE) -> tuple[list[WaitingRow], int]:
    """List who waits in the relay, the longest wait first (after post `after`), and where the next page begins (0 at the end)."""
    rows = Relay.objects.filter(group=place.key, post__state="", topic__gone_on=None, topic__closed_on=None)
    if after:
        begin = Relay.objects.filter(group=place.key, post__number=after).first()
        rows = rows.filter(since__gt=begin.since) | rows.filter(since=begin.since, pk__gt=begin.pk) if begin else rows.none()
    found = list(rows.select_related("post__author", "topic").order_by("since", "pk")[: limit + 1])
    return [_row(relay, place) for relay in found[:limit]], found[limit - 1].post.number if len(found) > limit else 0


def _row(relay: Relay, place: Place) -> WaitingRow:
    post, topic = relay.post, relay.topic
    return WaitingRow(
        post.number, topic.number, topic.title, shown_name(post.author.name, nameless=post.nameless, mask=post.mask),
        excerpt(post.words), post.place == 1, relay.since, relay.turn, relay.told_members_at, relay.told_hosts_at,
    )  # fmt: skip


def list_likely(relay: int, *, at: datetime) -> list[tuple[int, int]]:
    """
    Choose the willing members who are told of a post now, each with her mailbox: those likest to it, in turns.

    Their words are compared as they stand under their names in this group, and nothing of it is kept.
    """
    found = Relay.objects.filter(pk=relay, turn="members").select_related("post", "topic", "group").first()
    if found is None:
        return []
    willing = dict(willing_mailboxes(found.group_id, but=found.post.author_id))
    lately, enough = _turns(willing, at.date())
    rested = sorted(willing.keys() - enough, key=lambda persona: (lately[persona], secrets.randbelow(1 << 30)))
    about = " ".join((found.topic.title, found.topic.tags_shown, found.post.words))
    alike = _alike(about, _latest_words(rested[:READ_WHO]), found.group.language)
    chosen = sorted(alike, key=lambda persona: HAD_A_TURN * lately[persona] - alike[persona])
    return [(persona, willing[persona]) for persona in chosen[: limits.TELL_MEMBERS]]


def _turns(personas: Mapping[int, int], today: date) -> tuple[Counter[int], set[int]]:
    """Say how often each was told lately, and who was told enough for today."""
    rows = Told.objects.filter(persona__in=personas, told_on__gt=today - timedelta(days=limits.TURN_DAYS))
    told = list(rows.values_list("persona", "told_on"))
    on_this_day = Counter(persona for persona, day in told if day == today)
    enough = {persona for persona, count in on_this_day.items() if count >= limits.TELL_A_DAY}
    return Counter(persona for persona, _day in told), enough


def _latest_words(personas: list[int]) -> dict[int, str]:
    words: dict[int, str] = dict.fromkeys(personas, "")
    if personas:
        values = [value for persona in personas for value in (persona, READ_POSTS)]
        for persona, said in many(" UNION ALL ".join([_LATEST] * len(personas)), *values):
            words[persona] += f" {said}"
    return words


def _alike(about: str, said: Mapping[int, str], language: str) -> dict[int, float]:
    """Say for each how much of a text she has spoken of too, in the order given: rare words count more, words of all count nothing."""
    wanted = _words_of(about, language)
    own = {persona: _words_of(words, language) for persona, words in said.items()}
    users = Counter(word for words in own.values() for word in words & wanted)
    weights = {word: log((len(own) + 1) / (users[word] + 1)) + 0.01 for word in wanted}
    whole = sum(weights.values()) or 1.0
    vocabulary = list_concerns() if own else []
    named = named_in(about, vocabulary)
    concerns = [row for row in vocabulary if row.key in named]
    return {
        persona: sum(weights[word] for word in words & wanted) / whole + SHARED_CONCERN * bool(named_in(said[persona], concerns))
        for persona, words in own.items()
    }


def _words_of(text: str, language: str) -> set[str]:
    """Return the words of a text that say something, as the search holds them: four letters or more, or signs of a script without spaces."""
    return {stem for stem, found in spots(text, language) if len(found[0]) > 3 or (len(found[0]) == 1 and not found[0].isascii())}
