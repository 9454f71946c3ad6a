"""BA1: a backup is made while people write, holds every picture it names, opens with the offline key alone, and holds no key."""

import io
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
from contextlib import closing, contextmanager

import pyrage
import pytest

from kith.cli.backup.archive import HEAD, MANIFEST
from kith.testing.copies import CANARY, backup, kith, make_site
from kith.testing.serving import environment


def plain(archive, key):
    """Open an archive with age and tar alone; return its files."""
    opened = pyrage.decrypt(archive.read_bytes(), [pyrage.x25519.Identity.from_str(key)])
    with tarfile.open(fileobj=io.BytesIO(opened), mode="r:gz") as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


@contextmanager
def written_to(data):
    """Let somebody write until the block ends; yields what reads which post was kept last."""
    code = "import django; django.setup()\nfrom kith.testing.copies import write_on; write_on()"
    writer = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True,
        env=environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base"),
    )  # fmt: skip
    try:
        yield lambda: int(writer.stdout.readline())
        assert writer.poll() is None
    finally:
        os.killpg(writer.pid, signal.SIGKILL)
        writer.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site, its backup made while somebody wrote, the key, and the last post that was kept before."""
    data = tmp_path_factory.mktemp("site")
    key = make_site(data)
    with written_to(data) as kept:
        for _time in range(5):
            before = kept()
        archive = backup(data)
    return data, key, archive, before


@pytest.mark.slow
class TestUnderLoad:
    def test_it_holds_what_was_kept_before_and_every_picture_that_it_names(self, site, tmp_path):
        _data, key, archive, before = site
        files = plain(archive, key)
        (tmp_path / "db").write_bytes(files["kith.sqlite3"])
        with closing(sqlite3.connect(tmp_path / "db")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            posts = {number for (number,) in copy.execute("SELECT number FROM conversation_post")}
            pictures = {name for (name,) in copy.execute("SELECT name FROM conversation_picture")}
        assert set(range(1, before + 1)) <= posts
        stored = {name.split("/")[2].split("-")[0] for name in files if name.startswith("files/")}
        assert stored == pictures
        assert len(pictures) >= 5

    def test_the_manifest_says_what_is_in_it(self, site):
        _data, key, archive, _before = site
        files = plain(archive, key)
        head, manifest = json.loads(files.pop(HEAD)), json.loads(files.pop(MANIFEST))
        assert {name: size for name, (size, _hash) in manifest["files"].items()} == {n: len(held) for n, held in files.items()}
        assert manifest["counts"]["conversation_post"] >= 5
        assert manifest["without_files"] == 0
        assert "core.0001_initial" in head["migrations"]
        assert head["kith"]

    def test_it_is_for_the_owner_alone_and_nothing_else_is_left(self, site):
        data, _key, archive, _before = site
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600
        assert stat.S_IMODE(archive.parent.stat().st_mode) == 0o700
        assert list(archive.parent.iterdir()) == [archive]
        assert not [path for path in data.iterdir() if path.name.startswith("backing-up")]

    def test_without_the_key_nothing_can_be_read(self, site):
        _data, key, archive, _before = site
        sealed = archive.read_bytes()
        assert all(word not in sealed for word in (CANARY.encode(), b"SQLite", b"conversation", b"Wren"))
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
        assert CANARY.encode() in plain(archive, key)["kith.sqlite3"]

    def test_no_key_of_the_site_is_in_it_and_what_opens_it_is_nowhere_in_the_folder(self, site):
        data, key, archive, _before = site
        keys = json.loads((data / "keys.json").read_text())
        files = plain(archive, key)
        assert "keys.json" not in files
        for held in files.values():
            assert not [word for ring in keys.values() for word in ring.values() if word.encode() in held]
        assert not [path for path in data.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]


@pytest.mark.slow
def test_without_a_key_to_seal_to_no_backup_is_made(tmp_path):
    assert "kith keys backup" in kith(tmp_path, "backup", fails=True)
    kith(tmp_path, "keys", "backup")
    was = (tmp_path / "backup-key.txt").read_text()
    assert "already" in kith(tmp_path, "keys", "backup", fails=True)
    assert (tmp_path / "backup-key.txt").read_text() == was
    kith(tmp_path, "keys", "backup", "--now")
    assert (tmp_path / "backup-key.txt").read_text() != was
    (tmp_path / "backup-key.txt").write_text("age1nonsense\n")
    assert "begins with age1" in kith(tmp_path, "backup", fails=True)
    assert not list(tmp_path.rglob("*.kith*"))
