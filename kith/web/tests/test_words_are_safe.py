"""Nothing typed is ever lost: not by a refusal, an expired sign-in, a second tab, a stale page or a full database."""

import sqlite3
from unittest.mock import patch

import pytest
from django.db.utils import OperationalError

from kith.conversation.models import Draft, Post
from kith.people.actions import end_session
from kith.people.sealing import token_hash
from kith.testing.cast import PHRASE, make_cast
from kith.testing.clients import client_with, session_of

pytestmark = pytest.mark.django_db
WORDS = "It took me an hour to write this, and my hands hurt."


@pytest.fixture
def cast(db):
    return make_cast()


def client_of(cast, name):
    token = session_of(cast.viewer(name))
    client = client_with(token)
    client.token = token
    return client


@pytest.fixture
def ben(cast):
    client = client_of(cast, "ben")
    client.post(f"/g/{cast.group}/topics/new/", {"title": "One", "words": "First.", "intent": "a"})
    return client


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"title": "", "words": WORDS}, 422),
            ({"title": "x" * 121, "words": WORDS}, 422),
            ({"title": "One", "words": ""}, 422),
            ({"title": "One", "words": WORDS, "note": "x" * 121}, 422),
            ({"title": "\u202e\x00", "words": WORDS + "\x00\u202e"}, 422),
        ],
    )
    def test_give_the_text_back_with_a_sentence(self, cast, ben, fields, status):
        answer = ben.post(f"/g/{cast.group}/topics/new/", fields)
        assert answer.status_code == status
        assert b"field__error" in answer.content
        if fields["words"]:
            assert WORDS.encode() in answer.content

    def test_a_megabyte_comes_back_whole(self, cast, ben):
        long = "word " * 200_000
        answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": long, "intent": "x"})
        assert answer.status_code == 422
        assert answer.content.count(b"word ") >= 200_000
        assert b"letters too long" in answer.content

    def test_more_than_can_be_read_is_said_so(self, cast, ben):
        answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": "x" * 3_000_000})
        assert answer.status_code == 400
        assert b"could not read" in answer.content


class TestAnExpiredSignIn:
    def test_carries_the_words_through_and_offers_them_back(self, cast, ben):
        end_session(token_hash(ben.token))
        answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "intent": "b"})
        assert answer.status_code == 401
        assert WORDS.encode() in answer.content
        answer = ben.post(
            "/account/login/",
            {"name": "ben 1000", "phrase": PHRASE, "next": f"/g/{cast.group}/topics/1/reply/", "kept_words": WORDS},
        )
        assert answer.status_code == 302
        assert answer["Location"] == f"/g/{cast.group}/topics/1/#write"
        assert Draft.objects.get().words == WORDS
        assert WORDS.encode() in ben.get(f"/g/{cast.group}/topics/1/").content

    def test_a_wrong_pass_phrase_still_carries_them(self, cast, ben):
        answer = ben.post("/account/login/", {"name": "ben 1000", "phrase": "wrong", "kept_words": WORDS})
        assert answer.status_code == 422
        assert WORDS.encode() in answer.content


class TestDrafts:
    def _save(self, client, cast, words, base):
        return client.post(f"/g/{cast.group}/drafts/reply:1/", {"words": words, "base": base})

    def test_are_kept_and_shown_again(self, cast, ben):
        assert self._save(ben, cast, WORDS, 0).json() == {"version": Draft.objects.get().version}
        assert WORDS.encode() in ben.get(f"/g/{cast.group}/topics/1/").content
        assert WORDS.encode()[:40] in ben.get("/").content

    def test_a_second_tab_does_not_write_over_newer_words(self, cast, ben):
        version = self._save(ben, cast, "One", 0).json()["version"]
        self._save(ben, cast, "Two, in the other tab", version)
        answer = self._save(ben, cast, "Three", version)
        assert answer.status_code == 409
        assert Draft.objects.get().words == "Two, in the other tab"

    def test_two_tabs_from_before_any_draft_do_not_write_over_each_other(self, cast, ben):
        self._save(ben, cast, "One", 0)
        assert self._save(ben, cast, "Two", 0).status_code == 409
        assert Draft.objects.get().words == "One"

    def test_no_version_is_used_twice(self, cast, ben):
        first = self._save(ben, cast, "One", 0).json()["version"]
        self._save(ben, cast, "", first)
        again = self._save(ben, cast, "Two", 0).json()["version"]
        assert again != first
        assert self._save(ben, cast, "Three", first).status_code == 409

    def test_kept_without_scripts_in_two_tabs_both_stand(self, cast, ben):
        for words in ("One", "Two", "Two"):
            ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": words, "base": 0, "keep": "1"})
        assert Draft.objects.get().words == "One\n\nTwo"

    def test_are_nobody_elses(self, cast, ben):
        self._save(ben, cast, WORDS, 0)
        assert WORDS.encode() not in client_of(cast, "ada").get(f"/g/{cast.group}/topics/1/").content

    @pytest.mark.parametrize("where", ["nonsense", "reply:", "topic:1", "reply:x", "edit:" + "9" * 40])
    def test_only_in_places_that_exist(self, cast, ben, where):
        assert ben.post(f"/g/{cast.group}/drafts/{where}/", {"words": "x"}).status_code == 404


class TestADatabaseThatCannot:
    @pytest.mark.parametrize("problem", ["database is locked", "database or disk is full"])
    def test_answers_503_with_the_words(self, cast, ben, problem):
        fault = OperationalError(problem)
        fault.__cause__ = sqlite3.OperationalError(problem)
        with patch("kith.conversation.actions.reply", side_effect=fault):
            answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "intent": "c"})
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"
        assert WORDS.encode() in answer.content
        assert Post.objects.count() == 1


class TestTwoHostsAnsweringOneRequest:
    def test_the_second_is_told(self):
        cast = make_cast(door="request")
        dov = client_of(cast, "dov")
        dov.post(f"/g/{cast.group}/join/", {"own": "Thistle", "words": "May I?", "agree": "on"})
        handle = cast.viewer("dov").persona_in(cast.group).handle
        path = f"/g/{cast.group}/desk/asking/{handle}/"
        assert client_of(cast, "ada").post(path, {"answer": "yes"}).status_code == 302
        answer = client_of(cast, "eve").post(path, {"answer": "no"})
        assert answer.status_code == 409
        assert b"answered this already" in answer.content
