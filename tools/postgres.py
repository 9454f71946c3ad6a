"""Run a command with a PostgreSQL cluster of its own in a temporary folder: `python -m tools.postgres COMMAND …`."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.services import postgres_folder

# For tests only: nothing in this cluster outlives the run. `--safe` keeps what durability rests on.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def cluster(*, safe: bool = False) -> Iterator[str]:
    """Start a cluster and yield its DATABASE_URL (over a socket, no port); stop and remove it afterwards."""
    programs = postgres_folder()
    if programs is None:
        raise SystemExit("PostgreSQL 15 or newer is missing: make services")
    folder = Path(tempfile.mkdtemp(prefix="kith-pg-"))
    prefix, owner = _as_postgres()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    _run(prefix, programs / "initdb", "-D", data, "-U", "kith", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {'' if safe else FAST}"
    _run(prefix, programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        _run(prefix, programs / "createdb", "-h", folder, "-U", "kith", "kith")
        yield f"postgres://kith@/kith?host={folder}"
    finally:
        _run(prefix, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(prefix: list[str], *args: object) -> None:
    subprocess.run([*prefix, *map(str, args)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _as_postgres() -> tuple[list[str], "pwd.struct_passwd | None"]:
    """initdb refuses root: run as `postgres` (or `nobody`) there."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            return ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups"], pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("There is no user that PostgreSQL may run as.")


def main() -> None:
    """Run the command with DATABASE_URL set."""
    with cluster() as url:
        done = subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
