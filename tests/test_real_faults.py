"""A disk that is really full and a database that is really locked: the words come back, and the retry is said once."""

import os
import shutil
import subprocess
import sys

import pytest
from django.db import connection

from kith.testing.serving import environment

# What both do: build the cast in a folder of its own, send an answer while something is wrong, mend it, send the same form again.
START = """
import django, os; from pathlib import Path
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS = ["testserver"]
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
from kith.cli.preparing import prepare; prepare()
from django.db import connection
connection.close()
from kith.conversation.models import Post
from kith.testing.cast import make_cast
from kith.testing.clients import client_of
WORDS = "It took me an hour to write this. " * 1000
cast = make_cast()
client = client_of(cast.viewer("ben"))
client.raise_request_exception = False
assert client.post(f"/g/{cast.group}/topics/new/", {"title": "One", "words": "First.", "intent": "a"}).status_code == 302
def send():
    return client.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "intent": "b"})
def check_refused(answer):
    assert answer.status_code == 503, answer.status_code
    assert answer["Retry-After"]
    assert WORDS.strip().encode() in answer.content
def check_sent_once():
    assert send().status_code == 302
    assert send().status_code == 302
    assert Post.objects.filter(words=WORDS.strip()).count() == 1
"""
FULL = """
filler = (Path(os.environ["KITH_DATA"]) / "filler").open("wb", buffering=0)
try:
    while True: filler.write(b"x" * 4096)
except OSError as full:
    assert full.errno == 28, full
check_refused(send())
page = client.get(f"/g/{cast.group}/topics/1/")
assert page.status_code == 200 and b"First." in page.content, page.status_code
filler.truncate(0)
check_sent_once()
"""
LOCKED = """
import sqlite3  # after Django's set-up, so that it is the driver that Kith put in place: two libraries in one process share no locks
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
check_refused(send())
assert client.get(f"/g/{cast.group}/topics/1/").status_code == 200
other.execute("ROLLBACK")
check_sent_once()
"""


@pytest.fixture(autouse=True)
def _once():
    """SQLite's own faults: once is enough."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own faults; the run on SQLite has them")


def run(command, data):
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def test_a_locked_database(tmp_path):
    run([sys.executable, "-c", START + LOCKED], tmp_path)


def test_a_full_disk(tmp_path):
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.fail("This test mounts a small disk of its own (unshare -rm), which this machine refuses: run it as root.")
    (tmp_path / "code.py").write_text(START + FULL)
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o700)
    mount = f"mount -t tmpfs -o size=12m,mode=700 none {disk} && exec {sys.executable} {tmp_path / 'code.py'}"
    run(["unshare", "-rm", "sh", "-c", mount], disk)
    assert os.listdir(disk) == []
