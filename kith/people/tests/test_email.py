"""An address: one that a stranger gave too keeps nobody out, and only its owner has letters sent to it."""

from unittest.mock import patch

import pytest

from kith.core.errors import Invalid, NotFound, Refused
from kith.notify.models import Outbox
from kith.people import actions, limits, queries, rules
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db
MINE, HERS, ADDRESS = "four quiet words here", "other quiet words here", "plum@example.org"


def sign_up(name, phrase, email=ADDRESS):
    return actions.sign_up(name=name, phrase=phrase, email=email, adult=True, health_consent=True, at=AT)


class TestSigningInByAddress:
    def test_a_stranger_who_gives_it_too_keeps_nobody_out(self):
        me, other = sign_up("plum", MINE), sign_up("mallory", HERS, "Plum@Example.org")
        assert actions.check_sign_in(name=ADDRESS, phrase=MINE, at=AT) == me.person
        assert actions.check_sign_in(name=ADDRESS, phrase=HERS, at=AT) == other.person
        with pytest.raises(Refused):
            actions.check_sign_in(name=ADDRESS, phrase="neither of the two phrases", at=AT)

    def test_nor_do_many_once_it_is_confirmed(self):
        me = sign_up("plum", MINE)
        confirm(me.person)
        for number in range(limits.SAME_EMAIL + 2):
            sign_up(f"mallory {number}", HERS)
        assert actions.check_sign_in(name=ADDRESS, phrase=MINE, at=AT) == me.person

    @pytest.mark.parametrize("accounts", [0, 1, 2, 5])
    def test_hashes_as_often_whoever_has_it(self, accounts):
        for number in range(accounts):
            sign_up(f"plum {number}", MINE)
        with (
            patch("kith.people.actions.phrases.check_password", return_value=False) as checked,
            patch("kith.people.actions.phrases.make_password") as made,
            pytest.raises(Refused),
        ):
            actions.check_sign_in(name=ADDRESS, phrase="no", at=AT)
        assert checked.call_count + made.call_count == limits.SAME_EMAIL

    def test_a_printed_code_finds_its_account_by_the_address(self):
        sign_up("mallory", HERS)
        me = sign_up("plum", MINE)
        assert actions.use_code(name=ADDRESS, code=me.codes[0], phrase="another quiet phrase", at=AT) == me.person


def confirm(person):
    actions.confirm_email(person, queries.email_to_confirm(person)[1], at=AT)


class TestConfirming:
    def test_no_letter_before(self):
        person = sign_up("plum", MINE).person
        assert queries.email_of(person) == ""
        confirm(person)
        assert queries.email_of(person) == ADDRESS
        assert queries.get_account(person).email_confirmed

    def test_the_link_works_once_and_for_nobody_else(self):
        me, other = sign_up("plum", MINE).person, sign_up("mallory", HERS).person
        word = queries.email_to_confirm(me)[1]
        for person, said in ((other, word), (me, word[:-1]), (me, "")):
            with pytest.raises(NotFound):
                actions.confirm_email(person, said, at=AT)
        actions.confirm_email(me, word, at=AT)
        with pytest.raises(NotFound):
            actions.confirm_email(me, word, at=AT)

    def test_a_new_address_begins_anew_and_the_same_one_does_not(self):
        person = sign_up("plum", MINE).person
        old = queries.email_to_confirm(person)[1]
        confirm(person)
        actions.set_email(person, email=ADDRESS.upper(), phrase=MINE, at=AT)
        assert queries.email_of(person) == ADDRESS
        actions.set_email(person, email="new@example.org", phrase=MINE, at=AT)
        assert queries.email_of(person) == ""
        assert queries.email_to_confirm(person)[0] == "new@example.org"
        with pytest.raises(NotFound):
            actions.confirm_email(person, old, at=AT)
        actions.set_email(person, email="", phrase=MINE, at=AT)
        assert queries.email_to_confirm(person) == ("", "")

    def test_the_database_alone_does_not_tell_the_link(self):
        from kith.people.models import Person

        word = queries.email_to_confirm(sign_up("plum", MINE).person)[1]
        assert word not in str(list(Person.objects.values()))

    def test_is_asked_once_at_a_time_and_a_few_times_a_day(self):
        person = sign_up("plum", MINE).person
        actions.set_email(person, email="new@example.org", phrase=MINE, at=AT)
        assert Outbox.objects.filter(kind="confirm").count() == 1
        for _again in range(6):
            Outbox.objects.update(sent_at=AT)
            actions.set_email(person, email="new@example.org", phrase=MINE, at=AT)
        assert Outbox.objects.filter(kind="confirm").count() == 4


@pytest.mark.parametrize(
    "address", ["plum", "plum@example", "plüm@example.org", "plum@exa mple.org", f"plum@{'x' * 64}.org", "@example.org"]
)
def test_an_address_that_no_letter_reaches_is_refused(address):
    with pytest.raises(Invalid, match="cannot send letters"):
        rules.check_email(address)


@pytest.mark.parametrize("address", ["plum@example.org", " plum.jam+kith@mail.example.org ", "plum@bücher.example"])
def test_an_address_that_a_letter_reaches_is_taken(address):
    assert rules.check_email(address) == address.strip()
