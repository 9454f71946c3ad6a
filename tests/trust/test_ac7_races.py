"""AC7: fifty in the same moment at what there is once: one seat, one asking, one answer, one name, one form, one code; on both databases."""

import json
import subprocess
import sys

import pytest

from kith.testing.serving import environment
from tools.postgres import cluster
from tools.services import postgres_folder

RUN = """
import django; django.setup()
from kith.cli.preparing import prepare; prepare()
from kith.testing.racing import race_all; race_all()
"""
COME_OF_IT = {
    "one_invitation": {"done": 1, "personas": 1, "used": 1},
    "one_asks_fifty_times": {"done": 1, "personas": 1},
    "one_is_welcomed_fifty_times": {"done": 50, "joined": 1, "notices": 1},
    "yes_and_no": {"done": 1, "answers": 1, "agree": 1},
    "one_name": {"done": 1, "personas": 1},
    "one_form": {"done": 50, "posts": 1},
    "one_code": {"done": 1, "used": 1},
}


def race(folder, **more):
    ran = subprocess.run(
        [sys.executable, "-c", RUN], capture_output=True, text=True, timeout=300,
        env=environment(folder, DJANGO_SETTINGS_MODULE="kith.settings.base", **more),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.strip().split("\n")[-1])


def check(found):
    assert {name: row.pop("problems") for name, row in found.items()} == {name: [] for name in COME_OF_IT}
    assert found == COME_OF_IT


@pytest.mark.slow
def test_on_sqlite(tmp_path):
    check(race(tmp_path))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres_folder() is None, reason="PostgreSQL is not installed")
def test_on_postgres(tmp_path):
    with cluster(safe=True) as url:
        check(race(tmp_path, DATABASE_URL=url))
