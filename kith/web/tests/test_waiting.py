"""Who waits for an answer, as hosts see it; what a member and a group set about it; how soon the front door says one is answered."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine

from kith.conversation import actions, jobs
from kith.groups.models import Group, Persona
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web.tests.test_sent_twice import PLAN
from kith.web.words import answer_words

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


@pytest.fixture
def cast(db):
    return make_cast()


def start(cast, who="ben", *, at=AT, title="Nights", **more):
    return actions.start_topic(cast.places[who], title=title, words="It is hard.", at=at, intent="", **more)


def read(cast, who, path, at):
    with time_machine.travel(at, tick=False):
        jobs.pass_on_waits()
        answer = client_of(cast.viewer(who)).get(f"/g/{cast.group}/{path}")
    return answer.status_code, unescape(answer.content.decode())


class TestTheWaitingList:
    def test_is_for_hosts_alone(self, cast):
        for who, status in (("ada", 200), ("eve", 200), ("ben", 404), ("cleo", 404)):
            assert read(cast, who, "desk/waiting/", AT)[0] == status

    def test_shows_the_longest_wait_first_and_how_far_each_was_passed_on(self, cast):
        client_of(cast.viewer("fay")).post(f"/g/{cast.group}/willing/", {"wants": "1"})
        start(cast, title="The older one")
        start(cast, title="The newer one", at=AT + 20 * HOURS)
        start(cast, title="The newest one", at=AT + 25 * HOURS)
        read(cast, "ada", "desk/waiting/", AT + HOURS)
        page = read(cast, "ada", "desk/waiting/", AT + 25 * HOURS)[1]
        titles = [page.index(f"{name} one</a>") for name in ("The older", "The newer", "The newest")]
        assert titles == sorted(titles)
        older, newer, newest = page[: titles[1]], page[titles[1] : titles[2]], page[titles[2] :]
        assert "Members were told: yesterday evening. Hosts were told: this evening." in older
        assert "Members were told: this evening." in newer
        assert "Nobody was told so far." in newest
        assert '"waiting waiting--long">Waiting 25 hours' in older
        assert '"waiting">Waiting 5 hours' in newer
        assert f'href="/g/{cast.group}/topics/1/?post=1#write"' in older

    def test_goes_by_the_hours_of_the_group(self, cast):
        Group.objects.update(relay_hours=6)
        start(cast)
        for path in ("desk/", "desk/waiting/"):
            assert "waiting--long" not in read(cast, "ada", path, AT + 5 * HOURS)[1]
            assert "waiting--long" in read(cast, "ada", path, AT + 6 * HOURS)[1]

    def test_names_no_nameless_voice(self, cast):
        start(cast, nameless=True)
        page = read(cast, "ada", "desk/waiting/", AT + HOURS)[1]
        assert "Nameless 1" in page
        assert "Wren" not in page

    def test_is_empty_when_everybody_was_answered(self, cast):
        start(cast)
        actions.reply(cast.places["fay"], 1, words="Yes.", at=AT, intent="")
        assert "Everybody has been answered." in read(cast, "ada", "desk/waiting/", AT)[1]

    def test_goes_on_from_page_to_page(self, cast):
        for n in range(23):
            start(cast, title=f"Number {n}", at=AT + n * HOURS)
        first = read(cast, "ada", "desk/waiting/", AT + 25 * HOURS)[1]
        assert "?after=20" in first
        rest = read(cast, "ada", "desk/waiting/?after=20", AT + 25 * HOURS)[1]
        assert ["Number 20" in rest, "Number 22" in rest, "Number 19" in rest] == [True, True, False]
        assert read(cast, "ada", "desk/waiting/?after=999", AT)[0] == 200

    def test_costs_few_statements(self, cast, django_assert_num_queries):
        for n in range(5):
            start(cast, title=f"Number {n}")
        client = client_of(cast.viewer("ada"))
        with django_assert_num_queries(4):  # who is signed in, the place, who waits, the hours
            client.get(f"/g/{cast.group}/desk/waiting/")


class TestWillingMembers:
    def test_say_so_for_themselves(self, cast):
        client, path = client_of(cast.viewer("fay")), f"/g/{cast.group}/willing/"
        assert 'name="wants" value="1">' in read(cast, "fay", "me/", AT)[1]
        assert client.post(path, {"wants": "1"})["Location"] == f"/g/{cast.group}/me/#told"
        assert 'name="wants" value="1" checked>' in read(cast, "fay", "me/", AT)[1]
        assert list(Persona.objects.filter(willing=True).values_list("name", flat=True)) == ["Fig"]
        client.post(path, {})
        assert not Persona.objects.filter(willing=True).exists()

    def test_are_told_in_plain_words_that_lead_to_the_post(self, cast):
        client_of(cast.viewer("fay")).post(f"/g/{cast.group}/willing/", {"wants": "1"})
        start(cast)
        with time_machine.travel(AT + HOURS, tick=False):
            jobs.pass_on_waits()
        page = unescape(client_of(cast.viewer("fay")).get("/me/notices/").content.decode())
        assert "Somebody waits for an answer. If you have a minute: a line is enough." in page
        assert f'href="/g/{cast.group}/topics/1/?post=1#p1"' in page


class TestTheHoursOfAGroup:
    @pytest.mark.parametrize(("typed", "kept"), [("6", 6), ("72", 72), ("7", 24), ("", 24)])
    def test_are_one_of_a_few(self, cast, typed, kept):
        client = client_of(cast.viewer("ada"))
        assert client.post("/groups/new/", PLAN | {"relay_hours": typed, "intent": "x1"}).status_code == 302
        assert Group.objects.get(name=PLAN["name"]).relay_hours == kept

    def test_are_changed_by_a_host(self, cast):
        page = read(cast, "ada", "desk/group/", AT)[1]
        assert 'name="relay_hours" value="24" checked' in page
        Group.objects.update(relay_hours=6)
        assert 'name="relay_hours" value="6" checked' in read(cast, "ada", "desk/group/", AT)[1]


class TestTheFrontDoor:
    def test_says_how_soon_half_are_answered_from_ten_topics_on(self, cast):
        for n in range(10):
            if n == 9:
                assert answer_words(None) in read(cast, "cleo", "", AT + 30 * HOURS)[1]
            start(cast)
            actions.reply(cast.places["fay"], n + 1, words="Yes.", at=AT + 5 * HOURS, intent="")
        assert answer_words(5) in read(cast, "cleo", "", AT + 30 * HOURS)[1]
