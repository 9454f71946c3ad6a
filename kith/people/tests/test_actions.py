"""Signing up, in, with a code, and closing."""

import time
from datetime import timedelta

import pytest

from kith.core.errors import Invalid, Refused
from kith.people import actions, queries
from kith.people.models import Person, RecoveryCode, Session
from kith.people.sealing import token_hash
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db
PHRASE = "four quiet words here"


def _sign_up(**changes):
    fields = {"name": "Plum Jam", "phrase": PHRASE, "email": "", "adult": True, "health_consent": True, "at": AT}
    return actions.sign_up(**(fields | changes))


class TestSigningUp:
    def test_puts_four_numbers_behind_the_name(self):
        first, second = _sign_up(), _sign_up()
        assert first.sign_in_name.startswith("plum jam ")
        assert first.sign_in_name != second.sign_in_name
        assert len(set(first.codes)) == 10

    def test_says_for_every_field_what_to_do(self):
        with pytest.raises(Invalid) as refused:
            _sign_up(name=" ", phrase="short", email="plumjam@", adult=False, health_consent=False)
        assert set(refused.value.problems) == {"name", "phrase", "email", "adult", "health_consent"}

    @pytest.mark.parametrize("phrase", ["a" * 20, "passwordpassword" * 0 + "password", "plum jam 1234567", "x" * 513])
    def test_refuses_a_weak_phrase(self, phrase):
        with pytest.raises(Invalid):
            _sign_up(phrase=phrase)

    @pytest.mark.parametrize("phrase", ["four quiet words here", "mein Haus ist grün und alt", "correct horse battery" * 5])
    def test_takes_any_long_one(self, phrase):
        assert actions.check_sign_in(name=_sign_up(phrase=phrase).sign_in_name, phrase=phrase, at=AT)

    def test_keeps_the_address_sealed(self):
        account = _sign_up(email="Plum@Example.org")
        row = Person.objects.get(pk=account.person)
        assert b"example" not in bytes(row.email_sealed).lower()
        assert queries.email_to_confirm(account.person)[0] == "Plum@Example.org"
        assert actions.check_sign_in(name="plum@example.ORG", phrase=PHRASE, at=AT) == account.person

    def test_stores_no_time_finer_than_a_month(self):
        row = Person.objects.get(pk=_sign_up().person)
        assert (row.joined_month.day, row.adult_since.day, row.last_login) == (1, 1, None)


class TestSigningIn:
    def test_says_the_same_whichever_is_wrong(self):
        name = _sign_up().sign_in_name
        words = set()
        for who, phrase in ((name, "not the right words"), ("nobody 1234", PHRASE)):
            with pytest.raises(Refused) as refused:
                actions.check_sign_in(name=who, phrase=phrase, at=AT)
            words.add(str(refused.value))
        assert len(words) == 1

    def test_hashes_for_an_unknown_name_too(self, settings):
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        name, spent = _sign_up().sign_in_name, {}
        for who in (name, "nobody 1234"):
            begin = time.process_time()
            with pytest.raises(Refused):
                actions.check_sign_in(name=who, phrase="not the right words", at=AT)
            spent[who] = time.process_time() - begin
        assert min(spent.values()) > 0.01


class TestCodes:
    def test_each_works_once_and_signs_every_device_out(self):
        account = _sign_up()
        actions.open_session(account.person, device="phone", own_device=True, at=AT)
        actions.use_code(name=account.sign_in_name, code=account.codes[0].upper(), phrase="another quiet phrase", at=AT)
        assert not Session.objects.filter(person=account.person).exists()
        assert actions.check_sign_in(name=account.sign_in_name, phrase="another quiet phrase", at=AT) == account.person
        with pytest.raises(Refused):
            actions.use_code(name=account.sign_in_name, code=account.codes[0], phrase="yet another phrase", at=AT)

    def test_a_stolen_table_shows_none(self):
        account = _sign_up()
        stored = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
        assert not [code for code in account.codes if code.replace(" ", "") in stored]


class TestSessions:
    def test_only_a_hash_of_the_token_is_kept(self):
        token = actions.open_session(_sign_up().person, device="phone", own_device=False, at=AT)
        row = Session.objects.get()
        assert row.token_hash == token_hash(token)
        assert token not in str(vars(row))

    def test_the_day_is_sealed_and_shown_to_its_owner(self):
        person = _sign_up().person
        for ago in (3, 0, 7):
            actions.open_session(person, device="phone", own_device=False, at=AT - timedelta(days=ago))
        assert [row.day for row in queries.list_devices(person, "")] == [(AT - timedelta(days=ago)).date() for ago in (0, 3, 7)]
        stored = " ".join(str(row) for row in Session.objects.values())
        assert str(AT.date()) not in stored
        assert len({len(bytes(sealed)) for sealed in Session.objects.values_list("day_sealed", flat=True)}) == 1

    def test_found_in_one_query(self, django_assert_num_queries):
        token = actions.open_session(_sign_up().person, device="phone", own_device=False, at=AT)
        with django_assert_num_queries(1):
            site, me = queries.find_signed_in(token_hash(token))
        assert me is not None
        assert site.name == "Kith"
        assert queries.find_signed_in("nothing")[1] is None
