"""The index on SQLite: FTS5 that keeps no text; rowid = the post's key, so newest first is the order that it is read in."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from kith.conversation.search.words import Phrase, Terms
from kith.core.sql import marks, run

FROM, KEY, MATCH = "conversation_index(%s) x", "x.rowid", ""
RANK = "x.rank"  # the lower the better
JOIN = "CROSS JOIN"  # the index is read first: SQLite keeps the order of such a join
_KEEP = "INSERT INTO conversation_searched (post_id, stems) VALUES (%s, %s)"
_ADD = "INSERT INTO conversation_index (rowid, stems) VALUES (%s, %s)"
_TAKE = "DELETE FROM conversation_searched WHERE post_id IN ({}) RETURNING post_id, stems"
_DROP = "INSERT INTO conversation_index (conversation_index, rowid, stems) VALUES ('delete', %s, %s)"


def add(posts: Iterable[tuple[int, str, Sequence[str]]]) -> None:
    """Put posts in: the key of each, its group's code, its words as `words.stems` gives them."""
    rows = [(key, " ".join([f"{code}_{stem}" for stem in stems])) for key, code, stems in posts]
    if len(rows) == 1:  # the hot path
        run(_KEEP, rows[0][0], _packed(rows[0][1]))
        run(_ADD, *rows[0])
        return
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, [(key, _packed(stems)) for key, stems in rows])
        cursor.executemany(_ADD, rows)


def _packed(stems: str) -> bytes:
    return zlib.compress(stems.encode(), 1)


def drop(posts: Sequence[int]) -> None:
    """Take posts out, with every byte: an index without text has to be told what stands in it."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(marks(len(posts))), posts)
        rows = [(key, zlib.decompress(stems).decode()) for key, stems in cursor.fetchall()]
        if rows:
            cursor.executemany(_DROP, rows)


def clear() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO conversation_index (conversation_index) VALUES ('delete-all')")
        cursor.execute("DELETE FROM conversation_searched")


@contextmanager
def in_bulk() -> Iterator[None]:
    """Nothing is gained by waiting here."""
    yield


def query(lots: Iterable[tuple[str, Terms]]) -> str:
    """Write the query for these words in each of these groups."""
    return " OR ".join(f"({_lot(code, terms)})" for code, terms in lots)


def _lot(code: str, terms: Terms) -> str:
    wanted = " AND ".join(_phrase(code, phrase) for phrase in terms.wanted)
    return f"({wanted})" + "".join(f" NOT {_phrase(code, phrase)}" for phrase in terms.unwanted)


def _phrase(code: str, phrase: Phrase) -> str:
    return '"' + " ".join(f"{code}_{stem}" for stem in phrase) + '"'
