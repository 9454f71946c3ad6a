"""A fault of ours leaves one line in the log: its class, the route, the line of code, and nothing of anybody's."""

import io
import logging
from unittest.mock import patch

import pytest

from kith.core.faults import Lines
from kith.testing.cast import make_cast
from kith.testing.clients import client_of, client_with

pytestmark = pytest.mark.django_db
CANARY = "canary"


@pytest.fixture
def log():
    """Return what the handler of the settings writes."""
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, Lines)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def cast(db):
    return make_cast()


def quiet(client):
    client.raise_request_exception = False
    return client


class TestAFaultInAView:
    def send(self, cast, problem):
        client = quiet(client_of(cast.viewer("ben")))
        with patch("kith.conversation.actions.start_topic", side_effect=problem):
            return client.post(
                f"/g/{cast.group}/topics/new/?{CANARY}=1", {"title": CANARY, "words": CANARY, CANARY: CANARY},
                REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT=CANARY, HTTP_REFERER=CANARY,
            )  # fmt: skip

    def test_names_its_class_the_route_and_the_line(self, cast, log):
        answer = self.send(cast, ValueError(f"{CANARY} of somebody"))
        assert answer.status_code == 500
        assert CANARY.encode() in answer.content  # what was typed comes back
        (line,) = log.getvalue().splitlines()
        assert "ERROR django.request 500 in new_topic: ValueError at kith/web/conversation/topics.py:" in line

    def test_says_nothing_else(self, cast, log):
        inner = KeyError(CANARY)
        outer = RuntimeError(CANARY)
        outer.__cause__ = inner
        self.send(cast, outer)
        for secret in (CANARY, "203.0.113", cast.group, "/topics/", "Traceback"):
            assert secret not in log.getvalue()

    def test_a_database_that_cannot_is_named_too(self, cast, log):
        from django.db.utils import OperationalError

        self.send(cast, OperationalError(CANARY))
        assert "503 in new_topic:" in log.getvalue()
        assert CANARY not in log.getvalue()


def test_a_fault_before_the_view_is_named(cast, log):
    with patch("kith.web.middleware.find_signed_in", side_effect=KeyError(CANARY)):
        assert quiet(client_with("")).get(f"/{CANARY}/").status_code == 500
    assert "KeyError at kith/web/middleware.py:" in log.getvalue()
    assert CANARY not in log.getvalue()


def test_what_is_nobodys_fault_is_not_logged(cast, log):
    client = client_of(cast.viewer("ben"))
    assert client.get(f"/g/{CANARY}/").status_code == 404
    assert client.post(f"/g/{cast.group}/topics/new/", {"title": CANARY}).status_code == 422
    assert log.getvalue() == ""


def test_a_strange_host_is_not_repeated(cast, log):
    client_with("").get("/", HTTP_HOST=f"{CANARY}.example")
    client_of(cast.viewer("ada")).post(f"/g/{cast.group}/desk/invitations/", {"role": "member"}, HTTP_HOST=f"{CANARY}.example")
    assert CANARY not in log.getvalue()


def test_other_peoples_messages_are_left_out_and_ours_stay(log):
    logging.getLogger("somebody.else").error("%s was here", CANARY)
    logging.getLogger("kith.work").warning("two letters wait")
    first, second = log.getvalue().splitlines()
    assert CANARY not in first
    assert "ERROR somebody.else test_faults:" in first
    assert second.endswith("WARNING kith.work two letters wait")
