"""PR9: every column of every table stands in the inventory with what it is for and until when, and a moved clock shows that it goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models

from kith.cli import working
from kith.conversation import actions as talk
from kith.conversation.models import Picture, Post, Revision, Told
from kith.core import erasing
from kith.core.events import show
from kith.core.intents import keep_answer
from kith.core.inventory import CLASSES, PERSONAL, models_by_table, read_inventory
from kith.core.models import AuditEntry, Erasure, Event, Intent
from kith.groups import actions
from kith.groups.errands import leave_errand
from kith.groups.models import Errand, Invitation
from kith.notify.actions import ask_email
from kith.notify.models import Outbox
from kith.people.actions import open_session, sign_up, use_code
from kith.people.actions.guessing import note_failure
from kith.people.models import RecoveryCode, Session, Tally, Undo
from kith.people.rotating import list_columns
from kith.safety.actions import report
from kith.safety.models import Report
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.world import DOTS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def columns_there():
    """Name every column of the database at hand, those of other people's tables too."""
    with connection.cursor() as cursor:
        tables = [table.name for table in connection.introspection.get_table_list(cursor)]
        return {f"{t}.{c.name}" for t in tables for c in connection.introspection.get_table_description(cursor, t)}


def columns_named():
    """Name every column that the inventory has for the database at hand."""
    here = ("", connection.vendor)
    return {
        f"{table.name}.{column.name}"
        for table in read_inventory().values()
        for column in table.columns.values()
        if table.on in here and column.on in here
    }


class TestTheInventory:
    def test_names_every_column_and_none_that_has_gone(self):
        there, named = columns_there(), columns_named()
        assert sorted(there - named) == [], "not in kith/data_inventory.toml"
        assert sorted(named - there) == [], "gone from the database"
        assert len(there) > 280

    def test_misses_a_new_column_and_one_that_went(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_event ADD COLUMN address varchar(40)")
            cursor.execute("ALTER TABLE safety_helpline DROP COLUMN note")
        assert columns_there() - columns_named() == {"core_event.address"}
        assert columns_named() - columns_there() == {"safety_helpline.note"}

    def test_says_of_each_what_why_and_until_when(self):
        for table in read_inventory().values():
            assert table.what
            assert table.kept
            for column in table.columns.values():
                where = f"{table.name}.{column.name}"
                assert column.kind in CLASSES, where
                assert column.why, where
                assert column.kept, where
                assert column.goes, where

    def test_says_of_all_that_is_somebodys_whether_her_own_copy_holds_it(self):
        for table in read_inventory().values():
            for column in table.columns.values():
                where = f"{table.name}.{column.name}"
                assert bool(column.export) != bool(column.left_out) if column.kind in PERSONAL else not column.export, where

    def test_keeps_nothing_of_anybody_for_ever(self):
        for table in read_inventory().values():
            of_somebody = [column.name for column in table.columns.values() if column.kind in PERSONAL and column.goes == "stays"]
            assert of_somebody in ([], ["mail_word_sealed"]), table.name

    def test_calls_sealed_what_rooms_have_registered_as_sealed(self):
        named = {
            (models_by_table()[table.name]._meta.label, column.name)
            for table in read_inventory().values()
            for column in table.columns.values()
            if column.kind == "sealed"
        }
        assert named == set(list_columns())

    def test_finds_whose_a_row_is_by_every_link_to_a_person_or_a_persona(self):
        """A table that points at a person, a persona or a mailbox says how its rows are found, but where that link says who else it is of."""
        for name, table in read_inventory().items():
            model = models_by_table().get(name)
            links = [f.related_model._meta.label for f in model._meta.fields if f.related_model] if model else []
            if {"people.Person", "groups.Persona", "notify.Mailbox"} & set(links):
                assert table.by, name
                (lookup,) = table.by.values()
                assert model._default_manager.filter(**{f"{lookup}__in": [1]}).count() == 0


def resolved(dotted):
    module, _dot, name = dotted.rpartition(".")
    return getattr(import_module(module), name)


def endings():
    return sorted({column.goes for table in read_inventory().values() for column in table.columns.values()})


class TestWhatEndsIt:
    def test_is_there(self):
        for goes in endings():
            how, _colon, what = goes.partition(":")
            assert how in ("job", "act", "with", "stays"), goes
            if how in ("job", "act"):
                assert callable(resolved(what)), goes

    def test_a_row_that_goes_with_another_is_taken_along(self):
        for table in read_inventory().values():
            how, _colon, other = table.goes.partition(":")
            if how == "with":
                model, target = models_by_table()[table.name], models_by_table()[other]
                links = [
                    f for f in model._meta.fields if f.related_model is target and f.remote_field.on_delete is models.CASCADE
                ]
                assert links, table.name

    def test_a_job_is_called_by_the_worker(self):
        called = (ROOT / "kith/cli/working.py").read_text() + (ROOT / "kith/notify/jobs.py").read_text()
        for goes in endings():
            if goes.startswith("job:"):
                assert re.search(rf"\b{goes.rpartition('.')[2]}\b", called), goes


@dataclass
class Kept:
    """Rows of one job: they stand this long after `AT`, and are gone then."""

    rows: Callable[[], models.QuerySet]
    stands: timedelta
    gone: timedelta


def days(n):
    return timedelta(days=n)


def a_little_of_everything():
    """Make rows that each job of the worker must end; `AT` is when all of it happened."""
    cast = make_cast()
    ben, fay, ada = (cast.places[name] for name in ("ben", "fay", "ada"))
    account = sign_up(name="robin", phrase=PHRASE, email="r@example.org", adult=True, health_consent=True, at=AT)
    use_code(name=account.sign_in_name, code=account.codes[0], phrase="another long enough phrase", at=AT)
    shared, own = (open_session(account.person, device="phone", own_device=own, at=AT) for own in (False, True))
    assert shared != own
    ask_email(account.person, AT)
    Outbox.objects.update(sent_at=AT)
    talk.start_topic(ben, title="One", words="One.", at=AT, intent="")
    waits = Post.objects.get(number=1)
    Told.objects.create(post=waits, persona_id=fay.persona, told_on=AT.date())
    report(fay, kind="post", number=1, reason="other", words="Hm.", at=AT)
    talk.take_picture(ben, "reply:1", data=DOTS, alt="A wet window.", at=AT)
    talk.reply(fay, 1, words="Yes.", at=AT, intent="a")
    talk.reply(ben, 1, words="Taken back.", at=AT, intent="b")
    talk.withdraw_post(ben, 3, at=AT)
    Errand.objects.all().delete()
    leave_errand({"do": "leave", "persona": cast.places["eve"].persona, "words": "keep"}, at=AT, now=False)
    actions.invite(ada, role="member", at=AT)
    Event.objects.all().delete()
    erasing.note("test", b"t" * 32, at=AT)
    note_failure("sign_in", "nobody 0000", at=AT)
    show("topic:1", "post", 1, AT)
    Intent.objects.all().delete()
    keep_answer(ben.persona, "key", "1", AT)
    old = list(AuditEntry.objects.values_list("pk", flat=True))
    return {
        "job:kith.core.events.drop_old_events": [Kept(Event.objects.filter(channel="topic:1").all, timedelta(hours=1), timedelta(hours=1, seconds=1))],
        "job:kith.people.actions.sessions.drop_old_sessions": [
            Kept(Session.objects.filter(own_device=False).all, days(1), days(2)),
            Kept(Session.objects.filter(own_device=True).all, days(31), days(32)),
        ],
        "job:kith.people.actions.phrases.drop_used_codes": [
            Kept(RecoveryCode.objects.exclude(used_on=None).all, datetime(2026, 3, 31, 23, tzinfo=UTC) - AT, datetime(2026, 4, 1, tzinfo=UTC) - AT)
        ],
        "job:kith.notify.actions.drop_old_letters": [Kept(Outbox.objects.exclude(sent_at=None).all, days(7), days(7) + timedelta(seconds=1))],
        "job:kith.groups.actions.hosting.drop_old_invitations": [
            Kept(Invitation.objects.filter(used_on=None).all, days(31), days(32)),
            Kept(Invitation.objects.exclude(used_on=None).all, days(31), days(32)),
        ],
        "job:kith.groups.actions.closing.run_errands": [Kept(Errand.objects.all, timedelta(0), timedelta(hours=72))],
        "job:kith.conversation.actions.dropping.drop_gone": [
            Kept(Post.objects.exclude(gone_at=None).all, days(30) - timedelta(seconds=1), days(30)),
            Kept(Revision.objects.filter(words="Taken back.").all, days(30) - timedelta(seconds=1), days(30)),
        ],
        "job:kith.conversation.actions.picturing.sweep_pictures": [Kept(Picture.objects.all, days(3), days(4))],
        "job:kith.conversation.actions.relaying.forget_turns": [Kept(Told.objects.all, days(30), days(31))],
        "job:kith.safety.actions.tend_reports": [Kept(Report.objects.exclude(copy="").all, days(30), days(30) + timedelta(seconds=1))],
        "job:kith.core.audit.drop_old_entries": [Kept(AuditEntry.objects.filter(pk__in=old).all, days(365), days(366))],
        "job:kith.core.erasing.log_new": [
            Kept(Erasure.objects.filter(kind="test").all, datetime(2026, 3, 31, 23, tzinfo=UTC) - AT + days(erasing.KEEP_DAYS), datetime(2026, 4, 2, tzinfo=UTC) - AT + days(erasing.KEEP_DAYS))
        ],
        "job:kith.people.actions.guessing.drop_old_tallies": [Kept(Tally.objects.all, days(30) - timedelta(hours=1), days(30) + timedelta(seconds=1))],
        "job:kith.people.undoing.drop_old_undos": [Kept(Undo.objects.all, timedelta(hours=72), timedelta(hours=72, seconds=1))],
        "job:kith.core.intents.drop_old_answers": [Kept(Intent.objects.filter(key="key").all, days(30), days(31))],
    }  # fmt: skip


def work_at(at):
    with time_machine.travel(at, tick=False):
        working._swept.clear()
        working.work_once()


def test_the_worker_ends_everything_in_its_time_and_nothing_before():
    """One clock over all jobs: at each moment in turn the worker does its round, and what must stand stands, and what must be gone is."""
    kept = a_little_of_everything()
    assert sorted(kept) == [goes for goes in endings() if goes.startswith("job:")]
    moments = sorted({moment for rows in kept.values() for row in rows for moment in (row.stands, row.gone)})
    for moment in moments:
        work_at(AT + moment)
        for job, rows in kept.items():
            for row in rows:
                if row.stands >= moment:
                    assert row.rows().exists(), f"{job}: gone too early, after {moment}"
                if row.gone <= moment:
                    assert not row.rows().exists(), f"{job}: still there after {moment}"


def test_a_form_sent_again_brings_no_invitation_back_to_life():
    cast = make_cast()
    made = actions.invite(cast.places["ada"], role="member", at=AT, intent="form")
    actions.use_invitation(made.code, by=cast.viewer("cleo"), name="Plum", at=AT)
    for after in range(15, 40):
        work_at(AT + days(after))
        again = actions.invite(cast.places["ada"], role="member", at=AT + days(after), intent="form")
        if again.code == made.code:
            assert not Invitation.objects.filter(used_on=None, made_on=(AT + days(after)).date()).exists()


def test_every_room_has_its_tables_there():
    assert {model._meta.db_table for model in apps.get_models(include_auto_created=True)} <= set(read_inventory())
