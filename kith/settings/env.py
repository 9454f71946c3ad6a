"""Read the environment once, typed; refuse unknown or broken names of ours at start, by name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used: Kith stops and says which one."""


@dataclass(frozen=True, slots=True)
class Env:
    """Everything that differs between installations."""

    data: Path  # KITH_DATA: the folder of the database, the keys and the pictures
    backups: Path  # KITH_BACKUPS: the folder of the backups; empty means `backups` in the data folder
    hosts: tuple[str, ...]  # KITH_HOSTS: the names that this site answers to, by commas
    https: bool  # KITH_HTTPS: 1 where browsers come by https (secure cookies, HSTS)
    exit_url: str  # KITH_EXIT_URL: where quick exit goes; empty takes the steward's choice
    keys: str  # KITH_KEYS: the keys themselves as JSON, instead of the file in the data folder
    demo: bool  # KITH_DEMO: 1 in a folder of invented people only
    workers: int  # KITH_WORKERS: server processes; 0 means one for each core
    proxies: tuple[str, ...]  # KITH_PROXIES: addresses of proxies whose X-Forwarded-For may be believed
    chromium: str  # KITH_CHROMIUM: a browser for tests and pictures
    database: dict[str, object]  # DATABASE_URL: empty means SQLite in the data folder


def read_env(environ: Mapping[str, str] = os.environ) -> Env:
    """
    Read and check all settings.

    :raises BadSetting: naming the first unknown or broken one
    """
    known = {f"KITH_{field.name.upper()}" for field in fields(Env) if field.name != "database"}
    for name in sorted(environ):
        if name.startswith("KITH_") and name not in known:
            raise BadSetting(f"Kith does not know the setting {name}. Known are: {', '.join(sorted(known))}.")
    data = Path(environ.get("KITH_DATA") or "data").absolute()
    return Env(
        data=data,
        backups=Path(environ.get("KITH_BACKUPS") or data / "backups").absolute(),
        hosts=_words(environ.get("KITH_HOSTS", "")) or ("127.0.0.1", "localhost", "[::1]"),
        https=_flag(environ, "KITH_HTTPS"),
        exit_url=_address(environ.get("KITH_EXIT_URL", "")),
        keys=environ.get("KITH_KEYS", ""),
        demo=_flag(environ, "KITH_DEMO"),
        workers=_number(environ, "KITH_WORKERS"),
        proxies=_words(environ.get("KITH_PROXIES", "")),
        chromium=environ.get("KITH_CHROMIUM", ""),
        database=_database(environ.get("DATABASE_URL", ""), data),
    )


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "0")
    if value not in ("0", "1"):
        raise BadSetting(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def _number(environ: Mapping[str, str], name: str) -> int:
    value = environ.get(name, "0")
    if not value.isdecimal() or int(value) > 256:
        raise BadSetting(f"{name} must be a whole number from 0 to 256, not {value!r}.")
    return int(value)


def _address(value: str) -> str:
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
        raise BadSetting(f"KITH_EXIT_URL must be a whole address like https://example.org/, not {value!r}.")
    return value


def _database(value: str, data: Path) -> dict[str, object]:
    if not value:
        return _sqlite(data / "kith.sqlite3")
    url = urlsplit(value)
    if url.scheme in ("postgres", "postgresql") and url.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or "") if not url.query else url.query.removeprefix("host="),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "server_side_binding": True,
                "prepare_threshold": 1,
                # Our few hot statements always go by key: planning them anew each time costs more than it can win.
                # Nor does any gather enough for a second process to be worth its start of 10 ms.
                "options": "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0",
            },
        }
    if url.scheme == "sqlite" and url.path:
        return _sqlite(Path(unquote(url.path)))
    raise BadSetting("DATABASE_URL must be empty, postgres://user:word@host/name or sqlite:///path/to/file.")


def _sqlite(path: Path) -> dict[str, object]:
    from kith.settings.driver import journal_mode

    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN, never in the middle
            "init_command": (
                f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=33554432;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }
