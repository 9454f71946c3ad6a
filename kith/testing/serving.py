"""A real server for browser tests and benchmarks: its own folder, its own process group, ended by its own id."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kith.cli.waiting import wait_until_up

PYTHON = sys.executable


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    data: Path
    pid: int
    log: Path

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process of ours that works in this folder."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("KITH_") and name != "DJANGO_SETTINGS_MODULE"
    }
    return kept | {"KITH_DATA": str(data), "PYTHONPATH": str(Path(__file__).resolve().parents[2])} | more


def run_in(data: Path, code: str, **more: str) -> None:
    """Run some Python with Django set up, in this folder."""
    start = "import django; django.setup();"
    subprocess.run(
        [PYTHON, "-c", start + code], check=True, env=environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", **more)
    )


@contextmanager
def serving(
    data: Path | None = None, *, command: tuple[str, ...] = ("serve",), inside: tuple[str, ...] = (), **more: str
) -> Iterator[Served]:
    """Serve a folder (a fresh one by default) until the block ends; `inside` another command, which becomes the server."""
    with tempfile.TemporaryDirectory(prefix="kith-serve-") as scratch:
        folder, port = data or Path(scratch), free_port()
        log = Path(scratch) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*inside, PYTHON, "-m", "kith.cli.main", *command, "--port", str(port)], env=environment(folder, **more), stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            if not wait_until_up(port, 90):
                raise RuntimeError(log.read_text())
            yield Served(port, folder, process.pid, log)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(8)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()
