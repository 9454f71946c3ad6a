"""Run a command with a PostgreSQL cluster of its own in a temporary folder: `python -m tools.postgres COMMAND …`."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.services import INSTALL, postgres_folder

# For tests only: nothing in such a cluster outlives the run. `safe` keeps what durability rests on.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def cluster(*, safe: bool = False, keep: Path | None = None) -> Iterator[str]:
    """
    Start a cluster and yield its DATABASE_URL (a socket, no port); stop it by its own pid file afterwards.

    Its folder is removed, unless it was named with `keep`: then the next cluster there has the same data.
    """
    programs = postgres_folder()
    if programs is None:
        raise SystemExit(f"PostgreSQL 15 or newer is missing. This installs it, as root: {INSTALL}")
    scratch = Path(tempfile.mkdtemp(prefix="kith-pg-", dir="/tmp"))  # not TMPDIR: a socket's path has 107 bytes at most
    folder, prefix = keep or scratch, _as_postgres(scratch)
    data = folder / "data"
    options = f"-k {scratch} -c listen_addresses='' -c max_connections=200 {'' if safe else FAST}"
    try:
        if not (data / "global/pg_control").exists():
            _make(prefix, programs, folder, data)
        _run(prefix, programs / "pg_ctl", "-D", data, "-o", options, "-l", scratch / "log", "-w", "start")
        try:
            # A kept cluster has the database already.
            _run(prefix, programs / "createdb", "-h", scratch, "-U", "kith", "kith", unless="already exists")
            yield f"postgres://kith@/kith?host={scratch}"
        finally:
            _run(prefix, programs / "pg_ctl", "-D", data, "-m", "fast" if keep else "immediate", "-w", "stop")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _make(prefix: list[str], programs: Path, folder: Path, data: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(data, ignore_errors=True)  # what an interrupted start left
    _as_postgres(folder)
    _run(prefix, programs / "initdb", "-D", data, "-U", "kith", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")


def _run(prefix: list[str], *args: object, unless: str = "") -> None:
    """Run one of PostgreSQL's programs; let it be heard only when it fails (what it starts would hold a pipe open)."""
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([*prefix, *map(str, args)], check=False, stdout=said, stderr=said, cwd="/")
        if done.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")
            if not unless or unless not in words:
                raise SystemExit(f"{' '.join(map(str, args[:3]))} failed:\n{words}")


def _as_postgres(folder: Path) -> list[str]:
    """initdb refuses root: give the folder to `postgres` (or `nobody`) there, and return the prefix that runs a command as them."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return ["setpriv", f"--reuid={name}", f"--regid={user.pw_gid}", "--clear-groups"]
    raise SystemExit("There is no user that PostgreSQL may run as.")


def main() -> None:
    """Run the command with DATABASE_URL set, and answer as it does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then, too
    with cluster() as url:
        done = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
