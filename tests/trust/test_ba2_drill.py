"""BA2: a backup restored where there is nothing but the keys is the same site; a drill proves it, sends nothing and leaves nothing."""

import os
import re
import shutil
import socket
import tempfile
import time
from pathlib import Path

import pytest

from kith.testing.copies import backup, kith, make_site, told
from kith.testing.serving import run_in, serving
from tools.postgres import cluster
from tools.services import postgres_folder

TEMPT = "from kith.testing.copies import tempt; tempt()"
MAIL = "from kith.core.actions import set_mail; set_mail(host='127.0.0.1', port={}, security='none', user='', sealed_word=None, sender='a@example.org')"
GONE = ("core.Event", "core.Intent", "notify.Outbox", "people.Session")


def check_same(before, after):
    """Hold a restored site against what it was when it was copied."""
    assert after["read"] == before["read"]
    assert len(after["read"]) == 3
    assert after["files"] == before["files"]
    assert all(after["files"])
    assert after["found"] == before["found"] == 3
    assert all(before["counts"][label] for label in GONE)  # there was something to let go
    assert {label: after["counts"][label] for label in GONE} == dict.fromkeys(GONE, 0)
    assert before["errands"] == ["bring_back", "take_back"]
    assert after["errands"] == ["take_back"]
    kept = {label for label in before["counts"] if label not in (*GONE, "groups.Errand")}
    assert {label: after["counts"][label] for label in kept} == {label: before["counts"][label] for label in kept}


def leftovers(data):
    """Name what stands in a data folder and has no business there."""
    usual = {"keys.json", "kith.sqlite3", "kith.sqlite3-wal", "kith.sqlite3-shm", "files", "static", "backups", "backup-key.txt"}
    return sorted(path.name for path in data.iterdir() if path.name not in usual)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with much that may not come back, what opens its backups, one of them, and what it holds."""
    data = tmp_path_factory.mktemp("site")
    key = make_site(data)
    run_in(data, TEMPT)
    return data, key, backup(data), told(data)


@pytest.mark.slow
class TestOnSQLite:
    def test_a_drill_proves_it_sends_nothing_and_leaves_nothing(self, site):
        data, key, archive, before = site
        with socket.create_server(("127.0.0.1", 0)) as post_office:
            run_in(data, MAIL.format(post_office.getsockname()[1]))
            said = kith(data, "drill", typed=f"# what I wrote down\n{key}\n")
            post_office.settimeout(0.1)
            with pytest.raises(TimeoutError):
                post_office.accept()
        assert "can be restored" in said
        assert "3 posts read" in said
        after = told(data)
        assert after["drilled"] == f"{archive.name[5:15]} {archive.name[16:18]}:{archive.name[18:20]}:{archive.name[20:22]}+00:00"
        assert {**after, "drilled": ""} == {**before, "drilled": ""}  # the site itself has lost nothing
        assert leftovers(data) == []
        assert "last drill" in kith(data, "doctor")

    def test_a_drill_of_a_bad_one_fails_and_says_nothing_good(self, site, tmp_path):
        data, key, archive, _before = site
        (tmp_path / "bad.kith").write_bytes(archive.read_bytes()[:-1])
        was = told(data)["drilled"]
        assert "The drill failed" in kith(data, "drill", tmp_path / "bad.kith", typed=key, fails=True)
        assert told(data)["drilled"] == was

    def test_restored_into_an_empty_folder_it_is_the_same_site_and_serves(self, site, tmp_path):
        data, key, archive, before = site
        new = tmp_path / "new"
        new.mkdir()
        said = kith(new, "restore", archive, typed=key, fails=True)
        assert "keys.json" in said  # keys were made for the new folder: not those
        shutil.copy(data / "keys.json", new)
        assert "Everybody has to sign in again" in kith(new, "restore", archive, typed=key)
        check_same(before, told(new))
        assert leftovers(new) == []
        assert (new / "backup-key.txt").read_text() == (data / "backup-key.txt").read_text()
        assert os.stat(new / "kith.sqlite3").st_mode & 0o077 == 0
        with serving(new):
            pass  # it has answered /up

    def test_over_another_what_was_there_is_kept_and_a_running_site_is_left_alone(self, site, tmp_path):
        data, key, archive, before = site
        other = tmp_path / "other"
        other.mkdir()
        shutil.copy(data / "keys.json", other)
        with serving(other):
            assert "Stop Kith first" in kith(other, "restore", archive, "--over", typed=key, fails=True)
        assert not (other / "restore-under-way").exists()
        old = (other / "kith.sqlite3").read_bytes()
        assert "is kept in" in kith(other, "restore", archive, "--over", typed=key)
        check_same(before, told(other))
        (aside,) = other.glob("before-*")
        assert len((aside / "kith.sqlite3").read_bytes()) >= len(old)
        (other / "kith.sqlite3").unlink()  # as where it was killed in the very middle
        (other / "restore-under-way").touch()
        assert "cut off" in kith(other, "serve", "--port", "1", fails=True)
        kith(other, "restore", archive, "--over", typed=key)
        check_same(before, told(other))
        assert not (other / "restore-under-way").exists()

    def test_what_it_does_to_a_folder_it_does_to_no_other(self, site):
        data, _key, _archive, _before = site
        assert "not being restored" in kith(data, "manage", "settle", "2026-03-04T19:30:00+00:00", fails=True)


@pytest.mark.nightly
@pytest.mark.postgres
@pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL here")
class TestOnPostgreSQL:
    def test_the_same(self, tmp_path):
        data = tmp_path / "site"
        with tempfile.TemporaryDirectory(prefix="kith-ba2-", dir="/tmp") as place, cluster(safe=True, keep=Path(place)) as url:
            key = make_site(data, DATABASE_URL=url)
            run_in(data, TEMPT, DATABASE_URL=url)
            archive, before = backup(data, DATABASE_URL=url), told(data, DATABASE_URL=url)
            assert "can be restored" in kith(data, "drill", typed=key, DATABASE_URL=url)
            assert told(data, DATABASE_URL=url)["counts"] == before["counts"]
            assert "no DATABASE_URL" not in kith(data, "restore", archive, typed=key, fails=True, DATABASE_URL=url)
            assert "is of postgresql" in kith(tmp_path / "lite", "restore", archive, typed=key, fails=True)
            kith(data, "restore", archive, "--over", typed=key, DATABASE_URL=url)
            check_same(before, told(data, DATABASE_URL=url))
            empty = url.replace("/kith?", "/other?")
            run_in(data, "from kith.cli.backup.postgres import _run; _run('CREATE DATABASE {}', 'other')", DATABASE_URL=url)
            new = tmp_path / "new"
            new.mkdir()
            shutil.copy(data / "keys.json", new)
            kith(new, "restore", archive, typed=key, DATABASE_URL=empty)
            check_same(before, told(new, DATABASE_URL=empty))
            run_in(data, "from kith.testing.copies import answer, place_of; answer(place_of('Wren'), 7)", DATABASE_URL=url)
            run_in(data, "from kith.testing.copies import check_databases; check_databases()", DATABASE_URL=url)


@pytest.mark.nightly
def test_a_hundred_thousand_posts_are_proven_within_a_quarter_of_an_hour(tmp_path):
    key = make_site(tmp_path)
    run_in(tmp_path, "from kith.cli.demo.scaling import scale_up; scale_up(100_000)")
    backup(tmp_path)
    begun = time.monotonic()
    said = kith(tmp_path, "drill", typed=key)
    assert time.monotonic() - begun < 15 * 60
    assert int(re.search(r"(\d+) rows", said)[1]) > 100_000
