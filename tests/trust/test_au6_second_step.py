"""AU6: passkeys and apps for everybody, a second step for whoever leads or runs the site, numbers and codes once."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from kith.core import clock
from kith.core.errors import Invalid, NotFound, Refused, StepFirst
from kith.groups.queries import get_desk_place, get_place
from kith.groups.viewer import Viewer
from kith.people import actions, queries
from kith.people.models import Factor, RecoveryCode, Session
from kith.people.sealing import token_hash
from kith.testing import walk
from kith.testing import world as worlds
from kith.testing.cast import PHRASE
from kith.testing.clients import client_of, client_with
from kith.web import cookies

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def number(at, secret=SECRET):
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def account():
    return actions.sign_up(name="plum", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())


def add(account, at=None, **changes):
    at = at or clock.now()
    given = {"secret": SECRET, "code": number(at), "phrase": PHRASE, "name": "My phone", "at": at}
    actions.add_app(account.person, **(given | changes))


def sign_in(account, client=None, **more):
    client = client or Client()
    return client, client.post("/account/login/", {"name": account.sign_in_name, "phrase": PHRASE} | more)


def field(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


class TestAnApp:
    def test_is_taken_with_a_right_number_and_the_phrase(self, account):
        with pytest.raises(Invalid):
            add(account, code="000000")
        with pytest.raises(Refused):
            add(account, phrase="not her phrase at all")
        add(account)
        assert [(row.kind, row.name) for row in queries.list_factors(account.person)] == [("app", "My phone")]

    def test_a_number_works_once_and_near_its_time_only(self, account):
        at = clock.now()
        add(account, at)
        with pytest.raises(Refused):
            actions.check_step(account.person, number(at), at=at)  # the one that it was taken with
        later = at + timedelta(seconds=60)
        for wrong in (number(at + timedelta(minutes=5)), number(at - timedelta(minutes=5)), "12345", ""):
            with pytest.raises(Refused):
                actions.check_step(account.person, wrong, at=later)
        actions.check_step(account.person, number(later), at=later)
        with pytest.raises(Refused):
            actions.check_step(account.person, number(later), at=later)

    def test_guessing_numbers_ends_soon(self, account):
        add(account)
        for _guess in range(20):
            with pytest.raises(Refused):
                actions.check_step(account.person, "000000", at=clock.now())
        with pytest.raises(actions.Guessed):
            actions.check_step(account.person, number(clock.now() + timedelta(seconds=30)), at=clock.now())

    def test_is_sealed_and_of_one_size(self, account):
        add(account)
        add(account, at=clock.now() + timedelta(seconds=60), name="Another with a longer name")
        rows = list(Factor.objects.all())
        assert len({len(bytes(row.sealed)) for row in rows}) == 1
        assert all(SECRET.encode() not in bytes(row.sealed) for row in rows)


class TestOnTheWayIn:
    def test_no_session_is_opened_before_the_second_step(self, account):
        add(account, clock.now() - timedelta(seconds=90))
        client, answer = sign_in(account)
        assert answer.status_code == 200
        assert cookies.name() not in client.cookies
        assert not Session.objects.exists()
        done = client.post("/account/step/", {"half": field(answer, "half"), "code": number(clock.now())})
        assert done.status_code == 302
        assert Session.objects.get().strong

    def test_a_code_on_paper_works_in_its_place_once(self, account):
        add(account)
        client, answer = sign_in(account)
        assert client.post("/account/step/", {"half": field(answer, "half"), "code": account.codes[0]}).status_code == 302
        client, answer = sign_in(account)
        assert client.post("/account/step/", {"half": field(answer, "half"), "code": account.codes[0]}).status_code == 422
        assert RecoveryCode.objects.filter(used_on=None).count() == 9

    def test_a_code_that_set_a_new_phrase_does_not_pass_by_it(self, account):
        add(account)
        fields = {"name": account.sign_in_name, "code": account.codes[0], "phrase": "another quiet phrase"}
        client = Client()
        answer = client.post("/account/code/", fields)
        assert answer.status_code == 200
        assert cookies.name() not in client.cookies
        assert client.post("/account/step/", {"half": field(answer, "half"), "code": account.codes[0]}).status_code == 422

    def test_what_was_begun_is_over_after_five_minutes_or_when_it_is_not_ours(self, account, monkeypatch):
        add(account)
        client, answer = sign_in(account)
        half = field(answer, "half")
        monkeypatch.setattr("kith.web.people.stepping.time.time", lambda: clock.now().timestamp() + 301)
        late = client.post("/account/step/", {"half": half, "code": account.codes[0]})
        assert late.status_code == 422
        assert "five minutes" in late.content.decode()
        assert client.post("/account/step/", {"half": "00" * 40, "code": account.codes[0]}).status_code == 422
        assert not Session.objects.exists()

    def test_words_of_a_refused_form_come_along(self, account):
        add(account)
        client, answer = sign_in(account, kept_words="Half a letter.", next="/me/words/")
        assert "Your words are safe" in answer.content.decode()
        assert field(answer, "kept_words") == "Half a letter."
        done = client.post(
            "/account/step/",
            {"half": field(answer, "half"), "code": account.codes[0], "kept_words": "Half a letter.", "next": "/me/words/"},
        )
        assert "Half a letter." in done.content.decode()

    def test_without_one_nothing_is_asked(self, account):
        _client, answer = sign_in(account)
        assert answer.status_code == 302
        assert not Session.objects.get().strong


class TestOnePage:
    def test_adds_an_app_and_goes_on_strong_under_a_new_name(self, account):
        client = client_with(actions.open_session(account.person, device="phone", own_device=False, at=clock.now()))
        other = actions.open_session(account.person, device="phone", own_device=False, strong=True, at=clock.now())
        before = client.cookies[cookies.name()].value
        page = client.get("/me/factors/app/").content.decode()
        secret = re.search(r'class="code-line">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
        held = re.search(r'name="held" value="([^"]*)"', page)[1]
        fields = {"held": held, "code": number(clock.now(), secret), "phrase": PHRASE, "name": "My phone"}
        wrong = client.post("/me/factors/app/", fields | {"code": "000000"})
        assert wrong.status_code == 422
        assert secret == re.search(r'class="code-line">([A-Z2-7 ]+)<', wrong.content.decode())[1].replace(" ", "")
        assert client.post("/me/factors/app/", fields).status_code == 302
        assert client.cookies[cookies.name()].value != before
        assert Session.objects.exclude(token_hash=token_hash(other)).get().strong
        assert not Session.objects.get(token_hash=token_hash(other)).strong  # has to show it too
        words = client.get("/me/factors/?done=step").content.decode()
        assert "My phone" in words
        assert "From now on it is asked for" in words

    def test_takes_one_away_with_the_phrase(self, account):
        add(account)
        client = client_with(actions.open_session(account.person, device="phone", own_device=False, strong=True, at=clock.now()))
        key = Factor.objects.get().pk
        assert client.post(f"/me/factors/{key}/drop/", {"phrase": "wrong wrong wrong"}).status_code == 422
        assert Factor.objects.exists()
        assert client.post(f"/me/factors/{key}/drop/", {"phrase": PHRASE}).status_code == 302
        assert not Factor.objects.exists()

    def test_nobody_takes_away_what_is_another_ones(self, account):
        add(account)
        other = actions.sign_up(name="fig", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())
        client = client_of(Viewer(other.person))
        client.post(f"/me/factors/{Factor.objects.get().pk}/drop/", {"phrase": PHRASE})
        assert Factor.objects.exists()


class TestWhoeverLeads:
    @pytest.fixture
    def world(self):
        return worlds.build_world(one_person=False)

    def weak(self, world, who):
        return Viewer(world.people[who], steward=who == "steward", strong=False)

    def test_is_a_member_like_any_other_without_it(self, world):
        code = world.groups["first"]
        place = get_place(self.weak(world, "host_1"), code)
        assert (place.leads, place.lacks_step) == (False, True)
        with pytest.raises(StepFirst):
            get_desk_place(self.weak(world, "host_1"), code)
        with pytest.raises(NotFound):
            get_desk_place(self.weak(world, "member_1"), code)
        assert get_desk_place(world.viewers["host_1"], code).leads

    @pytest.mark.parametrize(("who", "rule"), [("host_1", "host"), ("steward", "steward")])
    def test_reaches_no_page_of_her_office_without_it(self, world, who, rule):
        weak, strong = client_of(self.weak(world, who)), client_of(world.viewers[who])
        asked = 0
        for _name, path, view in walk.pages(world):
            if view.reach != rule or (rule == "host" and world.groups["second"] in path):
                continue
            for verb in view.methods:
                answer = getattr(weak, verb.lower())(path)
                if verb == "GET" and getattr(strong, verb.lower())(path).status_code == 404:
                    continue
                assert answer.status_code == (403 if verb == "GET" else answer.status_code), (verb, path)
                assert answer.status_code in (403, 404, 409, 422), (verb, path, answer.status_code)
                asked += answer.status_code == 403
        assert asked >= 4

    def test_is_led_to_it_with_her_words_and_back(self, world):
        code = world.groups["first"]
        person = world.people["host_1"]
        codes = actions.renew_codes(person, phrase=PHRASE, at=clock.now())
        client = client_of(self.weak(world, "host_1"))
        asked = client.get(f"/g/{code}/desk/")
        assert asked.status_code == 403
        assert "A second step first" in asked.content.decode()
        shown = client.post("/account/step/", {"next": f"/g/{code}/desk/", "look": "1", "kept_words": "Typed."})
        assert "One of your codes on paper" in shown.content.decode()
        assert field(shown, "kept_words") == "Typed."
        before = client.cookies[cookies.name()].value
        done = client.post("/account/step/", {"next": f"/g/{code}/desk/", "half": field(shown, "half"), "code": codes[0]})
        assert done.headers["Location"] == f"/g/{code}/desk/"
        assert client.cookies[cookies.name()].value != before
        assert client.get(f"/g/{code}/desk/").status_code == 200

    def test_nobody_is_asked_in_a_demo(self, world, settings):
        client = client_of(self.weak(world, "host_1"))
        env = type(settings.ENV)(**{name: getattr(settings.ENV, name) for name in settings.ENV.__slots__} | {"demo": True})
        settings.ENV = env
        assert client.get(f"/g/{world.groups['first']}/desk/").status_code == 200


def test_a_passkey_alone_has_to_ask_for_a_finger_whatever_comes_back_with_the_form(account, monkeypatch):
    from kith.people.actions import factors
    from kith.people.factors import close_factor
    from kith.people.sealing import passkey_tag

    row = Factor(person_id=account.person, kind="passkey", tag=passkey_tag(b"id"))
    close_factor(row, {"credential": "00", "name": "Mine", "day": "2026-03-04"})
    row.save(force_insert=True)
    seen = []
    monkeypatch.setattr(factors, "AttestedCredentialData", bytes)
    monkeypatch.setattr(factors.Fido2Server, "authenticate_complete", lambda _server, state, _held, _answer: seen.append(state))
    state = {"challenge": "x", "user_verification": "preferred"}
    for person in (None, account.person):
        assert (
            actions.check_passkey(person, state=state, answer={"rawId": "aWQ"}, host="localhost", site="Kith") == account.person
        )
    assert [held["user_verification"] for held in seen] == ["required", "preferred"]
