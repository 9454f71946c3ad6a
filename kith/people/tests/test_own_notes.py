"""Notes to oneself: a list opens only the heads it shows, and says how each begins as the note itself would."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from kith.core.errors import NotFound
from kith.core.ids import random_key
from kith.core.text import excerpt
from kith.people import limits, own_notes
from kith.people.actions import save_own_note, seed_person
from kith.people.models import OwnNote
from kith.people.queries import find_own_heads, list_own_heads, list_own_notes
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return seed_person(name="ben 1000", at=AT)


def write(person, words, *, after=0, key=None, base=0):
    return save_own_note(person, key or random_key(), words=words, base=base, at=AT + timedelta(minutes=after))


@pytest.fixture
def opened(monkeypatch):
    """The places of what was unsealed."""
    places, unseal = [], own_notes.unseal

    def watched(sealed, *, place, why):
        places.append(place.partition(":")[0])
        return unseal(sealed, place=place, why=why)

    monkeypatch.setattr(own_notes, "unseal", watched)
    return places


class TestAList:
    def test_opens_the_heads_it_shows_and_nothing_else(self, person, opened, django_assert_num_queries):
        for n in range(45):
            write(person, f"Note {n:02}. " + "And more. " * 60, after=n)
        with django_assert_num_queries(2):
            heads, pages = list_own_heads(person, page=2, size=20)
        assert opened == ["own_note_head"] * 20
        assert ([head.gist[:8] for head in heads], pages) == ([f"Note {n:02}." for n in range(24, 4, -1)], 3)
        assert [head.made_at for head in heads] == [note.made_at for note in list_own_notes(person)[20:40]]
        with pytest.raises(NotFound):
            list_own_heads(person, page=4, size=20)

    def test_begins_as_its_note_does_also_after_a_change(self, person):
        note = write(person, "**First** line.\nSecond line. " + "word " * 100)
        assert [head.gist for head in list_own_heads(person, page=1, size=20)[0]] == [excerpt(note.words)]
        changed = write(person, "Another.", key=note.key, base=note.version)
        assert [head.gist for head in list_own_heads(person, page=1, size=20)[0]] == ["Another."]
        assert changed.made_at == note.made_at

    def test_keeps_its_order_when_notes_change_and_go(self, person):
        first, second, third = (write(person, words, after=n) for n, words in enumerate(("One.", "Two.", "Three.")))
        write(person, "One again.", key=first.key, base=first.version, after=9)
        OwnNote.objects.filter(pk=third.key).delete()
        write(person, "Four.", after=10)
        assert [head.gist for head in list_own_heads(person, page=1, size=20)[0]] == ["Four.", "Two.", "One again."]
        assert second.key in [note.key for note in list_own_notes(person)]

    def test_is_nobody_elses(self, person):
        write(person, "Mine.")
        other = seed_person(name="fay 1000", at=AT)
        assert list_own_heads(other, page=1, size=20) == ([], 1)
        assert find_own_heads(other, "mine") == []

    @pytest.mark.parametrize("words", ["x", "🫂" * 400, '"\\' * 400, "\u2028" * 3 + "ß" * 400, "x" * 40_000])
    def test_a_head_tells_no_length(self, person, words):
        write(person, words)
        assert len(bytes(OwnNote.objects.get().head_sealed)) == limits.OWN_HEAD + 29  # a version, a nonce and a tag


class TestNotesOfBeforeThereWereHeads:
    def fill(self):
        import_module("kith.people.migrations.0005_order_of_own_notes").count(apps, None)

    def test_are_numbered_by_their_moments_and_shown_as_they_were(self, person, opened):
        other = seed_person(name="fay 1000", at=AT)
        for n in (2, 0, 1):
            write(person, f"Note {n}.", after=n)
        write(other, "Hers.")
        OwnNote.objects.update(head_sealed=None, number=0)
        for _again in range(2):
            self.fill()
            assert [note.words for note in list_own_notes(person)] == ["Note 2.", "Note 1.", "Note 0."]
        opened.clear()
        assert [head.gist for head in list_own_heads(person, page=1, size=2)[0]] == ["Note 2.", "Note 1."]
        assert opened == ["own_note", "own_note"]
        write(person, "Note 3.", after=3)
        assert list_own_heads(person, page=1, size=1)[0][0].gist == "Note 3."

    def test_get_a_head_when_they_change(self, person, opened):
        note = write(person, "Old.")
        OwnNote.objects.update(head_sealed=None)
        write(person, "New.", key=note.key, base=note.version)
        opened.clear()
        assert list_own_heads(person, page=1, size=20)[0][0].gist == "New."
        assert opened == ["own_note_head"]

    def test_one_that_cannot_be_opened_stops_nothing(self, person):
        bad, good = write(person, "Broken.", after=1), write(person, "Whole.")
        OwnNote.objects.update(number=0)
        OwnNote.objects.filter(pk=bad.key).update(sealed=b"\x01broken")
        self.fill()
        assert list(OwnNote.objects.order_by("number").values_list("pk", flat=True)) == [bad.key, good.key]
