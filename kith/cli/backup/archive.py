"""
The inside of an archive: a packed tar that `age -d … | tar xz` opens too.

First `head.json` (what it is, and what it needs), then the database and the pictures, last `manifest.json` (what must have come out).
"""

import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from kith.cli.backup.sealing import opened
from kith.cli.backup.words import Unusable

FORMAT = 1
HEAD, MANIFEST = "head.json", "manifest.json"
_CHUNK = 1 << 20
_PLAIN = re.compile(
    r"head\.json|manifest\.json|kith\.sqlite3|tables/[a-z_]{1,60}\.copy|files/[a-z0-9]{2}/[a-z0-9]{4,40}-[0-9]{1,4}\.webp"
)
_MOST_SAID = 1 << 24  # bytes of a head or a manifest


@dataclass(frozen=True)
class Head:
    """What an archive is, and what must be here to restore it."""

    kith: str
    made_at: str
    database: str  # sqlite or postgresql
    migrations: list[str]
    keys: dict[str, str]  # a mark of each key that something rests on, never a key
    recipient: str
    settings: dict[str, str]
    format: int = FORMAT

    @property
    def made(self) -> datetime:
        """Return when it was made."""
        return datetime.fromisoformat(self.made_at)


@dataclass
class Manifest:
    """What must have come out: size and hash of every file, rows of every table."""

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    without_files: int = 0  # pictures whose files were lost before


def pack(head: Head, manifest: Manifest, members: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """Make the bytes of an archive, before it is sealed; sizes and hashes go into the manifest on the way."""
    packer = zlib.compressobj(3, zlib.DEFLATED, 31)
    for chunk in _pack(head, manifest, members):
        yield packer.compress(chunk)
    yield packer.flush()


def _pack(head: Head, manifest: Manifest, members: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    yield from _said(HEAD, asdict(head))
    for name, path in members:
        digest, size = hashlib.sha256(), path.stat().st_size
        yield _header(name, size)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                yield chunk
        yield bytes(-size % 512)
        manifest.files[name] = (size, digest.hexdigest())
    yield from _said(MANIFEST, asdict(manifest))
    yield bytes(1024)


def _said(name: str, what: dict[str, Any]) -> Iterator[bytes]:
    words = json.dumps(what, indent=1).encode()
    yield _header(name, len(words)) + words + bytes(-len(words) % 512)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def unpack(archive: Path, identity: str, folder: Path, check: Callable[[Head], None]) -> tuple[Head, Manifest]:
    """
    Open an archive into an empty folder and hold every byte against its manifest; `check` may refuse it by its head.

    :raises Unusable: if it is not whole, not ours, or not for here
    """
    found: dict[str, tuple[int, str]] = {}
    with opened(archive, identity) as plain:
        head, manifest = _read_all(plain, folder, check, found)
    wrong = [name for name in {*manifest.files, *found} if manifest.files.get(name) != found.get(name)]
    if wrong:
        raise Unusable(f"{archive.name} does not hold what it says: {len(wrong)} files differ, {min(wrong)} among them.")
    return head, manifest


def _read_all(
    plain: BinaryIO, folder: Path, check: Callable[[Head], None], found: dict[str, tuple[int, str]]
) -> tuple[Head, Manifest]:
    head = manifest = None
    with tarfile.open(fileobj=plain, mode="r|gz") as tar:
        for info in tar:
            if not info.isreg() or not _PLAIN.fullmatch(info.name) or (head is None) != (info.name == HEAD) or manifest:
                raise ValueError("no part of ours")
            part = tar.extractfile(info)
            assert part is not None  # noqa: S101 - it is a plain file
            if info.name == HEAD:
                head = _head(json.loads(part.read(_MOST_SAID)))
                check(head)
            elif info.name == MANIFEST:
                manifest = Manifest(**json.loads(part.read(_MOST_SAID)))
                manifest.files = {name: (size, digest) for name, (size, digest) in manifest.files.items()}
            else:
                found[info.name] = _unpack_one(part, folder / info.name)
    if head is None or manifest is None:
        raise ValueError("it has no end")
    return head, manifest


def _head(said: dict[str, Any]) -> Head:
    if said.get("format") != FORMAT:
        raise Unusable(
            f"This backup is of another form ({said.get('format')}) than this Kith reads ({FORMAT}). "
            f"It was made by Kith {said.get('kith')}: install that one, restore with it, and upgrade then."
        )
    return Head(**said)


def _unpack_one(part: Any, path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        while chunk := part.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    path.chmod(0o600)
    return size, digest.hexdigest()
