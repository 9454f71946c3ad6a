"""DU9: no start on a combination of SQLite and journal that the WAL-reset bug can corrupt (sqlite.org/wal.html#walresetbug)."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from kith.settings import driver
from kith.testing.serving import environment

SOUND, RISKY = ((3, 51, 3), (3, 51, 4), (3, 53, 0), (4, 0, 0)), ((3, 42, 0), (3, 50, 9), (3, 51, 1), (3, 51, 2))
OLD = ((3, 7, 0), (3, 40, 1), (3, 41, 2))
# Each version in turn, with each journal in turn: does it start? And which journal is chosen for it?
ASK = """
import django, json, sys; django.setup()
import sqlite3
from django.db import connection
from kith.cli.preparing import check_database
from kith.settings.driver import journal_mode
found = []
options, usual = connection.settings_dict["OPTIONS"], connection.settings_dict["OPTIONS"]["init_command"]
for version in map(tuple, json.loads(sys.argv[1])):
    for mode in ("WAL", "TRUNCATE", "DELETE"):
        connection.close()
        options["init_command"] = usual + f"PRAGMA journal_mode={mode};"
        connection.ensure_connection()
        real, sqlite3.sqlite_version_info = sqlite3.sqlite_version_info, version
        try:
            starts = check_database()["journal_mode"] == mode.lower()
        except SystemExit as refused:
            starts = False
            assert ("is too old" if version < (3, 42, 0) else "can corrupt a WAL database") in str(refused), refused
        found.append([version, mode, starts, journal_mode()])
        sqlite3.sqlite_version_info = real
print(json.dumps(found))
"""
# The library of the system instead of ours: Kith starts on a newer one, without WAL if need be, and says in words that one is too old.
WITHOUT_OURS = """
import sys; sys.modules["pysqlite3"] = None
import django, json; django.setup()
from kith.cli.preparing import prepare, check_database
import sqlite3
try:
    prepare()
    said = check_database()["journal_mode"]
except SystemExit as refused:
    said = str(refused)
print(json.dumps([said, sqlite3.sqlite_version_info]))
"""
# Several processes write and make checkpoints at once; then nothing is broken, and index and table count alike.
STRESS = """
import sys, time
from kith.settings import driver; driver.install()
import sqlite3
own = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
own.execute(f"PRAGMA journal_mode={driver.journal_mode()}"); own.execute("PRAGMA synchronous=FULL")
until, number = time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < until:
    own.execute("BEGIN IMMEDIATE")
    own.execute("INSERT INTO line (who, words) VALUES (?, ?)", (sys.argv[3], "w" * (number % 3000)))
    own.execute("DELETE FROM line WHERE id % 7 = 3 AND id < (SELECT max(id) FROM line) - 500")
    own.execute("COMMIT")
    number += 1
    if number % 20 == 0:
        own.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
"""


@pytest.fixture(autouse=True)
def _once():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own fault")


def said(tmp_path, code, *given):
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    done = subprocess.run([sys.executable, "-c", code, *given], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_version_with_the_fault_starts_without_wal_alone(tmp_path):
    wanted = [
        [
            list(version),
            mode,
            version not in OLD and (mode != "WAL" or version in SOUND),
            "WAL" if version in SOUND else "TRUNCATE",
        ]
        for version in (*SOUND, *RISKY, *OLD)
        for mode in ("WAL", "TRUNCATE", "DELETE")
    ]
    assert said(tmp_path, ASK, json.dumps([*SOUND, *RISKY, *OLD])) == wanted


@pytest.mark.slow
def test_the_systems_own_library_gets_the_journal_that_it_can_be_trusted_with(tmp_path):
    found, version = said(tmp_path, WITHOUT_OURS)
    if tuple(version) < (3, 42, 0):
        assert found.startswith(f"SQLite {'.'.join(map(str, version))} is too old: Kith needs 3.42.0, or PostgreSQL")
    else:
        assert found == ("wal" if tuple(version) >= (3, 51, 3) else "truncate")


@pytest.mark.nightly
def test_many_who_write_and_make_checkpoints_break_nothing(tmp_path):
    import sqlite3

    driver.install()
    path = tmp_path / "stress.sqlite3"
    own = sqlite3.connect(path)
    own.executescript(
        "CREATE TABLE line (id integer PRIMARY KEY, who text, words text); CREATE INDEX line_who ON line (who, id);"
    )
    own.close()
    writers = [subprocess.Popen([sys.executable, "-c", STRESS, str(path), "90", str(number)]) for number in range(4)]
    assert [writer.wait(300) for writer in writers] == [0] * 4
    own = sqlite3.connect(path)
    assert own.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    by_index = own.execute("SELECT count(*) FROM line INDEXED BY line_who WHERE who >= ''").fetchone()
    assert by_index == own.execute("SELECT count(*) FROM line NOT INDEXED").fetchone()
    assert by_index[0] > 500
