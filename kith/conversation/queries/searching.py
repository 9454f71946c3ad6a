"""Search: what somebody looks for goes into a sealed token, and the token leads to what she may read of it now."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kith.conversation import limits, search
from kith.conversation.masks import shown_name
from kith.conversation.rows import Found, FoundRow, Sought
from kith.conversation.search.snippets import mark, snippet
from kith.conversation.search.words import Terms, parse, terms
from kith.conversation.sight import title_of
from kith.core import text
from kith.core.errors import Invalid, Stale
from kith.core.sql import as_time, many, marks, one, time_value
from kith.groups import places
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.people.lists import read_list
from kith.people.sealing import Unreadable, seal, unseal

# What of a group may be found: the one condition, held against the rows themselves and not against the index.
_SHOWN = "p.state = '' AND NOT p.own_fold AND t.gone_on IS NULL"
# A line to the hosts is found by the member it is with, and by those who lead the group: see sight.IN_SIGHT for a place of one's own.
_IN_SIGHT = "(t.line_id IS NULL OR t.line_id IN ({mine}) OR p.group_id IN ({led}))"
_NAMED = "NOT p.nameless"  # what nobody said under a name is not found by one
_HERE = f"SELECT {places.COLUMNS}, g.language FROM {places.JOIN} WHERE g.code = %s"
_MINE = f"""
SELECT {places.COLUMNS}, g.language FROM groups_persona p JOIN groups_group g ON g.id = p.group_id
 WHERE p.id IN ({{marks}}) AND p.left_on IS NULL AND p.joined_on IS NOT NULL AND g.closed_on IS NULL
"""
_AUTHOR = "p.author_id IN (SELECT id FROM groups_persona WHERE group_id = %s AND skeleton = %s)"
_KINDS = {"opening": "p.place = 1", "answer": "p.place > 1", "wish": "p.place = 1 AND t.wish <> ''"}
_ROWS = """
SELECT f.key, f.rank, p.group_id, p.number, p.place, p.words, p.later, p.made_at, p.nameless, p.mask,
       t.number, t.title, t.line_id, a.name, p.note, p.author_id
  FROM ({found}) AS f
  JOIN conversation_post p ON p.id = f.key
  JOIN conversation_topic t ON t.id = p.topic_id
  JOIN groups_persona a ON a.id = p.author_id
 ORDER BY f.rank, f.key DESC
"""
_PAD = 128  # a token tells how long the words are by this much


@dataclass(frozen=True, slots=True)
class Lot:
    """One group that is looked through: my place there, and the words in its language."""

    place: Place
    language: str
    terms: Terms


def seek(viewer: Viewer, code: str, sought: Sought, *, at: datetime) -> str:
    """
    Check what somebody looks for, in the group of this code or (empty) in all her own; return the token that leads to it.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: for everybody else who may not read it
    :raises Invalid: if there is nothing to look for
    """
    if code:
        _places(viewer, code)
    words = text.clean(sought.words[: limits.MAX_SOUGHT], one_line=True)
    asked, author = parse(words), text.clean(sought.author, one_line=True)[:80] if code else ""
    whose = author or sought.kind == "mine"
    if not asked.wanted and asked.unwanted:
        raise Invalid(words=_("Type at least one word that should be there. A minus only leaves out."))
    if not asked.wanted and not whose:
        raise Invalid(words=_("Type a word or two to look for."))
    if sought.since and sought.until and sought.until < sought.since:
        raise Invalid(until=_("This day is before the first one."))
    kind = sought.kind if sought.kind in limits.SOUGHT_KINDS else ""
    return _seal(viewer, code, Sought(words, author, sought.since, sought.until, kind, sought.best), None, at)


def get_found(viewer: Viewer, code: str, token: str, *, at: datetime) -> tuple[Place | None, Found]:
    """
    Open a token and return one page of what this viewer may read of it now, in one group or (with an empty code) in all her own,
    and with one group the place.

    :raises SignInFirst: for guests of a group that they may know of but not read
    :raises NotFound: for everybody else who may not read it
    :raises Stale: if the token is not hers, or too old
    """
    here = _places(viewer, code)
    sought, after = _open(viewer, code, token, at)
    asked = parse(sought.words)
    lots = [Lot(place, language, terms(asked, language)) for place, language in here]
    if asked.wanted:
        lots = [lot for lot in lots if lot.terms.wanted]  # a language may leave nothing of a word
    rows = _fetch(lots, sought, after)
    shown = rows[: limits.FOUND]
    more = _seal(viewer, code, sought, (shown[-1][1], shown[-1][0]), at) if len(rows) > limits.FOUND else ""
    by_group = {lot.place.key: lot for lot in lots}
    found = Found(sought, tuple(_row(row, by_group[row[2]]) for row in shown), after is not None, more)
    return here[0][0] if code else None, found


def _seal(viewer: Viewer, code: str, sought: Sought, after: tuple[float, int] | None, at: datetime) -> str:
    days = [day.isoformat() if day else "" for day in (sought.since, sought.until)]
    held = [int(at.timestamp()) + limits.TOKEN_SECONDS, sought.words, sought.author, *days, sought.kind, sought.best, after]
    plain = json.dumps(held).encode()
    return seal(plain.ljust(-(-len(plain) // _PAD) * _PAD), place=_token_of(viewer, code)).hex()


def _token_of(viewer: Viewer, code: str) -> str:
    return f"search.token:{viewer.person or 0}:{code}"


def _open(viewer: Viewer, code: str, token: str, at: datetime) -> tuple[Sought, tuple[float, int] | None]:
    gone = Stale(_("We keep what you look for in the address of the page, sealed, for two hours. Please type it once more."))
    try:
        held = json.loads(unseal(bytes.fromhex(token), place=_token_of(viewer, code)))
    except (Unreadable, ValueError) as error:
        raise gone from error
    ends, words, author, first, last, kind, best, after = held
    if ends < at.timestamp():
        raise gone
    since, until = (date.fromisoformat(day) if day else None for day in (first, last))
    return Sought(words, author, since, until, kind, best), (after[0], after[1]) if after else None


def _places(viewer: Viewer, code: str) -> list[tuple[Place, str]]:
    """Return where to look, each place with its language: in the group of this code, or in all that I am in."""
    if code:
        row = one(_HERE, viewer.tag(code[:12]), code[:12])
        place = places.place_of(row, viewer, reading=True)
        return [(place, row[places.WIDTH])] if row else []
    mine = [persona for _group, persona in read_list(viewer.person).personas] if viewer.person is not None else []
    found = many(_MINE.format(marks=marks(len(mine))), *(mine or [0]))
    return [(places.place_of(row, viewer, reading=True), row[places.WIDTH]) for row in found]


def _fetch(lots: list[Lot], sought: Sought, after: tuple[float, int] | None) -> list[tuple[Any, ...]]:
    """Find one more than a page shows, in one statement."""
    if not lots:
        return []
    found, values = _statement(lots, sought, after)
    return many(_ROWS.format(found=found), *values)


def _statement(lots: list[Lot], sought: Sought, after: tuple[float, int] | None) -> tuple[str, list[Any]]:
    engine, asked = search.engine(), bool(lots[0].terms.wanted)
    key, rank = (engine.KEY, engine.RANK if sought.best else "0") if asked else ("p.id", "0")
    groups = [lot.place.key for lot in lots]
    mine, led = [lot.place.persona for lot in lots], [lot.place.key for lot in lots if lot.place.leads] or [0]
    in_sight = _IN_SIGHT.format(mine=marks(len(mine)), led=marks(len(led)))
    # The index leads, on PostgreSQL too: with `+ 0` the posts of a group are no second way in.
    conditions = [_SHOWN, f"p.group_id + 0 IN ({marks(len(groups))})", in_sight]
    values: list[Any] = [*groups, *mine, *led]
    for condition, *more in _filters(lots, sought):
        conditions.append(condition)
        values += more
    if after is not None:
        conditions.append(f"({rank} > %s OR ({rank} = %s AND {key} < %s))" if sought.best and asked else f"{key} < %s")
        values += [after[0], after[0], after[1]] if sought.best and asked else [after[1]]
    source = f"{engine.FROM} {engine.JOIN} conversation_post p ON p.id = {key}" if asked else "conversation_post p"
    if asked:
        values.insert(0, engine.query((lot.place.code, lot.terms) for lot in lots))
        conditions[0] = engine.MATCH + conditions[0]
    order = f"{rank}, {key} DESC" if rank != "0" else f"{key} DESC"
    return (
        f"SELECT {key} AS key, {rank} AS rank FROM {source} {engine.JOIN} conversation_topic t ON t.id = p.topic_id"
        f" WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT {limits.FOUND + 1}"
    ), values


def _filters(lots: list[Lot], sought: Sought) -> list[tuple[Any, ...]]:
    """List what else must be so of a post, each condition with its values."""
    filters: list[tuple[Any, ...]] = []
    if sought.author:
        filters += [(_NAMED,), (_AUTHOR, lots[0].place.key, text.skeleton(sought.author))]
    if sought.kind == "mine":
        mine = [lot.place.persona for lot in lots]
        filters.append((f"p.author_id IN ({marks(len(mine))})", *mine))
    elif sought.kind:
        filters.append((_KINDS[sought.kind],))
    if sought.since:
        filters.append(("p.made_at >= %s", _midnight(sought.since)))
    if sought.until and sought.until < date.max:
        filters.append(("p.made_at < %s", _midnight(sought.until + timedelta(days=1))))
    return filters


def _midnight(day: date) -> Any:
    return time_value(datetime.combine(day, time(), UTC))


def _row(row: tuple[Any, ...], lot: Lot) -> FoundRow:
    _key, _rank, _group, number, seat, words, later, made_at, nameless, mask, topic, title, line, name, note, author = row
    wanted = lot.terms.wanted
    return FoundRow(
        lot.place.code, lot.place.name, lot.place.tint, topic, mark(title_of(title, line), wanted, lot.language), number,
        shown_name(name, nameless=nameless, mask=mask), as_time(made_at), snippet(f"{words}\n{later}" if later else words, wanted, lot.language), seat == 1,
        note, author == lot.place.persona,
    )  # fmt: skip
