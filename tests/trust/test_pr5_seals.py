"""PR5: protected fields are sealed to their place; a new key takes over, old ones go, a lost one is said."""

import json
import os

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import models
from django.test import override_settings

from kith.core.models import Site
from kith.groups.models import Persona
from kith.groups.viewer import Viewer
from kith.people import actions, queries, rotating, sealing
from kith.people.actions import seed_person
from kith.people.models import OwnNote, Person, RecoveryCode
from kith.settings.env import BadSetting
from kith.settings.keys import dump, load_keys, parse
from kith.testing import world as worlds
from kith.testing.cast import AT, PHRASE
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db


def ring(*numbers):
    return {number: bytes([number]) * 32 for number in numbers}


@pytest.fixture
def keys():
    """The keys of the tests, and a second one for seals on request."""
    return {name: dict(held) for name, held in settings.KITH_KEYS.items()}


def test_every_sealed_column_of_every_room_is_registered():
    columns = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField) and field.name.endswith("sealed")
    }
    assert columns == set(rotating.list_columns())
    assert len(columns) >= 12


def test_what_is_sealed_opens_in_no_other_row_and_no_other_column():
    one, two = (seed_person(name=f"n {n}", at=AT) for n in (1, 2))
    for person in (one, two):
        row = Person.objects.get(pk=person)
        actions.emails.put_email(row, f"p{person}@example.org")
        row.email_confirmed = AT.date()
        row.save()
    Person.objects.filter(pk=one).update(email_sealed=Person.objects.get(pk=two).email_sealed)
    with pytest.raises(sealing.Unreadable):
        queries.email_of(one)
    Person.objects.filter(pk=one).update(email_sealed=Person.objects.get(pk=one).list_sealed)
    with pytest.raises(sealing.Unreadable):
        queries.email_of(one)
    assert queries.email_of(two) == f"p{two}@example.org"


def test_a_new_key_seals_everything_anew_and_the_old_one_is_not_needed_any_more(keys):
    world = worlds.build_world(one_person=False)
    person = world.people["member_1"]
    actions.set_email(person, email="m@example.org", phrase=PHRASE, at=AT)
    Site.objects.update(mail_word_sealed=sealing.seal(b"word", place="site.mail:1"))
    before = {pk: bytes(sealed) for pk, sealed in Persona.objects.exclude(owner_sealed=None).values_list("pk", "owner_sealed")}
    keys["seal"][2] = b"2" * 32
    with override_settings(KITH_KEYS=keys):
        assert rotating.count_older() > 20
        rounds = rotating.reseal_all()
        next(rounds)  # killed after the first handful
        rounds.close()
        list(rotating.reseal_all())
        assert rotating.count_older() == 0
        assert [sum(pair) for pair in rotating.reseal_all() if sum(pair)] == []
    del keys["seal"][1]
    with override_settings(KITH_KEYS=keys):
        assert queries.get_account(person).email == "m@example.org"
        assert queries.list_own_notes(world.people["member_1"]) or OwnNote.objects.count() == 0
        assert sealing.unseal(Site.objects.get().mail_word_sealed, place="site.mail:1") == b"word"
        for pk, sealed in Persona.objects.exclude(owner_sealed=None).values_list("pk", "owner_sealed"):
            assert bytes(sealed)[0] == 2
            assert len(sealed) == len(before[pk])
            assert sealing.unseal_owner(sealed, place=f"persona.owner:{pk}")


def test_a_row_that_does_not_open_is_counted_and_left_alone(keys):
    person = seed_person(name="n 1", at=AT)
    Person.objects.filter(pk=person).update(filters_sealed=b"\x01" + b"x" * 60)
    keys["seal"][2] = b"2" * 32
    with override_settings(KITH_KEYS=keys):
        assert sum(shut for _done, shut in rotating.reseal_all()) == 1
        assert bytes(Person.objects.get(pk=person).filters_sealed) == b"\x01" + b"x" * 60


def test_codes_and_addresses_of_an_older_key_still_work(keys):
    account = actions.sign_up(name="robin", phrase=PHRASE, email="r@example.org", adult=True, health_consent=True, at=AT)
    keys["code"][2] = b"2" * 32
    with override_settings(KITH_KEYS=keys):
        assert actions.check_sign_in(name="r@example.org", phrase=PHRASE, at=AT) == account.person
        assert actions.retag_emails() == 1
        assert actions.check_sign_in(name="r@example.org", phrase=PHRASE, at=AT) == account.person
        actions.use_code(name=account.sign_in_name, code=account.codes[0], phrase="another long enough phrase", at=AT)
        assert RecoveryCode.objects.filter(person=account.person, used_on=None).count() == 9


class TestTheFile:
    def test_keys_of_the_first_form_are_number_one(self, tmp_path):
        load_keys(tmp_path)
        path = tmp_path / "keys.json"
        old = {name: held["1"] for name, held in json.loads(path.read_text()).items()}
        path.write_text(json.dumps(old))
        keys = load_keys(tmp_path)
        assert all(list(held) == [1] for held in keys.values())
        assert parse(dump(keys), "there") == keys

    @pytest.mark.parametrize("number", ["0", "256", "x"])
    def test_a_wrong_number_is_refused(self, number):
        held = dump({name: ring(1) for name in ("django", "link", "seal", "code")}).replace(
            '"seal": {"1"', f'"seal": {{"{number}"'
        )
        with pytest.raises(BadSetting, match="keys"):
            parse(held, "there")

    def test_rotating_puts_a_new_key_into_the_file_and_every_process_takes_it(self, tmp_path, monkeypatch, capsys):
        keys = load_keys(tmp_path)
        env = type(settings.ENV)(
            **{name: getattr(settings.ENV, name) for name in settings.ENV.__slots__} | {"data": tmp_path, "keys": ""}
        )
        with override_settings(ENV=env, KITH_KEYS=keys):
            monkeypatch.setattr(sealing, "_looked", [0.0, 0.0])
            sealed = sealing.seal(b"x", place="person.list:1")
            person = seed_person(name="n 1", at=AT)
            call_command("keys", "rotate", "seal", now=True)
            assert set(json.loads((tmp_path / "keys.json").read_text())["seal"]) == {"1", "2"}
            assert os.stat(tmp_path / "keys.json").st_mode & 0o077 == 0
            assert sealing.seal(b"x", place="person.list:1")[0] == 2
            assert sealing.unseal(sealed, place="person.list:1") == b"x"
            assert "number 2, is in use" in capsys.readouterr().out
            with pytest.raises(CommandError, match="0 days old"):
                call_command("keys", "retire", "seal")
            call_command("keys", "retire", "seal", now=True)
            assert set(json.loads((tmp_path / "keys.json").read_text())["seal"]) == {"2"}
            with pytest.raises(CommandError, match="one key"):
                call_command("keys", "retire", "seal", now=True)
            assert queries.own_list(person).mailbox


def test_a_lost_key_is_a_clear_page_and_nothing_is_changed(keys):
    person = seed_person(name="n 1", phrase=PHRASE, at=AT)
    row = Person.objects.get(pk=person)
    actions.emails.put_email(row, "n@example.org")
    row.save()
    client = client_of(Viewer(person))
    keys["seal"] = ring(7)
    with override_settings(KITH_KEYS=keys):
        answer = client.get("/me/privacy/")
    assert answer.status_code == 503
    assert "key" in answer.content.decode()
