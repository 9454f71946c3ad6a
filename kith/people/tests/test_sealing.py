"""Seals are bound to their place and their key."""

import pytest
from django.test import override_settings

from kith.people import sealing


def test_opens_only_in_its_own_place():
    sealed = sealing.seal(b"hello", place="person.theme:1")
    assert sealing.unseal(sealed, place="person.theme:1") == b"hello"
    for place in ("person.theme:2", "person.list:1"):
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(sealed, place=place)


def test_a_changed_byte_or_another_key_is_refused():
    sealed = sealing.seal(b"hello", place="x:1")
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), place="x:1")
    with override_settings(KITH_KEYS={"seal": {1: b"another key of thirty-two bytes."}}), pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed, place="x:1")
    for nothing in (b"", None, b"short"):
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(nothing, place="x:1")


def test_two_seals_of_the_same_are_not_alike():
    assert sealing.seal(b"same", place="x:1") != sealing.seal(b"same", place="x:1")


def test_tags_differ_by_person_group_and_key():
    tags = {sealing.owner_tag(person, group) for person in (1, 2) for group in ("abc", "abd")}
    assert len(tags) == 4
    with override_settings(KITH_KEYS={"link": {1: b"another key of thirty-two bytes."}}):
        assert sealing.owner_tag(1, "abc") not in tags
