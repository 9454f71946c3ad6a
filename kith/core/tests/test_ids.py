"""Keys and codes."""

from collections import Counter

from kith.core import ids


def test_keys_are_random_and_fit_a_bigint():
    keys = {ids.random_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert all(0 < key < 2**63 for key in keys)


def test_codes_use_every_letter_about_as_often():
    letters = Counter("".join(ids.random_code(20) for _ in range(3000)))
    assert set(letters) == set(ids.LETTERS)
    assert max(letters.values()) / min(letters.values()) < 1.3
