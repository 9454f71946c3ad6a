"""Words that were taken back: thirty days later not a byte of them is left in the files of the database; also where it was killed meanwhile."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kith.testing.serving import environment, run_in
from tools.postgres import cluster
from tools.services import postgres_folder

CANARY = b"CANARYWORD"
PREPARE = """
from kith.cli.preparing import prepare; prepare()
from kith.testing.gone import say; say({posts})
"""
WITHDRAW = "from kith.testing.gone import take_back; take_back()"
DROP = "from kith.testing.gone import drop; drop()"
WRITE = "from django.db import connection; connection.cursor().execute('CHECKPOINT')"
SCRUB = "from django.core.management import call_command; call_command('doctor', scrub=True)"


def bytes_in(folder: Path) -> dict[str, int]:
    """Count the word in every file below a folder that holds it."""
    counts = {str(path.relative_to(folder)): path.read_bytes().count(CANARY) for path in folder.rglob("*") if path.is_file()}
    return {name: count for name, count in counts.items() if count}


@pytest.mark.slow
class TestOnSQLite:
    def test_no_byte_is_left(self, tmp_path):
        run_in(tmp_path, PREPARE.format(posts=40))
        assert bytes_in(tmp_path)
        run_in(tmp_path, WITHDRAW)
        assert bytes_in(tmp_path)  # it can still be brought back
        run_in(tmp_path, DROP)
        assert bytes_in(tmp_path) == {}

    def test_a_kill_in_the_middle_changes_nothing(self, tmp_path):
        run_in(tmp_path, PREPARE.format(posts=1200))
        run_in(tmp_path, WITHDRAW)
        code = "import django; django.setup()\nfrom kith.testing.gone import drop_and_say; drop_and_say()"
        killed = 0
        for _time in range(4):
            process = subprocess.Popen(
                [sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment(tmp_path, DJANGO_SETTINGS_MODULE="kith.settings.base"),
                start_new_session=True,
            )  # fmt: skip
            assert process.stdout is not None
            process.stdout.readline()  # it has begun
            time.sleep(random.uniform(0.01, 0.25))
            killed += process.poll() is None
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert killed
        run_in(tmp_path, DROP)
        assert bytes_in(tmp_path) == {}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL here")
class TestOnPostgreSQL:
    def test_no_row_is_left_and_after_a_scrub_no_byte_of_its_tables(self, tmp_path, tmp_path_factory):
        kept = tmp_path_factory.mktemp("cluster")
        os.chmod(kept, 0o755)
        for folder in kept.parents:
            if folder.is_relative_to("/tmp/pytest-of-root"):
                folder.chmod(0o755)
        with cluster(safe=True, keep=kept) as url:
            run_in(tmp_path, PREPARE.format(posts=40), DATABASE_URL=url)
            run_in(tmp_path, WRITE, DATABASE_URL=url)
            assert any(name.startswith("base/") for name in bytes_in(kept / "data"))
            run_in(tmp_path, WITHDRAW, DATABASE_URL=url)
            run_in(tmp_path, DROP, DATABASE_URL=url)
            run_in(tmp_path, WRITE, DATABASE_URL=url)
            print("before the scrub:", bytes_in(kept / "data"))
            run_in(tmp_path, SCRUB, DATABASE_URL=url)
            assert {name for name in bytes_in(kept / "data") if not name.startswith("pg_wal/")} == set()
