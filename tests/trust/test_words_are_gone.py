"""Words that were taken back: thirty days later not a byte of them is left in the files of the database; also where it was killed meanwhile."""

import os
import random
import signal
import subprocess
import sys
import tempfile
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


def start(folder: Path, code: str) -> "subprocess.Popen[str]":
    """Run something of `testing.gone` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\nfrom kith.testing.gone import *\n{code}"], stdout=subprocess.PIPE,
        env=environment(folder, DJANGO_SETTINGS_MODULE="kith.settings.base"), start_new_session=True, text=True,
    )  # fmt: skip


def said_in(folder: Path, code: str) -> str:
    """Run it and return its last line."""
    return start(folder, code).communicate()[0].strip().split("\n")[-1]


def kill_in_the_middle(folder: Path, code: str) -> None:
    """Kill it four times soon after it has begun; at least once while it was at work."""
    killed = 0
    for _time in range(4):
        process = start(folder, code)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(random.uniform(0.01, 0.25))
        if process.poll() is None:
            killed += 1
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert killed


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
        kill_in_the_middle(tmp_path, "drop_and_say()")
        run_in(tmp_path, DROP)
        assert bytes_in(tmp_path) == {}

    def test_a_kill_while_everything_is_taken_back_changes_nothing(self, tmp_path):
        run_in(tmp_path, PREPARE.format(posts=600))
        run_in(tmp_path, "from kith.testing.gone import take_back_everything; take_back_everything()")
        kill_in_the_middle(tmp_path, "do_errands(say=True)")
        run_in(tmp_path, "from kith.testing.gone import do_errands; do_errands()")
        assert said_in(tmp_path, "count_standing()") == "0 0"
        run_in(tmp_path, DROP.replace("drop()", "drop(40)"))
        assert bytes_in(tmp_path) == {}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL here")
class TestOnPostgreSQL:
    def test_after_a_scrub_no_byte_is_left_in_its_tables(self, tmp_path):
        with tempfile.TemporaryDirectory(prefix="kith-gone-", dir="/tmp") as place, cluster(safe=True, keep=Path(place)) as url:
            tables = Path(place) / "data"
            run_in(tmp_path, PREPARE.format(posts=40), DATABASE_URL=url)
            run_in(tmp_path, WRITE, DATABASE_URL=url)
            assert any(name.startswith("base/") for name in bytes_in(tables))
            run_in(tmp_path, WITHDRAW, DATABASE_URL=url)
            run_in(tmp_path, DROP, DATABASE_URL=url)
            run_in(tmp_path, SCRUB, DATABASE_URL=url)
            assert {name for name in bytes_in(tables) if not name.startswith("pg_wal/")} == set()  # docs/decisions/0012
