"""DU3: a form that is sent again, by many at once or after the server died behind its COMMIT, makes one post and gets one answer."""

import pytest
from django.db import connection

from tests.trust.crashing import run

TOGETHER = """
from concurrent.futures import ThreadPoolExecutor
from django.test import Client
def once(_time):
    mine = Client()
    mine.cookies.update(ben.cookies)
    try:
        return send(mine, form)
    finally:
        connections.close_all()
for form in ("topic", "reply"):
    with ThreadPoolExecutor(12) as pool:
        answers = set(pool.map(once, range(24)))
    assert len(answers) == 1, answers
    assert count(form) == 1
    other = send(fay, form)
    assert other not in answers and count(form) == 2
    assert send(fay, form) == other and send(ben, form) in answers and count(form) == 2
"""
POSTS = """
send(ada, "topic")
for form, was in (("topic", 1), ("reply", 0)):
    killed(ben, form)
    assert count(form) == was + 1, (form, count(form))
    answer = send(ben, form)
    assert count(form) == was + 1, (form, count(form))
    assert send(ben, form) == answer and count(form) == was + 1
assert Notice.objects.filter(kind="conversation.answered").count() == 1
"""


@pytest.fixture(autouse=True)
def _once():
    if connection.vendor != "sqlite":
        pytest.skip("on a database file of its own; the run on SQLite has it")


@pytest.mark.slow
def test_twenty_four_at_once_make_one(tmp_path):
    assert run(tmp_path, TOGETHER) == (0, "")


@pytest.mark.slow
def test_a_kill_behind_the_commit_makes_one(tmp_path):
    assert run(tmp_path, POSTS) == (0, "")
