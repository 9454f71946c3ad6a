"""What a disk holds after a power cut: replayed from a log of system calls (research/trust.md 3.R describes it)."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
# Written straight into memory, or built anew by whoever opens the database: no promise rests on it.
_UNKEPT = ("-shm",)
CALLS = (
    "openat,open,creat,write,pwrite64,fsync,fdatasync,ftruncate,link,linkat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "writev,pwritev,pwritev2,fallocate,copy_file_range,sendfile,truncate,symlink,symlinkat"
)
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_OPENED = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})+)>(\(deleted\))?")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_LINE = re.compile(r"(\d+) +(.*)")


class Unknown(Exception):
    """A system call that this replay does not know: its figures would be worth nothing."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one path; a sync has a beginning (`sync`) and an end (`synced`)."""

    kind: str  # make, folder, empty, write, cut, sync, synced, name, rename, remove
    path: str
    data: bytes = b""
    at: int = -1  # where it was written; -1 for "behind what was written last"
    process: int = 0
    other: str = ""


def strace(log: Path) -> list[str]:
    """Return the command that records what `events` reads, to be put before another command."""
    return [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "--seccomp-bpf",
        "-qq",
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
        "-o",
        str(log),
    ]


def events(log: Path, *roots: Path) -> Iterator[Event]:
    """Read what happened below these folders, in the order in which it was over; a sync also when it began."""
    marks = ["".join(f"\\x{byte:02x}" for byte in str(root).encode()) for root in roots]
    begun: dict[int, str] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            found = _LINE.match(line)
            if found is None:
                continue
            process, words = int(found[1]), found[2]
            if words.startswith("<... "):
                words = begun.pop(process, "") + words.partition(" resumed>")[2]
                if any(mark in words for mark in marks):
                    yield from _events(process, words, begins=False)
            elif not any(mark in words for mark in marks):
                begun.pop(process, None)
            elif words.endswith(" <unfinished ...>"):
                begun[process] = words.removesuffix(" <unfinished ...>")
                if words.startswith(("fsync(", "fdatasync(")):
                    yield Event("sync", _path(words.partition("(")[2])[0], process=process)
            else:
                yield from _events(process, words, begins=True)


def _events(process: int, words: str, *, begins: bool) -> Iterator[Event]:
    call = _CALL.match(words)
    if call is None or int(call[3]) < 0:
        return
    name, given, result = call[1], call[2], int(call[3])
    if name in ("fsync", "fdatasync"):
        path, gone = _path(given)
        if begins:
            yield Event("sync", path, process=process)
        yield Event("synced", path, process=process)
    elif name in ("write", "pwrite64", "ftruncate"):
        path, gone = _path(given)
        if not gone and not path.endswith(_UNKEPT):
            numbers = given.rpartition('"')[2].split(", ")
            if name == "ftruncate":
                yield Event("cut", path, at=int(given.rpartition(", ")[2]))
            else:
                yield Event("write", path, _strings(given)[0][:result], int(numbers[2]) if name == "pwrite64" else -1)
    elif name in ("openat", "open"):
        yield from _opened(given)
    elif name in ("mkdir", "mkdirat"):
        yield Event("folder", _strings(given)[0].decode())
    elif name in ("unlink", "unlinkat", "rmdir"):
        yield Event("remove", _strings(given)[0].decode())
    elif name in ("link", "linkat", "rename", "renameat", "renameat2"):
        old, new = (path.decode() for path in _strings(given))
        yield Event("name" if name.startswith("link") else "rename", new, other=old)
    else:
        raise Unknown(f"{name} of {given[:200]}")


def _opened(given: str) -> Iterator[Event]:
    path = _strings(given)[0].decode()
    if path.endswith(_UNKEPT):
        return
    flags = given.rpartition('"')[2]
    if "O_CREAT" in flags:
        yield Event("make", path)
    if "O_TRUNC" in flags:
        yield Event("cut", path, at=0)
    if "O_RDONLY" not in flags:
        yield Event("begin", path, at=-1 if "O_APPEND" in flags else 0)


def _path(given: str) -> tuple[str, bool]:
    found = _OPENED.match(given)
    if found is None:
        raise Unknown(given[:200])
    return _plain(found[1]).decode(), bool(found[2])


def _strings(given: str) -> list[bytes]:
    found = _STRING.findall(given)
    if any(cut for _text, cut in found):
        raise Unknown("strace cut a text short")
    return [_plain(text) for text, _cut in found]


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass(slots=True, eq=False)
class File:
    """What was synced of a file, and what came since; `done` counts what has gone from the one to the other."""

    durable: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)  # where, and what; None cuts the file there
    done: int = 0
    size: int = 0
    at: int = 0

    def change(self, at: int, data: bytes | None) -> None:
        """Note a write, or a cut at this size."""
        self.since.append((at, data))
        self.size = at if data is None else max(self.size, at + len(data))

    def keep(self, upto: int) -> None:
        """Take what came until then to the disk."""
        while self.done < upto:
            _put(self.durable, *self.since.pop(0))
            self.done += 1


@dataclass(slots=True, eq=False)
class Folder:
    """A folder; what is in it stands in the disk's names."""


def _put(image: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del image[at:]
        image.extend(bytes(at - len(image)))
    else:
        image.extend(bytes(max(0, at - len(image))))
        image[at : at + len(data)] = data


class Disk:
    """
    A folder as programs see it, and as it would be found after a cut: every name and every write that was not synced may be lost.

    A file's bytes are kept by a sync of the file, its name by a sync of its folder; whichever process asks for it.
    """

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._names: dict[str, File | Folder] = {}
        for path in root.rglob("*"):
            data = bytearray(path.read_bytes()) if path.is_file() else bytearray()
            self._names[str(path)] = File(data, size=len(data)) if path.is_file() else Folder()
        self._kept = dict(self._names)
        self._syncs: dict[tuple[int, str], tuple[File, int] | dict[str, File | Folder]] = {}

    def apply(self, event: Event) -> None:
        """Let one thing happen."""
        here = self._names.get(event.path)
        if event.kind == "make" and here is None:
            self._names[event.path] = File()
        elif event.kind == "folder":
            self._names[event.path] = Folder()
        elif event.kind in ("name", "rename"):
            self._names[event.path] = self._names[event.other]
            if event.kind == "rename":
                del self._names[event.other]
        elif event.kind == "remove":
            self._names.pop(event.path, None)
        elif event.kind in ("sync", "synced"):
            self._sync(event, here)
        elif isinstance(here, File):
            self._write(event, here)

    def _write(self, event: Event, file: File) -> None:
        if event.kind == "begin":
            file.at = file.size if event.at < 0 else event.at
        elif event.kind == "cut":
            file.change(event.at, None)
        elif event.kind == "write":
            at = file.at if event.at < 0 else event.at
            file.change(at, event.data)
            file.at = at + len(event.data) if event.at < 0 else file.at

    def _sync(self, event: Event, here: File | Folder | None) -> None:
        """What was there when a sync began is kept once it has ended."""
        key = (event.process, event.path)
        if event.kind == "sync":
            if isinstance(here, File):
                self._syncs[key] = (here, here.done + len(here.since))
            else:
                self._syncs[key] = {path: found for path, found in self._names.items() if _parent(path) == event.path}
            return
        found = self._syncs.pop(key)
        if isinstance(found, tuple):
            found[0].keep(found[1])
        else:
            self._kept = {path: one for path, one in self._kept.items() if _parent(path) != event.path} | found

    def unsynced(self) -> int:
        """Count the writes that a cut at this moment may take away."""
        return sum(len(one.since) for one in self._names.values() if isinstance(one, File))

    def cut(self, chance: random.Random | None = None) -> dict[str, bytes]:
        """
        Return what is found after a cut: path below the root, and bytes.

        The worst case is that all that was not synced is lost. With `chance`, each name and each write was kept or not, in any
        order, and some of the writes were torn between two sectors.
        """
        names = dict(self._kept)
        if chance is not None:
            for path in sorted(
                self._names.keys() ^ names.keys() | {p for p, one in self._names.items() if names.get(p) is not one}
            ):
                if chance.random() < 0.5:
                    names.pop(path, None)
                    names |= {path: self._names[path]} if path in self._names else {}
        return {
            path.removeprefix(f"{self._root}/"): _image(one, chance)
            for path, one in names.items()
            if isinstance(one, File) and self._reached(path, names)
        }

    def _reached(self, path: str, names: dict[str, File | Folder]) -> bool:
        """Say whether every folder on the way to a file is there."""
        above = _parent(path)
        return above == self._root or (isinstance(names.get(above), Folder) and self._reached(above, names))


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _image(file: File, chance: random.Random | None) -> bytes:
    image = bytearray(file.durable)
    for at, data in file.since if chance is not None else ():
        if chance is None or chance.random() < 0.5:
            continue
        if data is None or chance.random() < 0.7:
            _put(image, at, data)
        else:
            begin = at
            for end in (*range(at - at % SECTOR + SECTOR, at + len(data), SECTOR), at + len(data)):
                if chance.random() < 0.5:
                    _put(image, begin, data[begin - at : end - at])
                begin = end
    return bytes(image)
