"""DU2: the power is cut while people write. Nothing acknowledged is lost, and the simulator would see it: planted faults prove that."""

import os
import random
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from bench.disk import Disk, Event, Unknown, events, strace
from bench.powercut import cut_power
from kith.core import files
from kith.settings import keys


@pytest.fixture(autouse=True)
def _once():
    if connection.vendor != "sqlite":
        pytest.skip("the disk below SQLite")


@pytest.mark.slow
def test_a_hundred_cuts_lose_nothing():
    found = cut_power(100)
    lost = ("power_cut_lost", "power_cut_doubled", "power_cut_out_of_order", "power_cut_pictures_lost", "power_cut_broken")
    assert [found[name] for name in lost] == [0] * 5
    assert found["least_acknowledged_at_a_cut"] > 0
    assert found["acknowledged_pictures_looked_for"] > 100
    assert found["cuts_that_dropped_writes"] > 90


@pytest.mark.slow
def test_a_database_that_does_not_sync_is_seen():
    assert cut_power(20, "synchronous=NORMAL")["power_cut_lost"] > 0


def recorded(place, code):
    """Run some Python on a disk; return the disk as it is afterwards."""
    folder, log = place / "data", place / "log"
    folder.mkdir()
    disk = Disk(folder)
    subprocess.run([*strace(log), sys.executable, "-c", code, str(folder)], check=True, cwd=os.getcwd())
    for event in events(log, folder):
        disk.apply(event)
    return disk


PUT = "import os, sys; os.chdir(sys.argv[1]); here = os.getcwd()\n"
WRITE = "f = os.open(f'{here}/a', os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600); os.write(f, b'one'); os.write(f, b'two');"
FOLDER = "d = os.open(here, os.O_RDONLY); os.fsync(d);"


class TestTheDisk:
    @pytest.mark.parametrize(
        ("code", "kept"),
        [
            (WRITE + FOLDER, {"a": b""}),
            (WRITE + "os.fsync(f)", {}),
            (WRITE + "os.fsync(f);" + FOLDER, {"a": b"onetwo"}),
            (WRITE + "os.fdatasync(f); os.pwrite(f, b'X', 1);" + FOLDER, {"a": b"onetwo"}),
            (WRITE + "os.pwrite(f, b'X', 8); os.ftruncate(f, 9); os.fsync(f);" + FOLDER, {"a": b"onetwo\0\0X"}),
            (WRITE + "os.fsync(f); os.link(f'{here}/a', f'{here}/b'); os.unlink(f'{here}/a');" + FOLDER, {"b": b"onetwo"}),
            (WRITE + "os.fsync(f);" + FOLDER + "os.rename(f'{here}/a', f'{here}/b');", {"a": b"onetwo"}),
            (WRITE + "os.fsync(f);" + FOLDER + "os.unlink(f'{here}/a');", {"a": b"onetwo"}),
            ("os.mkdir(f'{here}/in'); here += '/in';" + WRITE + "os.fsync(f);" + FOLDER, {}),
            ("up = os.open(here, os.O_RDONLY); os.mkdir(f'{here}/in'); os.fsync(up); here += '/in';" + WRITE + "os.fsync(f);" + FOLDER, {"in/a": b"onetwo"}),
        ],
    )  # fmt: skip
    def test_keeps_what_was_synced_and_no_more(self, tmp_path, code, kept):
        assert recorded(tmp_path, PUT + code).cut() == kept

    def test_a_sync_keeps_what_was_there_when_it_began(self, tmp_path):
        disk = Disk(tmp_path)
        for event in (
            Event("make", f"{tmp_path}/a"), Event("sync", f"{tmp_path}", process=1), Event("synced", f"{tmp_path}", process=1),
            Event("write", f"{tmp_path}/a", b"early", 0), Event("sync", f"{tmp_path}/a", process=1), Event("write", f"{tmp_path}/a", b"late", 5),
        ):  # fmt: skip
            disk.apply(event)
        assert disk.cut() == {"a": b""}
        disk.apply(Event("synced", f"{tmp_path}/a", process=1))
        assert disk.cut() == {"a": b"early"}
        assert disk.unsynced() == 1

    def test_tears_pages_between_sectors_and_loses_names_by_chance(self, tmp_path):
        (tmp_path / "a").write_bytes(b"." * 4096)
        disk = Disk(tmp_path)
        disk.apply(Event("write", f"{tmp_path}/a", b"#" * 4096, 0))
        disk.apply(Event("make", f"{tmp_path}/b"))
        found = [disk.cut(random.Random(seed)) for seed in range(200)]
        kept = [one["a"].count(b"#") for one in found]
        assert {0, 4096} < set(kept) <= set(range(0, 4097, 512))
        assert 50 < sum("b" in one for one in found) < 150

    def test_a_call_that_it_does_not_know_is_no_figure(self, tmp_path):
        with pytest.raises(Unknown):
            recorded(tmp_path, PUT + WRITE + "os.writev(f, [b'one'])")


def test_keys_are_on_the_disk_once_they_are_made(tmp_path):
    disk = recorded(
        tmp_path, "import sys; from pathlib import Path; from kith.settings.keys import load_keys; load_keys(Path(sys.argv[1]))"
    )
    (tmp_path / "found").mkdir()
    for name, data in disk.cut().items():
        (tmp_path / "found" / name).write_bytes(data)
        (tmp_path / "found" / name).chmod(0o600)
    before = (tmp_path / "data" / "keys.json").read_bytes()
    assert (tmp_path / "found" / "keys.json").read_bytes() == before
    assert keys.load_keys(tmp_path / "found")


def test_a_picture_is_on_the_disk_once_it_is_written(tmp_path):
    code = (
        "import sys; from pathlib import Path; from kith.core import files\n"
        "files.folder = lambda: Path(sys.argv[1]) / 'files'\n"
        "files.write('abcdefgh', {480: b'small', 600: b'large'})"
    )
    shutil.rmtree(files.folder() / "ab", ignore_errors=True)
    assert recorded(tmp_path, code).cut() == {"files/ab/abcdefgh-480.webp": b"small", "files/ab/abcdefgh-600.webp": b"large"}
