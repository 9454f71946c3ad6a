"""DU7: the worker is killed before and behind any COMMIT of an errand: each errand is done once, none twice, none never."""

import pytest
from django.db import connection

from tests.trust.crashing import run

# An errand leaves a line; a line that is there twice was done twice. Each child dies at another of its commits, by turns before and behind it.
COUNTED = """
import random
from datetime import timedelta
from kith.core.models import Event
from kith.groups.actions import run_errands
from kith.groups.errands import leave_errand, register
from kith.groups.models import Errand
from kith.testing.cast import AT
def note(task, at):
    Event.objects.create(channel=f"errand:{task['number']}", kind="post", made_at=at)
    return True
register("note", note)
for number in range(60):
    leave_errand({"do": "note", "number": number}, at=AT, now=number % 2 == 0)
now, chance, deaths = AT + timedelta(hours=73), random.Random(4), {"before": 0, "behind": 0}
while Errand.objects.exists():
    how, left = chance.choice(("before", "behind")), chance.randrange(1, 6)
    connections.close_all()
    child = os.fork()
    if not child:
        def counted(connection):
            global left
            left -= 1
            if left == 0 and how == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            commit(connection)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        BaseDatabaseWrapper._commit = counted
        run_errands(at=now)
        os._exit(0)
    deaths[how] += os.waitpid(child, 0)[1] == signal.SIGKILL
assert min(deaths.values()) > 5, deaths
assert sorted(Event.objects.filter(channel__startswith="errand:").values_list("channel", flat=True)) == sorted(f"errand:{n}" for n in range(60))
# A clock that jumps back a day does nothing early; one that jumps ahead does everything once.
key = leave_errand({"do": "note", "number": 99}, at=now, now=True)
assert run_errands(at=now - timedelta(days=1)) == 0 and Errand.objects.filter(pk=key).exists()
assert run_errands(at=now + timedelta(days=1)) == 1 and run_errands(at=now + timedelta(days=2)) == 0
assert Event.objects.filter(channel="errand:99").count() == 1
"""


@pytest.mark.slow
def test_an_errand_is_done_once_whenever_the_worker_is_killed(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("on a database file of its own; the run on SQLite has it")
    assert run(tmp_path, COUNTED) == (0, "")
