"""Running the installation: odd names of mail servers, and who may open a group."""

import pytest

from kith.core.models import Site
from kith.testing.cast import make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
MAIL = "/steward/mail/"


@pytest.fixture
def sue(db):
    return client_of(make_cast().viewer("sue"))


def mail(**changes):
    return {"host": "127.0.0.1", "port": "1", "security": "none", "user": "", "sender": "notes@example.org"} | changes


class TestMail:
    @pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".org", "", "a b", "a\x00b", "a\u2028b", ".", "x" * 201])
    def test_a_name_that_no_server_can_have_is_refused_when_it_is_saved(self, sue, host):
        answer = sue.post(MAIL, mail(host=host))
        assert answer.status_code == 422
        assert b"Type the name of the mail server" in answer.content
        assert Site.objects.get().mail_host == ""

    @pytest.mark.parametrize(
        "sender", ["n\u2028@example.org", "no name <n@example.org", "n@exa\x00mple.org", "n@a..b", "n", "ü@x.org"]
    )
    def test_nor_does_an_address_that_no_letter_can_come_from(self, sue, sender):
        answer = sue.post(MAIL, mail(sender=sender))
        assert answer.status_code == 422
        assert b"Type the address that letters come from" in answer.content

    @pytest.mark.parametrize("host", ["mail.example.org", "127.0.0.1", "::1", "bücher.example", "localhost"])
    def test_a_plain_one_is_kept(self, sue, host):
        assert sue.post(MAIL, mail(host=host)).status_code == 200
        assert Site.objects.get().mail_host == host

    @pytest.mark.parametrize("to", ["x@y.z\r\nBcc: a@b.c", "ü@x.org", "x", "@", "x@a..b", "x@" + "y" * 70 + ".org", "<x@y.z"])
    def test_a_test_letter_to_an_odd_address_is_refused_in_words(self, sue, to):
        sue.post(MAIL, mail())
        answer = sue.post(MAIL, {"test": "1", "to": to})
        assert answer.status_code == 422
        assert b"Type an address" in answer.content

    @pytest.mark.parametrize("stored", [{"mail_host": "a..b"}, {"mail_from": "n\r\n@x.org"}, {"mail_from": "<"}])
    def test_what_was_saved_before_this_was_checked_is_said_in_words_too(self, sue, stored):
        sue.post(MAIL, mail())
        Site.objects.update(**stored)
        answer = sue.post(MAIL, {"test": "1", "to": "x@example.org"})
        assert answer.status_code == 422
        assert b"The mail server did not take it" in answer.content
