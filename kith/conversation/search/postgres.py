"""The index on PostgreSQL: one tsvector a post behind a GIN index."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from kith.conversation.search.words import Phrase, Terms
from kith.core.sql import run

FROM, MATCH = "conversation_searched x CROSS JOIN (SELECT %s::tsquery AS q) AS w", "x.vector @@ w.q AND "
# With `+ 0` the key is no way in: PostgreSQL cannot know how rare a word is, and would rather read all posts from the newest on (2 s).
KEY = "(x.post_id + 0)"
RANK = "-ts_rank(x.vector, w.q)::float8"  # the lower the better
JOIN = "JOIN"
_LAST = 16_383  # the last place that a tsvector counts
_ADD = "INSERT INTO conversation_searched (post_id, vector) VALUES (%s, %s::tsvector)"
_NOW = "SET CONSTRAINTS ALL IMMEDIATE"  # a table with links that wait to be checked cannot be changed
_DROP = "DELETE FROM conversation_searched WHERE post_id = ANY(%s)"


def add(posts: Iterable[tuple[int, str, Sequence[str]]]) -> None:
    """Put posts in: the key of each, its group's code, its words as `words.stems` gives them."""
    rows = [(key, _vector(code, stems)) for key, code, stems in posts]
    if len(rows) == 1:  # the hot path
        run(_ADD, *rows[0])
        return
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


def _vector(code: str, stems: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, stem in enumerate(stems, 1):
        places.setdefault(stem, []).append(str(min(place, _LAST)))
    return " ".join(f"'{code}_{stem}':{','.join(at)}" for stem, at in places.items())


def drop(posts: Sequence[int]) -> None:
    """Take posts out."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [list(posts)])


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        cursor.execute("TRUNCATE conversation_searched")


@contextmanager
def in_bulk() -> Iterator[None]:
    """Build the index once, after everything is in."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        cursor.execute("DROP INDEX conversation_searched_vector")
        try:
            yield
        finally:
            cursor.execute(_NOW)
            cursor.execute("CREATE INDEX conversation_searched_vector ON conversation_searched USING gin (vector)")


def query(lots: Iterable[tuple[str, Terms]]) -> str:
    """Write the query for these words in each of these groups."""
    return " | ".join(f"({_lot(code, terms)})" for code, terms in lots)


def _lot(code: str, terms: Terms) -> str:
    parts = [_phrase(code, phrase) for phrase in terms.wanted] + [f"!{_phrase(code, phrase)}" for phrase in terms.unwanted]
    return " & ".join(parts)


def _phrase(code: str, phrase: Phrase) -> str:
    return "(" + " <-> ".join(f"'{code}_{stem}'" for stem in phrase) + ")"
