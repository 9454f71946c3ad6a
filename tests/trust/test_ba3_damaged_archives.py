"""BA3: an archive that is damaged, cut off, of another key, another form or a newer Kith is refused in clear words; never half a restore."""

import dataclasses
import errno
import json
import random
import shutil
from pathlib import Path

import pytest

from kith.cli.backup import keeping
from kith.cli.backup.archive import Head, Manifest, pack, unpack
from kith.cli.backup.sealing import new_pair, read_identity, seal_into
from kith.cli.backup.words import Unusable
from kith.core import actions
from kith.core.models import Site
from kith.testing.cast import AT
from kith.testing.copies import backup, kith, make_site

HEAD = Head("0.1.0", "2026-03-04T19:30:00+00:00", "sqlite", ["core.0001_initial"], {}, "age1", {})


def everything_in(folder):
    """Read every file below a folder, but not backups."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "backups" not in path.parts and not path.name.endswith("-shm")
    }


@pytest.fixture
def made(tmp_path):
    """An archive of invented bytes, larger than what a pipe holds, and the key that opens it."""
    recipient, identity = new_pair()
    (tmp_path / "db").write_bytes(random.Random(1).randbytes(3_000_000))
    (tmp_path / "picture").write_bytes(b"RIFF" * 100)
    parts = [("kith.sqlite3", tmp_path / "db"), ("files/ab/abcd-480.webp", tmp_path / "picture")]

    def make(name="a.kith", *, head=HEAD, change=lambda manifest: None, members=parts):
        manifest = Manifest(counts={"core_site": 1})

        def chunks():
            yield from pack(head, manifest, watched())

        def watched():
            yield from members
            change(manifest)

        path = tmp_path / name
        with path.open("xb") as out:
            seal_into(out, chunks(), recipient)
        return path

    make.identity = identity
    return make


def opened(path, identity, check=lambda head: None):
    """Unpack an archive into a new folder and return that; whatever it says, nothing may hang."""
    folder = path.with_suffix(".out")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    unpack(path, identity, folder, check)
    return folder


class TestBytes:
    def test_a_whole_one_comes_out_as_it_went_in(self, made, tmp_path):
        folder = opened(made(), made.identity)
        assert (folder / "kith.sqlite3").read_bytes() == (tmp_path / "db").read_bytes()
        assert (folder / "files/ab/abcd-480.webp").read_bytes() == b"RIFF" * 100

    def test_any_byte_changed_is_noticed(self, made, tmp_path):
        whole, rng = made().read_bytes(), random.Random(7)
        for place in [0, 30, 150, *(rng.randrange(len(whole)) for _time in range(25)), len(whole) - 1]:
            (tmp_path / "b.kith").write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            with pytest.raises(Unusable, match="damaged"):
                opened(tmp_path / "b.kith", made.identity)

    def test_cut_off_anywhere_it_is_noticed_also_where_a_piece_ends(self, made, tmp_path):
        whole, rng = made().read_bytes(), random.Random(8)
        pieces = [len(whole) - (len(whole) - 200) % 65552 - 65552 * n for n in range(3)]
        for length in [0, 1, 100, *pieces, *(rng.randrange(len(whole)) for _time in range(15)), len(whole) - 1]:
            (tmp_path / "b.kith").write_bytes(whole[:length])
            with pytest.raises(Unusable, match="damaged"):
                opened(tmp_path / "b.kith", made.identity)

    def test_more_behind_its_end_is_noticed(self, made, tmp_path):
        (tmp_path / "b.kith").write_bytes(made().read_bytes() + b"more")
        with pytest.raises(Unusable, match="damaged"):
            opened(tmp_path / "b.kith", made.identity)

    def test_another_key_is_called_another_key(self, made):
        with pytest.raises(Unusable, match="another one"):
            opened(made(), new_pair()[1])

    def test_no_archive_is_called_what_it_is(self, made, tmp_path):
        with pytest.raises(Unusable, match="cannot be read"):
            opened(tmp_path / "nothing.kith", made.identity)
        with pytest.raises(Unusable, match="AGE-SECRET-KEY"):
            read_identity("age1abc and nothing else")


class TestWhatIsInside:
    def test_a_file_that_differs_from_its_hash_is_refused(self, made):
        def change(manifest):
            manifest.files["kith.sqlite3"] = (manifest.files["kith.sqlite3"][0], "0" * 64)

        with pytest.raises(Unusable, match=r"1 files differ, kith\.sqlite3"):
            opened(made(change=change), made.identity)

    def test_a_file_that_is_missing_or_too_many_is_refused(self, made):
        with pytest.raises(Unusable, match="differ, files/ab/abcd-960"):
            opened(made(change=lambda m: m.files.update({"files/ab/abcd-960.webp": (1, "0" * 64)})), made.identity)
        with pytest.raises(Unusable, match="differ"):
            opened(made("b.kith", change=lambda m: m.files.pop("files/ab/abcd-480.webp")), made.identity)

    @pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "keys.json", "files/ab/../../x-1.webp", "backup-key.txt"])
    def test_a_name_that_is_not_ours_is_refused_and_written_nowhere(self, made, tmp_path, name):
        path = made(members=[(name, tmp_path / "picture")])
        with pytest.raises(Unusable, match="damaged"):
            opened(path, made.identity)
        assert not list(path.with_suffix(".out").iterdir())

    def test_another_form_is_refused_by_its_number(self, made):
        with pytest.raises(Unusable, match=r"another form \(0\).*Kith 0\.0\.1"):
            opened(made(head=dataclasses.replace(HEAD, format=0, kith="0.0.1")), made.identity)

    def test_what_the_head_is_refused_for_is_what_is_said(self, made):
        def check(head):
            raise Unusable("not here")

        with pytest.raises(Unusable, match="not here"):
            opened(made(), made.identity, check)

    def test_a_full_disk_is_no_damage(self, made, monkeypatch):
        def full(*args, **more):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "chmod", full)
        with pytest.raises(OSError, match="No space"):
            opened(made(), made.identity)


@pytest.mark.django_db
def test_older_ones_go_only_up_to_the_last_that_was_proven(tmp_path):
    for day in range(1, 8):
        (tmp_path / f"kith-2026-03-0{day}-193000.kith").touch()
    (tmp_path / "kith-of-mine.kith").touch()
    assert keeping.thin_out(tmp_path, 2) == 0  # none was ever proven
    actions.drilled(made_at=AT, at=AT)  # that of the fourth
    actions.drilled(made_at=AT.replace(day=2), at=AT)  # an older one changes nothing
    assert Site.objects.get().drilled_made_at == AT
    assert keeping.thin_out(tmp_path, 6) == 1
    assert keeping.thin_out(tmp_path, 1) == 2
    assert [made.day for made, _path in keeping.list_backups(tmp_path)] == [4, 5, 6, 7]
    assert (tmp_path / "kith-of-mine.kith").exists()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with people, what opens its backups, and one of them."""
    data = tmp_path_factory.mktemp("site")
    key = make_site(data)
    return data, key, backup(data)


@pytest.mark.nightly
class TestRestoring:
    """By its own command, over a site that has people: whatever is wrong, not a byte of it changes."""

    def refused(self, data, archive, key):
        before = everything_in(data)
        said = kith(data, "restore", archive, "--over", typed=key, fails=True)
        assert said.startswith("CommandError: Nothing was restored. ")
        assert everything_in(data) == before
        return said

    def test_a_damaged_one(self, site, tmp_path):
        data, key, archive = site
        whole = archive.read_bytes()
        (tmp_path / "cut.kith").write_bytes(whole[: len(whole) * 2 // 3])
        assert "cut off" in self.refused(data, tmp_path / "cut.kith", key)

    def test_one_of_another_site(self, site, tmp_path):
        data, key, archive = site
        keys = json.loads((data / "keys.json").read_text())
        keys["seal"]["1"] = keys["link"]["1"]
        kept = (data / "keys.json").read_text()
        (data / "keys.json").write_text(json.dumps(keys))
        try:
            said = self.refused(data, archive, key)
        finally:
            (data / "keys.json").write_text(kept)
        assert "seal 1 is another one or missing" in said
        assert "keys.json" in said

    def test_one_of_a_newer_kith(self, site, tmp_path):
        data, key, archive = site
        folder = tmp_path / "out"
        folder.mkdir()
        head, _manifest = unpack(archive, key, folder, lambda head: None)
        head.migrations.append("core.0999_from_the_future")
        members = [(str(path.relative_to(folder)), path) for path in folder.rglob("*") if path.is_file()]
        with (tmp_path / "new.kith").open("xb") as out:
            seal_into(out, pack(head, Manifest(), members), head.recipient)
        assert "newer Kith" in self.refused(data, tmp_path / "new.kith", key)

    def test_one_whose_rows_are_not_those_it_counts(self, site, tmp_path):
        data, key, archive = site
        folder = tmp_path / "out"
        folder.mkdir()
        head, manifest = unpack(archive, key, folder, lambda head: None)
        members = [(str(path.relative_to(folder)), path) for path in folder.rglob("*") if path.is_file()]
        manifest.counts["conversation_post"] += 1
        with (tmp_path / "less.kith").open("xb") as out:
            seal_into(out, pack(head, manifest, members), head.recipient)
        assert "conversation_post" in self.refused(data, tmp_path / "less.kith", key)

    def test_without_over_what_is_there_stays(self, site):
        data, key, archive = site
        assert "not empty" in kith(data, "restore", archive, typed=key, fails=True)
