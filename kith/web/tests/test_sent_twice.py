"""A form that is sent twice, because the first answer did not arrive, does what it says once."""

import re

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Response
from kith.core.intents import MAX_KEY
from kith.core.models import Intent
from kith.groups import actions
from kith.groups.models import Group, Invitation, Persona
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
PLAN = {
    "name": "My new group", "line": "For people who.", "for_whom": "Anyone.", "charter": "We talk.", "agreement_title": ["A"],
    "agreement_text": ["B"], "kind": "peer", "span": "ongoing", "door": "open", "meets": ["online"], "tint": "moss", "own": "Linen",
}  # fmt: skip


@pytest.fixture
def cast(db):
    made = make_cast(door="request")
    talk.start_topic(made.places["ben"], title="One", words="A line.", at=AT, intent="")
    return made


def intent_in(page):
    return re.search(r'name="intent" value="(\w+)"', page.content.decode())[1]


class TestAnAnswerWithoutWords:
    def send(self, cast, *kinds):
        client = client_of(cast.viewer("fay"))
        return [client.post(f"/g/{cast.group}/posts/1/responses/", {"kind": kind}).status_code for kind in kinds]

    def test_stays(self, cast):
        assert self.send(cast, "heard", "heard") == [302, 302]
        assert Response.objects.get().kind == "heard"
        assert Notice.objects.filter(kind="conversation.responded").count() == 1

    def test_stays_taken_back(self, cast):
        assert self.send(cast, "heard", "none", "none") == [302, 302, 302]
        assert not Response.objects.exists()
        assert not Notice.objects.filter(kind="conversation.responded").exists()

    def test_changes(self, cast):
        self.send(cast, "heard", "hope")
        assert Response.objects.get().kind == "hope"

    def test_says_on_its_button_what_a_press_does(self, cast):
        client = client_of(cast.viewer("fay"))
        assert b'value="none"' not in client.get(f"/g/{cast.group}/topics/1/").content
        self.send(cast, "heard")
        page = client.get(f"/g/{cast.group}/topics/1/").content
        assert page.count(b'name="kind" value="none" aria-pressed="true"') == 1
        assert b'value="heard"' not in page


class TestBeginningAGroup:
    def test_makes_one_and_leads_to_it_both_times(self, cast):
        client = client_of(cast.viewer("cleo"))
        form = PLAN | {"intent": intent_in(client.get("/groups/new/"))}
        first, second = client.post("/groups/new/", form), client.post("/groups/new/", form)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first["Location"] == second["Location"]
        assert Group.objects.filter(name="My new group").count() == 1

    def test_makes_one_even_where_no_page_looked_first(self, cast):
        from kith.testing.cast import a_plan

        both = [
            actions.begin_group(a_plan(name="New"), by=cast.viewer("cleo"), persona_name="Moss", at=AT, intent="x")
            for _time in range(2)
        ]
        assert both[0] == both[1]
        assert Group.objects.filter(name="New").count() == 1

    def test_a_second_group_is_another_form(self, cast):
        client = client_of(cast.viewer("cleo"))
        for _time in range(2):
            client.post("/groups/new/", PLAN | {"intent": intent_in(client.get("/groups/new/")), "again": "on"})
        assert Group.objects.filter(name="My new group").count() == 2

    def test_two_people_with_one_key_begin_two(self, cast):
        for who in ("cleo", "dov"):
            assert client_of(cast.viewer(who)).post("/groups/new/", PLAN | {"intent": "same"}).status_code == 302
        assert Group.objects.filter(name="My new group").count() == 2

    def test_what_is_remembered_names_nobody(self, cast):
        client_of(cast.viewer("cleo")).post("/groups/new/", PLAN | {"intent": "same"})
        row = Intent.objects.get(result=Group.objects.get(name="My new group").code)
        assert row.actor == 0
        assert "same" not in row.key
        assert len(row.key) == MAX_KEY


class TestInviting:
    def test_shows_the_same_link_again(self, cast):
        client = client_of(cast.viewer("ada"))
        before = Invitation.objects.count()
        form = {"role": "member", "intent": intent_in(client.get(f"/g/{cast.group}/desk/"))}
        links = [
            re.search(rb"/invitation/\w+/", client.post(f"/g/{cast.group}/desk/invitations/", form).content)[0] for _ in "ab"
        ]
        assert links[0] == links[1]
        assert Invitation.objects.count() == before + 1
        assert client_of(cast.viewer("cleo")).get(links[0].decode()).status_code == 200

    def test_another_role_or_form_is_another_link(self, cast):
        before = Invitation.objects.count()
        for role, intent in (("member", "a"), ("host", "a"), ("member", "b"), ("member", ""), ("member", "")):
            actions.invite(cast.places["ada"], role=role, at=AT, intent=intent)
        assert Invitation.objects.count() == before + 5

    def test_the_code_is_not_stored(self, cast):
        made = actions.invite(cast.places["ada"], role="member", at=AT, intent="a")
        assert made.code not in Intent.objects.get(actor=cast.places["ada"].persona).result


class TestAnsweringAtTheDoor:
    def ask(self, cast):
        actions.join_group(cast.group, by=cast.viewer("cleo"), name="Thistle", at=AT)
        return f"/g/{cast.group}/desk/asking/{Persona.objects.get(name='Thistle').handle}/"

    @pytest.mark.parametrize("answer", ["yes", "no"])
    def test_the_same_answer_twice_is_done_once(self, cast, answer):
        path, ada = self.ask(cast), client_of(cast.viewer("ada"))
        assert [ada.post(path, {"answer": answer}).status_code for _time in range(2)] == [302, 302]
        kind = "groups.welcomed" if answer == "yes" else "groups.declined"
        assert Notice.objects.filter(kind=kind).count() == 1

    @pytest.mark.parametrize("answers", [("yes", "no"), ("no", "yes")])
    def test_another_answer_is_told_so(self, cast, answers):
        path, ada = self.ask(cast), client_of(cast.viewer("ada"))
        assert [ada.post(path, {"answer": answer}).status_code for answer in answers] == [302, 409]

    @pytest.mark.parametrize("form", [{}, {"answer": ""}, {"answer": "maybe"}])
    def test_nothing_chosen_lets_nobody_in_and_says_so(self, cast, form):
        answer = client_of(cast.viewer("ada")).post(self.ask(cast), form)
        assert answer.status_code == 422
        assert b"Nobody was let in" in answer.content
        assert Persona.objects.get(name="Thistle").joined_on is None
