"""Guessing is slowed down, and no address is kept."""

import pytest
from django.test import Client, RequestFactory

from kith.people.actions import sign_up
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web import throttle


def test_counts_exactly_and_forgets_in_time():
    now = [0.0]
    for _try in range(3):
        throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])
    with pytest.raises(throttle.TooMany):
        throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])
    throttle.allow("x", "1.2.3.5", most=3, seconds=60, clock=lambda: now[0])
    now[0] = 61
    throttle.allow("x", "1.2.3.4", most=3, seconds=60, clock=lambda: now[0])


def test_keeps_no_address():
    throttle.allow("x", "203.0.113.77", most=3, seconds=60)
    assert "203.0.113" not in repr(throttle._seen)


def test_a_forwarded_address_counts_only_from_a_listed_proxy():
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="203.0.113.77")
    assert throttle.network_of(request) == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no:ip", "no:ip"),
    ],
)
def test_a_network_is_one_place(address, place):
    assert throttle.network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


@pytest.mark.django_db
def test_the_right_pass_phrase_forgives_the_wrong_ones():
    account = sign_up(name="plum", phrase="four quiet words here", email="", adult=True, health_consent=True, at=AT)
    right = {"name": account.sign_in_name, "phrase": "four quiet words here"}
    for _round in range(3):
        for _try in range(9):
            assert Client().post("/account/login/", right | {"phrase": "wrong"}).status_code == 422
        assert Client().post("/account/login/", right).status_code == 302


@pytest.mark.django_db
def test_eleven_guesses_at_one_name_are_one_too_many_and_say_how_long_to_wait():
    account = sign_up(name="plum", phrase="four quiet words here", email="", adult=True, health_consent=True, at=AT)
    client = Client()
    for _guess in range(10):
        assert client.post("/account/login/", {"name": account.sign_in_name, "phrase": "no"}).status_code == 422
    answer = client.post("/account/login/", {"name": account.sign_in_name, "phrase": "four quiet words here"})
    assert b"Please wait" in answer.content
    assert "seat" not in answer.cookies


@pytest.mark.django_db
class TestThePaceOfOnePersona:
    WORDS = "It took me an hour to write this."

    @pytest.fixture
    def cast(self):
        made = make_cast()
        client_of(made.viewer("ben")).post(f"/g/{made.group}/topics/new/", {"title": "One", "words": "First."})
        return made

    @pytest.mark.parametrize(("act", "path", "who"), [
        ("post", "topics/1/reply/", "ben"), ("post", "topics/new/", "ben"), ("report", "posts/1/report/", "fay"),
        ("invite", "desk/invitations/", "ada"),
    ])  # fmt: skip
    def test_has_an_end_that_says_how_long_and_gives_the_words_back(self, cast, monkeypatch, act, path, who):
        monkeypatch.setitem(throttle.PACES, act, (3, throttle.PACES[act][1]))
        throttle.forget()
        client, form = client_of(cast.viewer(who)), {"title": "T", "words": self.WORDS, "reason": "other", "role": "member"}
        for _time in range(3):
            assert client.post(f"/g/{cast.group}/{path}", form).status_code in (200, 302)
        answer = client.post(f"/g/{cast.group}/{path}", form)
        assert answer.status_code == 429
        assert self.WORDS.encode() in answer.content
        assert (b"Please wait 10 minutes" if act == "post" else b"in 24 hours") in answer.content

    def test_is_hers_alone(self, cast, monkeypatch):
        monkeypatch.setitem(throttle.PACES, "post", (1, 600))
        throttle.forget()
        for who in ("ben", "fay"):
            answer = client_of(cast.viewer(who)).post(f"/g/{cast.group}/topics/1/reply/", {"words": self.WORDS})
            assert answer.status_code == 302

    @pytest.mark.parametrize(("act", "at_once"), [("post", 30), ("invite", 20), ("report", 20)])
    def test_leaves_room_for_much_to_say(self, act, at_once):
        throttle.forget()
        for _time in range(at_once):
            throttle.pace(act, 1)
        with pytest.raises(throttle.TooMany):
            throttle.pace(act, 1)
