"""What every start does first: migrate, assert the database, fill the vocabulary."""

import sqlite3

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kith.concerns.actions import load_core
from kith.conversation import search
from kith.core.queries import get_site
from kith.people.queries import has_people
from kith.safety.actions import redraw_help
from kith.settings.driver import FIRST_SOUND_WAL, OLDEST

WANTED = {"synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "trusted_schema": 0, "busy_timeout": 20_000, "mmap_size": 0}
UNDER_WAY = "restore-under-way"  # stands in the data folder while a restored copy takes its place


def prepare() -> None:
    """Make the database ready for this version; repeatable."""
    settings.ENV.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        _check_library()
    check_restored()
    call_command("migrate", verbosity=0, interactive=False)
    check_database()
    check_whose()
    load_core()
    redraw_help()
    search.fill()


def check_restored() -> None:
    """
    Start nothing in a folder in which a restore was cut off while it took its place.

    :raises SystemExit: if it was
    """
    if (settings.ENV.data / UNDER_WAY).exists():
        raise SystemExit(f"A restore into {settings.ENV.data} was cut off. Run it once more: kith restore ARCHIVE --over")


def check_whose() -> None:
    """
    Keep invented people and real ones apart: a demo signs anybody in at one press.

    :raises SystemExit: for a demo over real people, and for a real start over a demo
    """
    demo = get_site().demo_since is not None
    if settings.ENV.demo and not demo and has_people():
        raise SystemExit(
            f"{settings.ENV.data} holds real people. A demo needs a folder of its own: KITH_DATA=data-demo kith demo"
        )
    if demo and not settings.ENV.demo:
        raise SystemExit(
            f"{settings.ENV.data} holds the demo's invented people. Choose another folder: KITH_DATA=data kith serve"
        )


def check_database() -> dict[str, str]:
    """
    Assert what durability rests on; return it for `kith doctor`.

    :raises SystemExit: naming what is wrong
    """
    return _check_sqlite() if connection.vendor == "sqlite" else _check_postgres()


def _check_library() -> None:
    if sqlite3.sqlite_version_info < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise SystemExit(f"SQLite {sqlite3.sqlite_version} is too old: Kith needs {needed}, or PostgreSQL (DATABASE_URL).")


def _check_sqlite() -> dict[str, str]:
    _check_library()
    found = {"driver": settings.SQLITE_DRIVER, "sqlite": sqlite3.sqlite_version}
    with connection.cursor() as cursor:
        for pragma, wanted in WANTED.items():
            for (value,) in cursor.execute(f"PRAGMA {pragma}").fetchall():  # a database in memory has no word for some
                if value != wanted:
                    raise SystemExit(f"SQLite does not keep {pragma}={wanted} (it says {value}). Kith will not start on it.")
                found[pragma] = str(value)
        mode = str(cursor.execute("PRAGMA journal_mode").fetchone()[0])
        has_file = any(file for _number, _name, file in cursor.execute("PRAGMA database_list").fetchall())
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        raise SystemExit("SQLite does not take its lock at BEGIN. Kith will not start on it.")
    if mode in ("off", "memory") and has_file:
        raise SystemExit(f"SQLite keeps no journal on the disk (journal_mode={mode}). Kith will not start on it.")
    if mode == "wal" and sqlite3.sqlite_version_info < FIRST_SOUND_WAL:
        raise SystemExit(f"SQLite {sqlite3.sqlite_version} can corrupt a WAL database. Kith will not start on it.")
    return found | {"journal_mode": mode}


def _check_postgres() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for name in ("server_version", "fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
    if "off" in (found["fsync"], found["full_page_writes"], found["synchronous_commit"]) and not settings.ENV.demo:
        raise SystemExit("PostgreSQL runs with fsync, full_page_writes or synchronous_commit off: words could be lost.")
    return found
