"""Run the server: one granian process per core, and the worker beside them."""

import os
import threading

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from kith.cli.waiting import wait_until_up
from kith.cli.working import work_forever


def serve(host: str, port: int) -> None:
    """Serve until a signal comes; the worker runs in a thread of this parent process, so it never slows a page."""
    stop = threading.Event()
    worker = threading.Thread(target=work_forever, args=(stop,), daemon=True, name="worker")
    worker.start()
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


def announce_when_up(port: int, words: str) -> None:
    """Print where the site is, as soon as it answers."""

    def wait_and_say() -> None:
        if wait_until_up(port):
            print(words, flush=True)

    threading.Thread(target=wait_and_say, daemon=True).start()
