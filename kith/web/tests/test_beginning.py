"""The form that begins or changes a group: what it folds, what it gives back, what it says may change later."""

import re
from html import unescape

import pytest

from kith.concerns.actions import load_core
from kith.groups import limits
from kith.groups.models import Charter, GroupConcern
from kith.groups.viewer import Viewer
from kith.people.actions import seed_person
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of
from kith.web.tests.test_sent_twice import PLAN

pytestmark = pytest.mark.django_db
SIX = ["chronic-pain", "bereavement", "cycling", "climate", "epilepsy", "stroke"]


@pytest.fixture
def person(db):
    load_core()
    return client_of(Viewer(seed_person(name="plum 1000", phrase=PHRASE, at=AT)))


def form(answer):
    return unescape(answer.content.decode())


def ticked(html):
    return re.findall(r'name="concerns" value="([\w-]+)" checked', html)


class TestWhatItIsAbout:
    def test_stands_folded_by_kind(self, person):
        html = form(person.get("/groups/new/"))
        assert html.count('<details class="fold fold--box">') == 5 + 2  # and two agreements
        assert html.count('type="checkbox" name="concerns"') > 400
        assert f"Tick up to {limits.MAX_CONCERNS} things" in html

    def test_is_open_where_something_is_ticked(self, person):
        html = form(person.post("/groups/new/", PLAN | {"name": "", "concerns": SIX[:3]}))
        assert sorted(ticked(html)) == sorted(SIX[:3])
        assert html.count('<details class="fold fold--box" open>') == 3

    def test_says_when_it_is_too_much_and_gives_everything_back(self, person):
        answer = person.post("/groups/new/", PLAN | {"concerns": SIX})
        assert answer.status_code == 422
        html = form(answer)
        assert "Tick 5 things at most. You have ticked 6." in html
        assert '<a href="#concerns">' in html
        assert sorted(ticked(html)) == sorted(SIX)
        assert 'value="My new group"' in html

    def test_is_kept(self, person):
        assert person.post("/groups/new/", PLAN | {"concerns": [*SIX[:5], SIX[0]]}).status_code == 302
        assert GroupConcern.objects.count() == 5

    def test_is_ticked_for_a_host_who_changes_it(self, person):
        cast = make_cast(concerns=("chronic-pain", "stroke"))
        html = form(client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/group/"))
        assert sorted(ticked(html)) == ["chronic-pain", "stroke"]
        assert "(2 ticked)" in html


class TestWhatIsAgreed:
    def agreed(self, count, **more):
        return (
            PLAN
            | {"agreement_title": [f"Rule {n}" for n in range(1, count + 1)], "agreement_text": ["Kindly.\r\nAlways."] * count}
            | more
        )

    def test_stands_in_numbered_pairs_the_fourth_and_fifth_folded(self, person):
        html = form(person.get("/groups/new/"))
        assert re.findall(r'<legend class="[\w-]+">Agreement (\d)</legend>', html) == list("12345")
        assert html.count("<textarea") == 6  # the charter, and what each agreement means
        assert re.findall(r"<summary><span>(Agreement \d) <small>", html) == ["Agreement 4", "Agreement 5"]
        assert 'fold--box" open' not in html

    def test_is_kept_in_pairs_each_part_on_one_line(self, person):
        person.post("/groups/new/", self.agreed(4))
        pairs = [(a["title"], a["text"]) for a in Charter.objects.get().agreements]
        assert pairs == [(f"Rule {n}", "Kindly. Always.") for n in (1, 2, 3, 4)]

    def test_comes_back_open_and_says_which_is_too_long(self, person):
        answer = person.post("/groups/new/", self.agreed(5, agreement_text=["", "", "", "", "x" * 301]))
        assert answer.status_code == 422
        html = form(answer)
        assert '<a href="#agreement-5">Agreement 5 is too long.' in html
        assert 'aria-describedby="agreement-5-e"' in html
        assert html.count('fold--box" open') == 2
        assert "x" * 301 in html
        assert 'value="Rule 4"' in html

    def test_has_room_for_ten_and_loses_none(self, person):
        html = form(person.post("/groups/new/", self.agreed(9, name="")))
        assert html.count('name="agreement_title"') == 10
        html = form(person.post("/groups/new/", self.agreed(12)))
        assert "Agree on 10 things at most. These are 12." in html
        assert all(f'value="Rule {n}"' in html for n in range(1, 13))

    def test_is_told_of_in_the_order_of_the_form(self, person):
        html = form(person.post("/groups/new/", self.agreed(0, name="", charter="", concerns=SIX)))
        assert re.findall(r'<a href="#([\w-]+)">', html.partition("error-summary")[2].partition("</ul>")[0]) == [
            "name", "concerns", "charter", "agreement-1",
        ]  # fmt: skip

    def test_begins_with_the_first_where_nothing_is_written(self, person):
        html = form(person.post("/groups/new/", self.agreed(0)))
        assert '<a href="#agreement-1">Write at least one thing' in html

    def test_shows_a_host_the_rule_of_a_folded_one(self):
        cast = make_cast(agreements=tuple((f"Rule {n}", "") for n in range(1, 6)))
        html = form(client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/group/"))
        assert re.findall(r"<summary><span>(Agreement \d: Rule \d)</span>", html) == [
            "Agreement 4: Rule 4",
            "Agreement 5: Rule 5",
        ]
        assert html.count('name="agreement_title"') == 7


class TestANameThere:
    def test_is_offered_in_the_same_words_as_where_one_comes_in(self, person):
        cast = make_cast()
        pages = [form(person.get("/groups/new/")), form(person.get(f"/g/{cast.group}/join/"))]
        for html, field in zip(pages, ("persona", "name"), strict=True):
            assert len(re.findall(rf'<input type="radio" name="{field}" value="[^"]+"', html)) == 6
            assert "A name we made up for you" in html
            assert "Or a name of my own" in html

    def test_that_was_made_up_and_picked_is_not_lost(self, person):
        html = form(person.post("/groups/new/", PLAN | {"name": "", "own": "", "persona": "Copper Beech"}))
        assert re.search(r'value="Copper Beech"( checked| autocomplete)', html)


class TestTheDoor:
    def test_says_before_it_is_chosen_that_it_goes_one_way(self, person):
        cast = make_cast()
        for html in (form(person.get("/groups/new/")), form(client_of(cast.viewer("ada")).get(f"/g/{cast.group}/desk/group/"))):
            assert "Later you can go down this list, never up." in html
            assert "opened wider" not in html

    def test_says_it_again_where_a_host_tries_the_other_way(self):
        cast = make_cast(door="request")
        answer = client_of(cast.viewer("ada")).post(f"/g/{cast.group}/desk/group/", PLAN | {"base": "1"})
        assert answer.status_code == 422
        assert "You can make it harder to come in, but not easier" in form(answer)
