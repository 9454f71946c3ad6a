"""Two tabs with the same words: kept both, once each, whatever the words are for."""

import pytest

from kith.core.errors import Stale
from kith.core.ids import random_key
from kith.people.queries import get_own_note
from kith.testing.cast import make_cast
from kith.testing.clients import client_of
from kith.web.tabs import both_of, keep_both


@pytest.mark.parametrize(
    ("newer", "typed", "both"),
    [
        ("", "Typed.", "Typed."),
        ("Newer.", "Typed.", "Newer.\n\nTyped."),
        ("Newer, typed.", " typed.\n", "Newer, typed."),
        ("Newer.", "", "Newer."),
    ],
)
def test_says_everything_once(newer, typed, both):
    assert both_of(newer, typed) == both


def test_saves_over_the_newest_version_only_where_there_is_one():
    kept = []

    def save(words, base):
        if base != 7:
            raise Stale("Another page")
        kept.append(words)
        return len(kept)

    def newest():
        return "Newer.", 7

    assert keep_both(save, "First.", 7, newest=newest) == 1
    assert keep_both(save, "Second.", 6, newest=newest) == 2
    assert kept == ["First.", "Newer.\n\nSecond."]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["note", "draft"])
def test_an_open_page_is_answered_alike(kind):
    cast = make_cast()
    ben, key = client_of(cast.viewer("ben")), random_key()
    path = f"/me/own/{key}/keeping/" if kind == "note" else f"/g/{cast.group}/drafts/topic/"
    version = ben.post(path, {"words": "One.", "base": "0"}).json()["version"]
    newer = ben.post(path, {"words": "Two.", "base": version}).json()["version"]
    stale = ben.post(path, {"words": "Three.", "base": version})
    assert (stale.status_code, stale.json()["version"]) == (409, newer)
    assert "newer words" in stale.json()["problem"]
    long = ben.post(path, {"words": "x" * 90_000, "base": newer})
    assert (long.status_code, list(long.json())) == (422, ["problem"])
    if kind == "note":
        assert get_own_note(cast.viewer("ben").person, key).words == "Two."
