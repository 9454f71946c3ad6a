"""Nothing typed is ever lost: not by a refusal, an expired sign-in, a second tab, a stale page or a full database."""

import re
import sqlite3
from html import unescape
from unittest.mock import ANY, patch

import pytest
from django.db.utils import OperationalError
from django.test import Client

from kith.conversation.models import Draft, Post, Response
from kith.groups.models import Group, Persona
from kith.people.actions import end_session, sign_up
from kith.people.actions.phrases import new_codes
from kith.people.sealing import token_hash
from kith.safety.models import Decision, Report
from kith.testing.cast import AT, PHRASE, make_cast
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


KEPT = re.compile(r'<input type="hidden" name="(kept_\w+|next)" value="([^"]*)">')
FIELD = re.compile(r'<(?:input type="hidden"|textarea)[^>]*? name="(\w+)"[^>]*?(?: value="([^"]*)">|>\s*?\n?([^<]*)</textarea>)')
NEW = {"name": "plum jam", "phrase": "four quiet words here", "way": "none", "adult": "1", "health_consent": "1"}


def carried(answer):
    """Return what the page carries along, as the browser sends it with the next form."""
    fields = {}
    for name, value in KEPT.findall(answer.content.decode()):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def _kept(html):
    """Return what a page of the door carries."""
    fields = {}
    for name, value in KEPT.findall(html):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def handed_back(answer):
    """Return where the page that gives words back sends them, and what it sends."""
    html = answer.content.decode()
    action, form = re.search(r'<form class="sheet stack" method="post" action="([^"]+)">(.*?)</form>', html, re.DOTALL).groups()
    fields = {}
    for name, value, text in FIELD.findall(form):
        fields.setdefault(name, []).append(unescape(value or text.strip()))
    return unescape(action), fields


class TestAnExpiredSignIn:
    UNSEEN = ("csrfmiddlewaretoken", "look", "reason", "agree")

    def _expire(self, client, path, fields):
        end_session(token_hash(client.token))
        answer = client.post(path, fields)
        assert answer.status_code == 401
        return answer

    def _sign_in(self, client, answer, name="ben 1000"):
        return client.post("/account/login/", {"name": name, "phrase": PHRASE} | carried(answer))

    def test_carries_the_words_through_and_offers_them_back(self, cast, ben):
        answer = self._expire(ben, f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "intent": "b"})
        assert WORDS.encode() in answer.content
        answer = self._sign_in(ben, answer)
        assert answer.status_code == 302
        assert answer["Location"] == f"/g/{cast.group}/topics/1/#write"
        assert Draft.objects.get().words == WORDS
        assert WORDS.encode() in ben.get(f"/g/{cast.group}/topics/1/").content

    def test_a_reply_keeps_its_quote(self, cast, ben):
        fields = {"words": WORDS, "intent": "b", "quote": "1", "quoted": "First."}
        answer = self._sign_in(ben, self._expire(ben, f"/g/{cast.group}/topics/1/reply/", fields))
        assert answer["Location"] == f"/g/{cast.group}/topics/1/?quote=1#write"
        html = ben.get(answer["Location"]).content.decode()
        assert 'name="quote" value="1"' in html
        assert WORDS in html

    def _step(self, client, cast, who, asked):
        """Go on from the page that asks for it, with a printed code."""
        code = new_codes(cast.viewer(who).person)[0]
        html = client.post("/account/step/", _kept(asked.content.decode()) | {"look": "1"}).content.decode()
        half = re.search(r'name="half" value="([0-9a-f]+)"', html)[1]
        assert WORDS in unescape(html)
        return handed_back(client.post("/account/step/", _kept(html) | {"half": half, "code": code}))

    def test_a_wrong_pass_phrase_still_carries_them(self, cast, ben):
        answer = ben.post("/account/login/", {"name": "ben 1000", "phrase": "wrong", "kept_words": WORDS})
        assert answer.status_code == 422
        assert WORDS.encode() in answer.content

    @pytest.mark.parametrize(
        ("who", "path", "fields"),
        [
            ("cleo", "/groups/new/", {"name": "Rare", "charter": WORDS, "agreement_title": ["Be kind", "Be quiet"], "agreement_text": ["", "Here"]}),
            ("ben", "/g/{group}/posts/1/report/", {"words": WORDS, "reason": "other"}),
            ("cleo", "/g/{group}/join/", {"own": "Thistle", "words": WORDS, "agree": "on"}),
            ("ada", "/g/{group}/posts/1/return/", {"reason": WORDS}),
            ("ada", "/g/{group}/desk/group/", {"name": "Rare", "charter": WORDS}),
            ("sue", "/steward/site/", {"name": "Rare", "about": WORDS}),
        ],
    )  # fmt: skip
    def test_any_other_form_comes_back_filled_in_and_nothing_was_done(self, who, path, fields):
        cast = make_cast(door="request")
        client = client_of(cast, "fay")
        client.post(f"/g/{cast.group}/topics/new/", {"title": "One", "words": "First.", "intent": "a"})
        client, path = client_of(cast, who), path.format(group=cast.group)
        answer = self._expire(client, path, fields)
        assert WORDS in unescape(answer.content.decode())
        come = self._sign_in(client, answer, f"{who} 1000")
        action, back = handed_back(come)
        assert action == path
        assert {name: values if isinstance(values, list) else [values] for name, values in fields.items()}.items() <= back.items()
        counts = Group.objects.count(), Report.objects.count(), Persona.objects.count(), Decision.objects.count()
        answer = client.post(action, back)
        if who in ("ada", "sue"):  # whoever leads or runs the site is asked for a second step, and the words come along
            assert answer.status_code == 403
            action, back = self._step(client, cast, who, answer)
            answer = client.post(action, back)
        assert answer.status_code == 200
        html = unescape(answer.content.decode())
        assert WORDS in html
        assert all(value in html for name, values in back.items() if name not in self.UNSEEN for value in values)
        assert "One thing to put right" not in html
        assert counts == (Group.objects.count(), Report.objects.count(), Persona.objects.count(), Decision.objects.count())

    def test_a_form_without_a_page_of_its_own_is_sent_on_from_the_page_that_gives_it_back(self, cast, ben):
        client_of(cast, "fay").post(f"/g/{cast.group}/topics/1/reply/", {"words": "Mine.", "intent": "c"})
        answer = self._sign_in(ben, self._expire(ben, f"/g/{cast.group}/posts/2/responses/", {"kind": "heard"}))
        action, back = handed_back(answer)
        assert "look" not in back
        assert ben.post(action, back).status_code == 302
        assert Response.objects.get().kind == "heard"

    def test_making_an_account_instead_carries_them_too(self, cast):
        client = client_of(cast, "cleo")
        answer = self._expire(client, "/groups/new/", {"name": "Rare", "charter": WORDS})
        assert b'formaction="/account/signup/"' in answer.content
        answer = client.post("/account/signup/", {"look": "1", "phrase": ""} | carried(answer))
        assert answer.status_code == 200
        answer = client.post("/account/signup/", NEW | {"phrase": "short"} | carried(answer))
        assert answer.status_code == 422
        answer = client.post("/account/signup/", NEW | carried(answer))
        assert b"Ten codes" in answer.content
        action, back = handed_back(client.post("/account/codes/", carried(answer)))
        assert WORDS in unescape(client.post(action, back).content.decode())
        assert not client.cookies["codes"].value

    def test_a_printed_code_carries_them_too(self, cast):
        account = sign_up(name="plum", phrase="four quiet words here", email="", adult=True, health_consent=True, at=AT)
        client = client_with("")
        answer = client.post("/groups/new/", {"charter": WORDS})
        answer = client.post("/account/code/", {"look": "1"} | carried(answer))
        fields = {"name": account.sign_in_name, "code": account.codes[0], "phrase": "another quiet phrase"}
        assert handed_back(client.post("/account/code/", fields | carried(answer)))[1]["charter"] == [WORDS]

    def test_words_for_a_group_that_a_new_account_is_not_in_are_shown_to_be_copied(self, cast, ben):
        answer = self._expire(ben, f"/g/{cast.group}/topics/1/reply/", {"words": WORDS})
        answer = client_with("").post("/account/login/", {"name": "cleo 1000", "phrase": PHRASE} | carried(answer))
        assert WORDS in unescape(answer.content.decode())
        assert b"cannot put them there" in answer.content
        assert not Draft.objects.exists()


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
        assert b"Send it again" not in answer.content


class TestWhatIsGivenBack:
    def test_holds_no_secret(self, cast):
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/steward/mail/", {"host": "mail.example.org", "word": "SMTPSECRET", "port": "25"})
        assert answer.status_code == 419
        assert b"SMTPSECRET" not in answer.content
        assert handed_back(answer)[1]["look"] == ["1"]  # so that she sees the form again, and types it anew

    def test_calls_no_choice_her_words(self, cast, ben):
        client = Client(enforce_csrf_checks=True)
        answer = client.post(f"/g/{cast.group}/leave/", {"words": "keep"})
        assert answer.status_code == 419
        for wrong in (b"textarea", b"What you typed", b"Your words"):
            assert wrong not in answer.content
        assert handed_back(answer)[1] == {"csrfmiddlewaretoken": ANY, "words": ["keep"]}

    def test_speaks_of_words_only_where_there_are_some(self, cast, ben):
        with patch("kith.web.conversation.posts.actions.respond", side_effect=OperationalError("database is locked")):
            answer = ben.post(f"/g/{cast.group}/posts/1/responses/", {"kind": "heard"})
        assert answer.status_code == 503
        assert b"words are below" not in answer.content
        assert b"Send it again" in answer.content

    def test_promises_no_button_that_is_not_there(self, cast):
        answer = Client(enforce_csrf_checks=True).post("/me/codes/", {"phrase": "secret words of mine"})
        assert answer.status_code == 419
        assert b'<button type="submit" class="button button--main"' not in answer.content
        assert b"press the button" not in answer.content

    def test_gives_no_button_for_what_another_site_sent(self, cast):
        answer = Client(enforce_csrf_checks=True).post(
            f"/g/{cast.group}/leave/", {"words": "withdraw"}, headers={"sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 419
        assert b"Send it again" not in answer.content
