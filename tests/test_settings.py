"""Settings are read once, typed, and refused by name."""

import json
import os
import stat

import pytest

from kith.settings import driver
from kith.settings.env import BadSetting, read_env
from kith.settings.keys import NAMES, load_keys


class TestEnv:
    @pytest.mark.parametrize(
        ("environ", "named"),
        [
            ({"KITH_HTPS": "1"}, "KITH_HTPS"),
            ({"KITH_HTTPS": "yes"}, "KITH_HTTPS"),
            ({"KITH_WORKERS": "-1"}, "KITH_WORKERS"),
            ({"KITH_WORKERS": "many"}, "KITH_WORKERS"),
            ({"KITH_EXIT_URL": "javascript:x"}, "KITH_EXIT_URL"),
            ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ],
    )
    def test_refuses_by_name(self, environ, named):
        with pytest.raises(BadSetting, match=named):
            read_env(environ)

    def test_backups_lie_in_the_data_folder_or_where_it_is_said(self, tmp_path):
        assert read_env({"KITH_DATA": str(tmp_path)}).backups == tmp_path / "backups"
        assert read_env({"KITH_DATA": "x", "KITH_BACKUPS": str(tmp_path)}).backups == tmp_path

    def test_reads_both_databases(self, tmp_path):
        sqlite = read_env({"KITH_DATA": str(tmp_path)}).database
        assert sqlite["NAME"] == str(tmp_path / "kith.sqlite3")
        assert "synchronous=FULL" in sqlite["OPTIONS"]["init_command"]
        postgres = read_env({"DATABASE_URL": "postgres://kith:p%40ss@db.example:5433/kith"}).database
        assert (postgres["USER"], postgres["PASSWORD"], postgres["HOST"], postgres["PORT"]) == (
            "kith",
            "p@ss",
            "db.example",
            "5433",
        )


class TestKeys:
    def test_are_made_once_for_the_owner_alone(self, tmp_path):
        keys = load_keys(tmp_path / "new")
        assert set(keys) == set(NAMES)
        assert all(len(key) == 32 for ring in keys.values() for key in ring.values())
        assert load_keys(tmp_path / "new") == keys
        assert stat.S_IMODE((tmp_path / "new" / "keys.json").stat().st_mode) == 0o600

    def test_open_to_others_are_refused(self, tmp_path):
        load_keys(tmp_path)
        os.chmod(tmp_path / "keys.json", 0o644)
        with pytest.raises(BadSetting, match="read by others"):
            load_keys(tmp_path)

    @pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", json.dumps(dict.fromkeys(NAMES, "c2hvcnQ="))])
    def test_broken_or_short_ones_are_refused(self, tmp_path, text):
        with pytest.raises(BadSetting):
            load_keys(tmp_path, text or " ")


class TestDriver:
    def test_an_sqlite_with_the_reset_bug_gets_no_wal(self, monkeypatch):
        import sqlite3

        assert driver.journal_mode() == ("WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE")
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
        assert driver.journal_mode() == "TRUNCATE"


@pytest.mark.django_db
class TestTheDatabase:
    def test_is_asserted_at_start(self):
        from django.db import connection

        from kith.cli.preparing import check_database

        found = check_database() if connection.vendor == "sqlite" else {}
        if connection.vendor == "sqlite":
            assert (found["synchronous"], found["foreign_keys"], found["secure_delete"], found["trusted_schema"]) == (
                "2",
                "1",
                "1",
                "0",
            )
        else:
            with pytest.raises(SystemExit, match="fsync"):
                check_database()  # the cluster of the tests runs without it, and must be refused

    def test_a_weaker_one_is_refused(self):
        from django.db import connection

        from kith.cli.preparing import check_database

        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
        try:
            with pytest.raises(SystemExit, match="secure_delete"):
                check_database()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA secure_delete=ON")
