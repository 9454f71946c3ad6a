"""AC4: a form that brings a field for every column of every table does what it does without them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models, transaction

from kith.testing.cast import AT
from kith.testing.forms import FORMS, MAY_BRING, filled
from kith.testing.walk import pages
from kith.testing.world import same_chances
from kith.web import throttle
from tests.test_routes import client_for, world  # noqa: F401 - the fixture
from tests.trust.test_ac2_matrix import Asker, state_of, table

BESIDE = ("pk", "steward", "is_staff", "is_superuser", "is_active", "viewer", "person_id", "persona_id", "by", "at", "place")
POWER = {"role": "host", "kind": "professional", "state": "returned", "door": "open", "words": "keep", "word": "a word"}
# Drawn anew each time, or made from what is.
BY_CHANCE = re.compile(
    r"(^|_)(id|tag|sealed|hash|code|handle|seed|key|password|token|avatar|asked|stems|vector|result)$|^message_id$|^due_at$"
)
# Forms that are answered without a change of any row in this world: nothing to do, nothing to find out, another does it, or a device has to
# answer first (tests/trust/test_au6 and test_au8 do so).
CHANGES_NOTHING = {
    "by_passkey", "drop_factor", "factor_app", "factor_passkey", "put_back",
    "bring_back", "charter_read", "codes", "confirm_email", "download", "drop_own_note", "exit", "find", "keep_own_note", "own_notes", "search",
    "search_in", "sessions", "stop_taking_in", "way_in", "words",
}  # fmt: skip
LONG = re.compile(r"\d{12,}")


def every_field():
    """Return a value for the name of every field that any model has."""
    fields = dict.fromkeys(BESIDE, "1")
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.fields:
            for name in (field.name, field.attname):
                fields[name] = POWER.get(name) or _value(field)
    return fields


def _value(field):
    if isinstance(field, models.DateTimeField):
        return "1999-09-09T09:09"
    if isinstance(field, models.DateField):
        return "1999-09-09"
    if isinstance(field, models.BooleanField):
        return "on"
    return "7" if field.is_relation or isinstance(field, models.IntegerField) else "Zq1"


def everything():
    """Read every row of every table."""
    rows = {}
    with connection.cursor() as cursor:
        for name in sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True)):
            cursor.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in cursor.description]
            rows[name] = (columns, {tuple(_plain(value) for value in row) for row in cursor.fetchall()})
    return rows


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value if value.__hash__ else repr(value)


def done(asker, name, path, typed):
    """Send a form; return its status, and every row that came or went, without what is drawn by chance."""
    before = everything()
    with transaction.atomic(), same_chances():
        throttle.forget()
        answer = asker.client.post(path, typed)
        after = everything()
        transaction.set_rollback(True)
    changed = []
    for table_name, (columns, rows) in after.items():
        steady = [at for at, column in enumerate(columns) if not BY_CHANCE.search(column)]
        for sign, some in (("+", rows - before[table_name][1]), ("-", before[table_name][1] - rows)):
            changed += [(sign, table_name, *(LONG.sub("*", f"{columns[at]}={row[at]}") for at in steady)) for row in some]
    return answer.status_code, sorted(changed)


@pytest.mark.slow
@pytest.mark.django_db
@time_machine.travel(AT + timedelta(days=1), tick=False)
def test_no_form_takes_a_field_that_it_does_not_ask_for(world, record_property):  # noqa: F811 - the fixture of test_routes
    may, extra, wrong, asked, did = table(), every_field(), [], set(), set()
    askers = {
        who: Asker(world, who)
        for who in ("guest", "ex_member", "member_1", "member_2", "facilitator", "host_1", "steward", "ann")
    }
    for name, path, view in pages(world):
        if "POST" not in view.methods:
            continue
        right = filled(world, name)
        asks = {*right, *MAY_BRING.get(name, ())}
        for who in [who for who in askers if who in may[(state_of(world, name, path), "POST")]][:2]:
            asker = askers[who]
            asker.fresh()
            plain = done(asker, name, path, right)
            asked.add(name)
            did |= {name} if plain[1] else set()
            more = [(key, value) for key, value in sorted(extra.items()) if key not in asks]
            for half in (more[::2], more[1::2]):  # a form with more than two hundred fields is not read at all
                asker.fresh()
                loaded = done(asker, name, path, dict(half) | right)
                if plain != loaded:
                    wrong.append((who, name, plain[0], loaded[0], [row for row in loaded[1] if row not in plain[1]]))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(extra) > 200
    assert asked - did <= CHANGES_NOTHING, "filled in so that nothing comes of it: it proves nothing"
    assert len(asked) > 70
    record_property("told", f"{len(asked)} forms, {len(extra)} fields each")


def test_what_a_form_may_bring_belongs_to_a_form():
    assert set(MAY_BRING) <= set(FORMS)
    assert client_for
