"""The worker: what fails is logged by its kind, and nothing waits behind it."""

import logging
from datetime import timedelta
from unittest.mock import patch

import pytest

from kith.cli import working
from kith.core.models import Event, Site
from kith.groups.errands import leave_errand
from kith.groups.models import Errand
from kith.notify.actions import set_wants_mail, tell
from kith.notify.models import Outbox
from kith.people.actions import set_email
from kith.testing.cast import AT, PHRASE, make_cast

pytestmark = pytest.mark.django_db
STEPS = ("send_letters", "run_errands", "renew_index")


@pytest.mark.parametrize("failing", STEPS)
@pytest.mark.parametrize("fault", [UnicodeError("canary"), ValueError("canary"), KeyError("canary")], ids=repr)
def test_a_step_that_fails_holds_up_no_other(failing, fault, caplog):
    with patch.object(working, "send_letters") as one, patch.object(working, "run_errands") as two, patch.object(
        working, "renew_index"
    ) as three, patch.object(working, "sweep") as last:  # fmt: skip
        steps = dict(zip(STEPS, (one, two, three), strict=True))
        for step in steps.values():
            step.__name__ = "step"
        steps[failing].side_effect = fault
        working.work_once()
        assert all(step.called for step in (*steps.values(), last))
    assert type(fault).__name__ in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".example.org", "a b"])
def test_a_mail_server_with_an_impossible_name_costs_no_more_than_letters(host, caplog):
    cast = make_cast()
    for name in ("ben", "fay"):
        set_email(cast.viewers[name].person, email=f"{name}@example.org", phrase=PHRASE, at=AT)
        set_wants_mail(cast.places[name].mailbox, True)
        tell(cast.places[name].mailbox, "groups.opened", about=cast.group, at=AT)
    Site.objects.filter(pk=1).update(mail_host=host, mail_port=25, mail_security="none", mail_from="n@example.org")
    Event.objects.create(channel="topic:1", kind="post", made_at=AT - timedelta(days=900))
    with caplog.at_level(logging.WARNING):
        working.work_once()
    assert {row.attempts for row in Outbox.objects.all()} == {1}
    assert not Event.objects.filter(made_at__lt=AT - timedelta(days=800)).exists()
    assert "example.org" not in caplog.text


def test_an_errand_that_fails_holds_up_no_other(caplog):
    cast = make_cast()
    leave_errand({"do": "nonsense"}, at=AT - timedelta(hours=1), now=True)
    leave_errand({"do": "leave", "persona": cast.places["ben"].persona, "words": "keep"}, at=AT, now=True)
    working.work_once()
    assert Errand.objects.count() == 1
    assert cast.viewers["ben"].persona_in(cast.group) is None
    assert "an errand failed: KeyError" in caplog.text


def test_a_sweep_that_fails_holds_up_no_other_and_is_tried_in_the_next_hour(monkeypatch, caplog):
    working._swept.clear()
    done = []

    def failing(*, at):
        done.append("failing")
        raise ValueError("canary")

    def following(*, at):
        done.append("following")

    monkeypatch.setattr(working, "drop_old_sessions", failing)
    monkeypatch.setattr(working, "sweep_pictures", following)
    working.sweep()
    working.sweep()
    assert done == ["failing", "following"]
    assert "canary" not in caplog.text
    working._swept.clear()
