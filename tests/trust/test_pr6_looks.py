"""PR6: nothing protected is opened without a reason, every look by another is written down first, and a list that was changed says so."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from kith.groups.viewer import Viewer
from kith.people import actions, looks, own_notes, queries, sealing
from kith.people.actions import seed_person
from kith.people.models import Look, Person
from kith.testing import walk
from kith.testing import world as worlds
from kith.testing.cast import AT, PHRASE
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def person():
    key = seed_person(name="n 1", phrase=PHRASE, at=AT)
    actions.set_email(key, email="n@example.org", phrase=PHRASE, at=AT)
    return key


def a_look(person, *, what="email", after=0):
    return looks.look(person, by="operator", what=what, reason="repair", at=AT + timedelta(days=after))


def email_sealed(person):
    return Person.objects.values_list("email_sealed", flat=True).get(pk=person)


class TestAReason:
    @pytest.mark.parametrize("why", [None, sealing.own(2), sealing.for_letter(2), sealing.unseen(2)])
    def test_without_one_or_with_that_for_another_nothing_opens(self, person, why):
        with pytest.raises(sealing.Unexplained):
            sealing.unseal(email_sealed(person), place=f"person.email:{person}", why=why)

    def test_a_look_is_a_reason_and_stands_in_her_list(self, person):
        why = a_look(person)
        assert sealing.unseal(email_sealed(person), place=f"person.email:{person}", why=why) == b"n@example.org"
        rows, whole = queries.list_looks(person)
        assert [(row.by, row.what, row.reason, row.day) for row in rows] == [("operator", "email", "repair", AT.date())]
        assert whole

    def test_one_that_no_page_can_say_is_refused_and_leaves_no_line(self, person):
        for wrong in ({"by": "x"}, {"what": "x"}, {"reason": "because"}):
            with pytest.raises(ValueError, match=r"x|because"):
                looks.look(person, **({"by": "operator", "what": "email", "reason": "repair", "at": AT} | wrong))
        assert queries.list_looks(person) == ([], True)

    def test_reasons_are_made_in_four_places_only(self):
        """`Why(...)` in no other file: else a view could write itself a reason."""
        made = [
            path
            for path in (ROOT / "kith").rglob("*.py")
            if "tests" not in path.parts and re.search(r"\bWhy\(", path.read_text())
        ]
        assert sorted(path.name for path in made) == ["looks.py", "sealing.py"]

    def test_her_own_reason_is_given_by_what_is_hers_alone(self):
        """`own(...)` in queries and actions about the person who asks; letters in the one place that sends them."""
        users = {
            path.relative_to(ROOT / "kith").as_posix()
            for path in (ROOT / "kith").rglob("*.py")
            if "tests" not in path.parts
            and re.search(r"from kith.people.sealing import [^\n]*\b(own|for_letter|unseen)\b", path.read_text())
        }
        assert users == {
            "people/queries.py", "people/own_notes.py", "people/factors.py", "people/undoing.py", "people/actions/emails.py", "people/migrations/0005_order_of_own_notes.py",
        }  # fmt: skip


class TestTheList:
    def test_is_newest_first_and_of_one_size_in_the_rows(self, person):
        for n, what in enumerate(("email", "list", "all")):
            a_look(person, what=what, after=n)
        rows, whole = queries.list_looks(person)
        assert [row.what for row in rows] == ["all", "list", "email"]
        assert whole
        assert len({len(bytes(row.sealed)) for row in Look.objects.all()}) == 1

    @pytest.mark.parametrize("which", [0, 1, 2])
    def test_one_taken_out_is_missed(self, person, which):
        for n in range(3):
            a_look(person, after=n)
        keys = sorted(Look.objects.all(), key=lambda row: sealing.unseal(row.sealed, place=f"look:{person}:{row.pk}"))
        keys[which].delete()
        rows, whole = queries.list_looks(person)
        assert not whole
        assert len(rows) == 2

    def test_all_taken_out_is_missed(self, person):
        a_look(person)
        Look.objects.all().delete()
        assert queries.list_looks(person) == ([], False)

    def test_one_changed_or_brought_from_another_is_missed(self, person):
        other = seed_person(name="n 2", at=AT)
        a_look(person)
        a_look(other)
        Look.objects.filter(person=person).update(sealed=Look.objects.get(person=other).sealed)
        assert queries.list_looks(person) == ([], False)

    def test_an_older_head_is_missed(self, person):
        a_look(person)
        head = Person.objects.get(pk=person).looks_sealed
        a_look(person, after=1)
        Person.objects.filter(pk=person).update(looks_sealed=head)
        assert not queries.list_looks(person)[1]

    def test_goes_with_the_account(self, person):
        a_look(person)
        actions.erase_person(person)
        assert not Look.objects.exists()


class TestThePage:
    def test_shows_who_what_and_why_to_her_alone(self, person):
        client = client_of(Viewer(person))
        assert "Nobody has looked." in client.get("/me/looks/").content.decode()
        a_look(person)
        words = client.get("/me/looks/").content.decode()
        assert "Somebody who runs the machine" in words
        assert "Your email address" in words
        assert "To repair something" in words
        other = client_of(Viewer(seed_person(name="n 2", at=AT)))
        assert "Nobody has looked." in other.get("/me/looks/").content.decode()

    def test_says_when_a_line_is_missing(self, person):
        a_look(person)
        Look.objects.all().delete()
        words = client_of(Viewer(person)).get("/me/looks/").content.decode()
        assert "Something is missing from this list" in words
        assert "Nobody has looked." not in words

    @pytest.mark.parametrize("code", [*looks.BY, *looks.WHAT, *looks.REASONS])
    def test_has_words_for_every_code(self, code):
        from kith.web.people.looks import look_words

        assert look_words()[code]


@pytest.mark.parametrize("who", ["steward", "host_1", "member_1"])
def test_no_page_opens_what_is_protected_of_anybody_else(who, monkeypatch):
    """The whole walk as each of them: whatever is opened is her own."""
    world, opened = worlds.build_world(one_person=False), []
    for module in (queries, own_notes):
        unseal = module.unseal

        def watched(sealed, *, place, why=None, unseal=unseal):
            if place.partition(":")[0] in sealing.PROTECTED:
                opened.append((place.split(":")[1], why.reason))
            return unseal(sealed, place=place, why=why)

        monkeypatch.setattr(module, "unseal", watched)
    actions.set_email(world.people["member_2"], email="m2@example.org", phrase=PHRASE, at=AT)
    actions.set_email(world.people[who], email="mine@example.org", phrase=PHRASE, at=AT)
    client = client_of(world.viewers[who])
    asked = 0
    for _name, path, view in walk.pages(world):
        if "GET" not in view.methods:
            continue
        client.get(path)
        asked += 1
    assert asked > 100
    assert opened
    assert set(opened) == {(str(world.people[who]), "own")}
