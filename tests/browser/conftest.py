"""A real server, a real Chromium, and a second origin for quick exit to go to."""

import http.server
import threading

import pytest
from playwright.sync_api import sync_playwright

from kith.testing.serving import run_in, serving
from tools.services import chromium_path

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
BUILD = "from kith.cli.preparing import prepare; prepare(); from tests.browser.people import build; build()"


class _Elsewhere(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Weather</title><p>Mild.</p>")

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="session")
def elsewhere():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def site(tmp_path_factory, elsewhere):
    data = tmp_path_factory.mktemp("site")
    run_in(data, BUILD)
    with serving(data, KITH_EXIT_URL=elsewhere, KITH_WORKERS="1") as served:
        yield served


@pytest.fixture(scope="session")
def play():
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def browser(play):
    chromium = play.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request):
    return request.param
