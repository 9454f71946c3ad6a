"""A disk that is really full and a database that is really locked: the words come back, and the retry is said once."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.db import connection

from kith.testing.serving import environment, serving

# What both do: build the cast in a folder of its own, send an answer while something is wrong, mend it, send the same form again.
START = """
import django, os; from pathlib import Path
from django.conf import settings
django.setup()
settings.ALLOWED_HOSTS = ["testserver"]
from kith.cli.preparing import prepare; prepare()
from django.db import connection
connection.close()
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
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

# Quick exit from a server of its own, while every page thread waits for the locked database.
BUILD = """
from kith.core.models import Site
from kith.testing.cast import make_cast
from kith.testing.clients import session_of
from kith.cli.preparing import prepare; prepare()
from kith.web import cookies
from django.http import HttpResponse
cast, response = make_cast(), HttpResponse()
cookies.write(response, session_of(cast.viewer("ben")), own_device=False)
print(response.cookies[cookies.name()].value)
"""
LOCK = """
import sys, sqlite3
from django.conf import settings
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
other.execute("ROLLBACK")
print("free", flush=True)
sys.stdin.readline()
"""
DJANGO = "import django; django.setup()\n"


@pytest.fixture(autouse=True)
def _once():
    """SQLite's own faults: once is enough."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own faults; the run on SQLite has them")


def run(command, data):
    env = environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


@pytest.mark.slow
def test_a_locked_database(tmp_path):
    run([sys.executable, "-c", START + LOCKED], tmp_path)


@pytest.mark.slow
def test_a_full_disk(tmp_path):
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.fail("This test mounts a small disk of its own (unshare -rm), which this machine refuses: run it as root.")
    (tmp_path / "code.py").write_text(START + FULL)
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o700)
    mount = f"mount -t tmpfs -o size=12m,mode=700 none {disk} && exec {sys.executable} {tmp_path / 'code.py'}"
    run(["unshare", "-rm", "sh", "-c", mount], disk)
    assert os.listdir(disk) == []


@pytest.mark.slow
def test_quick_exit_while_the_database_is_locked(tmp_path):
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    built = subprocess.run([sys.executable, "-c", DJANGO + BUILD], env=env, capture_output=True, text=True, check=True)
    cookie = built.stdout.strip()
    with serving(tmp_path, KITH_WORKERS="1") as site, holding(env) as free:
        stuck = [Thread(target=visit, args=(site, "POST", "/account/signup/", ""), daemon=True) for _ in range(6)]
        for thread in stuck:
            thread.start()
        time.sleep(0.5)
        begin = time.monotonic()
        status, headers, body = visit(site, "POST", "/exit/", cookie)
        took = time.monotonic() - begin
        assert (status, b"wikipedia" in body) == (200, True)
        assert took < 4, took  # who waits for the lock waits five seconds and more; a busy machine may need two
        assert headers["Clear-Site-Data"] == '"cookies", "storage", "cache"'
        assert "seat=gone" in str(headers.get_all("Set-Cookie"))
        free()
        until = time.monotonic() + 20
        while visit(site, "GET", "/me/privacy/", cookie)[0] == 200:
            assert time.monotonic() < until
            time.sleep(0.2)


@contextmanager
def holding(env):
    """Hold the database's write lock from another process until the given call."""
    holder = subprocess.Popen([sys.executable, "-c", DJANGO + LOCK], env=env, stdin=-1, stdout=-1, text=True)

    def go_on():
        holder.stdin.write("\n")
        holder.stdin.flush()
        return holder.stdout.readline()

    assert holder.stdout.readline() == "locked\n"
    try:
        yield go_on
    finally:
        holder.kill()
        holder.wait()


def visit(site, method, path, cookie):
    """Ask for one page as a browser that carries this session and answers forms of its own."""
    line, token = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60), "a" * 32
    fields = {
        "csrfmiddlewaretoken": token,
        "name": "plum",
        "phrase": "four quiet words here",
        "adult": "1",
        "health_consent": "1",
    }
    headers = {"Cookie": f"seat={cookie}; form={token}", "Content-Type": "application/x-www-form-urlencoded"}
    line.request(method, path, urlencode(fields) if method == "POST" else None, headers)
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read()
