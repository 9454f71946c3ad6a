"""
The installation's keys: made on the first start, kept in a file of mode 600 or in the environment.

Each name holds one key or more by number, the highest in use: `{"seal": {"1": "...", "2": "..."}}`; a plain string is number 1.
"""

import base64
import json
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from kith.settings.env import BadSetting

NAMES = ("django", "link", "seal", "code")  # signing, owner tags, sealed fields, recovery codes
MIN_BYTES = 32
Keys = dict[str, dict[int, bytes]]


def load_keys(data: Path, from_env: str = "") -> Keys:
    """
    Return the keys by name and number, making them (and the data folder) when there are none yet.

    :raises BadSetting: when the file is open to others, broken, or too short
    """
    if from_env:
        return parse(from_env, "KITH_KEYS")
    path = data / "keys.json"
    if not path.exists():
        _make(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise BadSetting(f"{path} can be read by others (mode {mode:o}). Run: chmod 600 {path}")
    return parse(path.read_text(encoding="ascii"), str(path))


def write_keys(data: Path, keys: Mapping[str, Mapping[int, bytes]]) -> None:
    """Put keys in place of those that are there, in one step that a power cut cannot halve."""
    path = data / "keys.json"
    scratch = _write(path, dump(keys))
    scratch.replace(path)
    _sync(path.parent)


def dump(keys: Mapping[str, Mapping[int, bytes]]) -> str:
    """Write keys as they stand in the file or in KITH_KEYS."""
    shown = {
        name: {str(number): base64.b64encode(key).decode("ascii") for number, key in ring.items()} for name, ring in keys.items()
    }
    return json.dumps(shown)


def _make(path: Path) -> None:
    folders = [path.parent] if path.parent.exists() else [path.parent, path.parent.parent]
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = _write(path, dump({name: {1: secrets.token_bytes(MIN_BYTES)} for name in NAMES}))
    try:
        os.link(scratch, path)  # two processes starting at once agree on the first one's keys
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
    for (
        folder
    ) in folders:  # without its keys a database is lost: their names are on the disk before anything is written with them
        _sync(folder)


def _write(path: Path, words: str) -> Path:
    scratch = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    return scratch


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def parse(text: str, where: str) -> Keys:
    """
    Read keys as `dump` writes them.

    :raises BadSetting: when they are broken, missing or too short
    """
    try:
        keys = {name: _ring(value) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BadSetting(f"The keys in {where} cannot be read: {error}.") from error
    for name in NAMES:
        ring = keys.get(name, {})
        if not ring or any(len(key) < MIN_BYTES for key in ring.values()):
            raise BadSetting(f"The key {name!r} in {where} is missing or shorter than {MIN_BYTES} bytes.")
        if not all(0 < number < 256 for number in ring):
            raise BadSetting(f"The keys {name!r} in {where} have to be numbered from 1 to 255.")
    return keys


def _ring(value: str | dict[str, str]) -> dict[int, bytes]:
    ring = {"1": value} if isinstance(value, str) else value
    return {int(number): base64.b64decode(key, validate=True) for number, key in ring.items()}
