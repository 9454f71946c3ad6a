"""
The index of the search, behind one small interface: posts go in and out inside the transaction of their writing.

Every word stands in it under its group's code, so what a search costs grows with the groups that are looked through and with nothing else,
and how good a result is tells nothing of other groups. The one place, with its migration, that branches on the database's name.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, cast

from django.db import connection, transaction

from kith.conversation.search import postgres, sqlite
from kith.conversation.search.words import Terms, stems
from kith.core.sql import many, marks

_ROWS = """
SELECT p.id, g.code, g.language, CASE WHEN p.place = 1 THEN t.title ELSE '' END, p.words, p.later
  FROM conversation_post p
  JOIN conversation_topic t ON t.id = p.topic_id
  JOIN groups_group g ON g.id = p.group_id
 WHERE p.state = '' AND NOT p.own_fold AND t.gone_on IS NULL
"""
_SOME = f"{_ROWS} AND p.id IN ({{}})"
_BATCH = f"{_ROWS} AND p.id > (SELECT COALESCE(MAX(post_id), 0) FROM conversation_searched) ORDER BY p.id LIMIT 1000"


class Engine(Protocol):
    """What a database has to offer; the first five are pieces of SQL, FROM takes the query as its one value."""

    FROM: str
    KEY: str  # the post's key
    MATCH: str
    RANK: str  # the lower the better
    JOIN: str

    def add(self, posts: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        """Put posts in."""

    def drop(self, posts: Sequence[int]) -> None:
        """Take posts out."""

    def clear(self) -> None:
        """Take everything out."""

    def in_bulk(self) -> AbstractContextManager[None]:
        """Let very many posts in at once."""

    def query(self, lots: Iterable[tuple[str, Terms]]) -> str:
        """Write the query for these words in each of these groups."""


def engine() -> Engine:
    """Return the index of the database at hand."""
    return cast(Engine, sqlite if connection.vendor == "sqlite" else postgres)


def add(post: int, *, code: str, language: str, words: str, title: str = "") -> None:
    """Put a new post in; the first of a topic with its title."""
    engine().add([(post, code, stems_of(title, words, language))])


def add_many(posts: Iterable[tuple[int, str, Sequence[str]]]) -> None:
    """Put many new posts in: the key of each, its group's code, its words as `stems_of` gives them."""
    engine().add(posts)


def in_bulk() -> AbstractContextManager[None]:
    """Let very many posts in at once; nothing can be found quickly meanwhile."""
    return engine().in_bulk()


def stems_of(title: str, words: str, language: str) -> list[str]:
    """Return what the index holds of a post."""
    return stems(f"{title}\n{words}" if title else words, language)


def drop(*posts: int) -> None:
    """Take posts out at once, with every byte."""
    engine().drop(posts)


def renew(*posts: int) -> None:
    """Hold posts as they read now; take those out that are not shown any more."""
    if not posts:
        return
    drop(*posts)
    found = many(_SOME.format(marks(len(posts))), *posts)
    if found:
        engine().add([_entry(row) for row in found])


def _entry(row: Sequence[Any]) -> tuple[int, str, list[str]]:
    key, code, language, title, words, later = row
    return key, code, stems_of(title, f"{words}\n{later}" if later else words, language)


def fill(*, anew: bool = False) -> int:
    """
    Put in every post that came after the last one there (or `anew` every post at all), a thousand in a transaction; return how many.

    For posts from before there was a search, and for what an index can meet: another driver, a stemmer or a group that speaks differently.
    """
    if anew:
        with transaction.atomic():
            engine().clear()
    count, some = 0, many(_BATCH)
    with in_bulk() if anew else nullcontext():
        while some:
            with transaction.atomic():
                engine().add([_entry(row) for row in some])
            count, some = count + len(some), many(_BATCH)
    return count
