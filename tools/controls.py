"""
Plant faults and see each of them caught: `python -m tools.controls [NAME …]`, or `make controls`.

Each table in controls/*.toml is one fault: the check it breaks (tests/trust/checks.toml), the one test that must see it, and the
text that it changes. It is planted into a scratch copy of the tracked files, never here. The test must pass there before, and
with the fault fail by what it asserts: a fault that only breaks the code proves nothing.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# By what the test asserts, or because something of ours refuses what it should not.
_SEEN = re.compile(r"^FAILED .* - (AssertionError|assert |Failed: DID NOT RAISE|kith\.core\.errors\.)", re.MULTILINE)
_PATIENCE = 600  # seconds for one test


@dataclass(frozen=True)
class Change:
    """One text of one file that becomes another."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """
        Change the file.

        :raises SystemExit: unless the old text stands there exactly once
        """
        path = root / self.file
        before = path.read_text()
        if before.count(self.old) != 1:
            raise SystemExit(f"{self.file} holds this text {before.count(self.old)} times, not once:\n{self.old}")
        _write(path, before.replace(self.old, self.new).encode())


@dataclass(frozen=True)
class Fault:
    """A fault to plant: what it is, the check that it breaks, the test that must see it, and what it changes."""

    name: str
    says: str
    check: str
    test: str
    changes: tuple[Change, ...]


def faults() -> list[Fault]:
    """Read every fault, in the order of the files."""
    found = []
    for path in sorted((ROOT / "controls").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text()).items():
            changes = tuple(Change(part["file"], part["old"], part["new"]) for part in (row, *row.get("also", ())))
            found.append(Fault(name, row["says"], row["check"], row["test"], changes))
    return found


def main(names: Collection[str]) -> int:
    """Plant the faults (those named, or all), one after another; say which were caught."""
    chosen = [fault for fault in faults() if not names or fault.name in names]
    with tempfile.TemporaryDirectory(prefix="kith-controls-", dir="/tmp") as place:
        root = Path(place) / "kith"
        _copy(root)
        red = _run(root, *dict.fromkeys(fault.test for fault in chosen))
        if red.returncode:
            print(red.stdout[-3000:], "Without any fault planted these tests must pass.", sep="\n")
            return 1
        caught = sum(_is_caught(root, fault) for fault in chosen)
    print(f"{caught} of {len(chosen)} caught")
    return 0 if chosen and caught == len(chosen) else 1


def _copy(root: Path) -> None:
    """Copy what git knows or would take: nothing that was built, and no data."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes((ROOT / name).read_bytes())


def _is_caught(root: Path, fault: Fault) -> bool:
    kept = {change.file: (root / change.file).read_bytes() for change in fault.changes}
    begin = time.monotonic()
    try:
        for change in fault.changes:
            change.apply(root)
        done = _run(root, fault.test)
    finally:
        for name, data in kept.items():
            _write(root / name, data)
    caught = done.returncode == 1 and _SEEN.search(done.stdout) is not None
    print(
        f"{'caught' if caught else 'MISSED'} {fault.check} {fault.name}: {fault.says} ({time.monotonic() - begin:.0f} s)",
        flush=True,
    )
    if not caught:
        print(done.stdout[-2000:], done.stderr[-1000:], sep="\n", flush=True)
    return caught


def _write(path: Path, data: bytes) -> None:
    """Write a file and forget what was compiled of it: Python would trust that if second and size are the same."""
    path.write_bytes(data)
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def _run(root: Path, *tests: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_") or name == "KITH_CHROMIUM"}
    env = kept | {"PYTHONPATH": str(root), "COLUMNS": "2000"}
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, timeout=_PATIENCE * len(tests), check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
