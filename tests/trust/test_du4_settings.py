"""DU4: what durability rests on is asked of the database itself at each start; one that is weaker by a single setting is refused."""

import subprocess
import sys

import pytest
from django.db import connection

from kith.testing.serving import environment
from tools.postgres import cluster
from tools.services import postgres_folder

# Each line is a setting of SQLite, as a connection of Kith is given it, and whether Kith starts on it.
SETTINGS = [
    ("", True),
    ("synchronous=NORMAL", False),
    ("synchronous=OFF", False),
    ("synchronous=EXTRA", False),  # not weaker, but not what was measured
    ("foreign_keys=OFF", False),
    ("secure_delete=OFF", False),
    ("secure_delete=FAST", False),
    ("trusted_schema=ON", False),
    ("busy_timeout=0", False),
    ("mmap_size=268435456", False),
    ("journal_mode=MEMORY", False),
    ("journal_mode=OFF", False),
    ("journal_mode=DELETE", True),
]
ASK = """
import django, json, sys; django.setup()
from django.db import connection, transaction
from kith.cli.preparing import check_database
options = connection.settings_dict["OPTIONS"]
usual, found = options["init_command"], {}
def starts():
    connection.close()
    try:
        return bool(check_database())
    except SystemExit:
        return False
for setting in json.loads(sys.argv[1]):
    options["init_command"] = usual + (f"PRAGMA {setting};" if setting else "")
    found[setting] = starts()
options["init_command"] = usual
for mode in ("DEFERRED", "IMMEDIATE"):
    options["transaction_mode"] = mode
    found[f"transaction_mode={mode}"] = starts()
import sqlite3
other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
with transaction.atomic():
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as held:
        found["held from BEGIN on"] = "locked" in str(held)
print(json.dumps(found))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_starts_only_as_it_was_measured(tmp_path):
    import json

    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    names = json.dumps([name for name, _starts in SETTINGS])
    done = subprocess.run([sys.executable, "-c", ASK, names], env=env, capture_output=True, text=True, check=True)
    wanted = dict(SETTINGS) | {"transaction_mode=DEFERRED": False, "transaction_mode=IMMEDIATE": True, "held from BEGIN on": True}
    assert json.loads(done.stdout) == wanted


ASK_POSTGRES = """
import django, sys; django.setup()
from kith.cli.preparing import check_database
check_database()
"""


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL here")
def test_postgresql_starts_only_with_each_of_the_three(tmp_path):
    import psycopg

    with cluster(safe=True) as url:
        env = environment(tmp_path, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL=url)

        def starts():
            return subprocess.run([sys.executable, "-c", ASK_POSTGRES], env=env, capture_output=True, check=False).returncode == 0

        assert starts()
        with psycopg.connect(f"host={url.partition('host=')[2]} dbname=kith user=kith", autocommit=True) as asked:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                asked.execute(f"ALTER SYSTEM SET {name} = off")
                asked.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")
                assert not starts(), name
                asked.execute(f"ALTER SYSTEM SET {name} = on")
                asked.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")
        assert starts()
