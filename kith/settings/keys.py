"""The installation's keys: made on the first start, kept in a file of mode 600 or in the environment."""

import base64
import json
import os
import secrets
import stat
from pathlib import Path

from kith.settings.env import BadSetting

NAMES = ("django", "link", "seal", "code")  # signing, owner tags, sealed fields, recovery codes
MIN_BYTES = 32


def load_keys(data: Path, from_env: str = "") -> dict[str, bytes]:
    """
    Return the keys by name, making them (and the data folder) when there are none yet.

    :raises BadSetting: when the file is open to others, broken, or too short
    """
    if from_env:
        return _parse(from_env, "KITH_KEYS")
    path = data / "keys.json"
    if not path.exists():
        _make(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise BadSetting(f"{path} can be read by others (mode {mode:o}). Run: chmod 600 {path}")
    return _parse(path.read_text(encoding="ascii"), str(path))


def _make(path: Path) -> None:
    folders = [path.parent] if path.parent.exists() else [path.parent, path.parent.parent]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {name: base64.b64encode(secrets.token_bytes(MIN_BYTES)).decode("ascii") for name in NAMES}
    scratch = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(scratch, path)  # two processes starting at once agree on the first one's keys
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
    # Without its keys a database is lost: their names are on the disk before anything is written with them.
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _parse(text: str, where: str) -> dict[str, bytes]:
    try:
        keys = {name: base64.b64decode(value, validate=True) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BadSetting(f"The keys in {where} cannot be read: {error}.") from error
    for name in NAMES:
        if len(keys.get(name, b"")) < MIN_BYTES:
            raise BadSetting(f"The key {name!r} in {where} is missing or shorter than {MIN_BYTES} bytes.")
    return keys
