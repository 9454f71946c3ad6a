"""Put the SQLite that Kith ships in place of the system's, before Django loads one."""

import sys

# The WAL-reset bug (3.7.0 to 3.51.2) can corrupt a WAL database with two writers: sqlite.org/wal.html#walresetbug
FIRST_SOUND_WAL = (3, 51, 3)
OLDEST = (3, 42, 0)  # the first whose search leaves no byte of a word that is taken out (FTS5, secure-delete)


def install() -> str:
    """
    Install the best SQLite driver there is and return its name.

    The `pysqlite3` wheel carries its own SQLite; where no wheel exists (ARM) the system's library stays, if it is not too old.
    """
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return "sqlite3"
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return "pysqlite3"


def journal_mode() -> str:
    """Say which journal this library may be trusted with: WAL, or TRUNCATE for one with the WAL-reset bug."""
    import sqlite3

    return "WAL" if sqlite3.sqlite_version_info >= FIRST_SOUND_WAL else "TRUNCATE"
