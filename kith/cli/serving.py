"""Run the server: one granian process per core, and the worker as a process beside them."""

import multiprocessing
import os
import threading

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from kith.cli.waiting import wait_until_up
from kith.cli.working import work_forever
from kith.core import likeness
from kith.finding import voices

_FORK = multiprocessing.get_context("fork")  # shares the parent's memory: a worker costs a few megabytes


def serve(host: str, port: int) -> None:
    """
    Serve until a signal comes.

    This parent forks, so it holds no database connection and no thread that could: a fork in the middle of a statement
    leaves the child with a lock that nobody opens again.
    """
    voices.load()  # these two are read here and shared by every process
    likeness.read_ahead()
    connections.close_all()
    stop = threading.Event()
    threading.Thread(target=_keep_working, args=(stop,), daemon=True, name="worker").start()
    server = Granian(
        "kith.asgi:application", address=host, port=port, interface=Interfaces.ASGI, loop=Loops.uvloop,
        workers=settings.ENV.workers or os.cpu_count() or 1, backlog=4096, backpressure=1000, workers_kill_timeout=2,
        log_enabled=True, log_level=LogLevels.warning, log_access=False, respawn_failed_workers=True,
        websockets=False,
    )  # fmt: skip
    try:
        server.serve()
    finally:
        stop.set()


def _keep_working(stop: threading.Event) -> None:
    """Keep one worker process alive; it ends with this parent."""
    while not stop.is_set():
        worker = _FORK.Process(target=work_forever, args=(os.getpid(),), daemon=True, name="kith-worker")
        worker.start()
        worker.join()
        stop.wait(1)


def announce_when_up(port: int, words: str) -> None:
    """Print where the site is, as soon as it answers."""

    def wait_and_say() -> None:
        if wait_until_up(port):
            print(words, flush=True)

    threading.Thread(target=wait_and_say, daemon=True).start()
