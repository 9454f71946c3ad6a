"""What the tests of crashes share: a small world in a database file of its own, and code that runs there and dies where it is told to."""

import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from kith.testing.serving import environment

_BUILD = """
import django; django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from kith.cli.preparing import prepare; prepare()
from kith.testing.cast import make_cast; make_cast()
"""
_START = """
import django, os, signal; django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from kith.conversation.models import Post
from kith.groups.models import Group
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.notify.models import Notice, Outbox
from kith.notify.actions import set_wants_mail
from kith.people.actions.accounts import find_person
from kith.testing.clients import client_of
from kith.web import throttle
code = Group.objects.get().code
viewers = {name: Viewer(find_person(f"{name} 1000")) for name in ("ada", "ben", "fay")}
ada, ben, fay = map(client_of, viewers.values())
FORMS = {
    "topic": (f"/g/{code}/topics/new/", {"title": "One", "words": "A line of mine.", "intent": "same"}),
    "reply": (f"/g/{code}/topics/1/reply/", {"words": "An answer of mine.", "intent": "other"}),
}
def send(who, form):
    throttle.forget()
    answer = who.post(*FORMS[form])
    assert answer.status_code == 302, (answer.status_code, answer.content[:300])
    return answer["Location"]
def count(form):
    return Post.objects.filter(words=FORMS[form][1]["words"]).count()
def die_after_commit(connection):
    commit(connection)
    os.kill(os.getpid(), signal.SIGKILL)
commit = BaseDatabaseWrapper._commit
def killed(who, form):
    # The child dies straight after the COMMIT of its post: nobody hears an answer, and what was to be done afterwards is not done.
    connections.close_all()
    child = os.fork()
    if not child:
        BaseDatabaseWrapper._commit = die_after_commit
        who.post(*FORMS[form])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""


def run(place: Path, code: str) -> tuple[int, str]:
    """Run this in a copy of the world; return how it ended, and what it said."""
    shutil.copytree(_world(), place / "data")
    done = _python(place / "data", _START + code)
    return done.returncode, done.stdout[-1000:] + done.stderr[-3000:]


@cache
def _world() -> Path:
    place = Path(tempfile.mkdtemp(prefix="kith-crash-"))
    built = _python(place, _BUILD)
    assert built.returncode == 0, built.stderr
    return place


def _python(place: Path, code: str) -> "subprocess.CompletedProcess[str]":
    env = environment(place, DJANGO_SETTINGS_MODULE="kith.settings.base", DATABASE_URL="")
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
