"""Which pass-phrases are taken (trust check AU2): long ones that nobody guesses early."""

import time
from contextlib import suppress

import pytest

from kith.core.errors import Invalid
from kith.people import actions, guessable, limits, rules
from kith.testing.cast import AT

GUESSED = [
    "passwordpassword", "qwertyuiopasdfgh", "password12345678", "1qaz2wsx3edc4rfv", "iloveyouiloveyou", "letmeinletmein1!",
    "zxcvbnmasdfghjklqwertyuiop", "abcdefghijklmnop", "123456789012345", "Password! Password!", "qwertzuiopyxcvbnm", "aaaaaaaaaaaaaaa",
    "lkjhgfdsapoiuytr", "chrysanthemum chrysanthemum", "basketball123456", "evangelista evangelista 1", "monkey dragon monkey", "azertyuiopqsdfghjklm",
]  # fmt: skip
NAMED = ["plum jam 1234567", "plumjamplumjam2026", "kith kith kith kith", "Kith, plum jam! 99", "plum jam on kith"]
TAKEN = [
    "four quiet words here", "mein Haus ist grün und alt", "correct horse battery", "my mother loves gardening", "plum jam is what I like",
    "the cat sat on the mat", "sunshine on a rainy day", "ранним утром пахнет хлебом", "purple monkey dishwasher", "x9$ kV2! mQ7# zT4%",
]  # fmt: skip


@pytest.mark.parametrize("phrase", GUESSED)
def test_what_is_guessed_early_is_refused(phrase):
    with pytest.raises(Invalid) as refused:
        rules.check_phrase(phrase)
    assert "easy to guess" in refused.value.problems["phrase"]


def test_a_hundred_thousand_are_refused_without_asking_anybody():
    long_enough = [word for word in guessable._listed() if len(word) >= limits.MIN_PHRASE]
    assert len(guessable._listed()) >= 100_000
    assert len(long_enough) > 150
    assert all(guessable.is_common(word) for word in guessable._listed())


@pytest.mark.parametrize("phrase", NAMED)
def test_what_is_hardly_more_than_a_name_is_refused(phrase):
    with pytest.raises(Invalid) as refused:
        rules.check_phrase(phrase, names=("plum jam 1234", "Kith"))
    assert "a name that others can see" in refused.value.problems["phrase"]


@pytest.mark.parametrize("phrase", TAKEN)
def test_every_other_is_taken(phrase):
    rules.check_phrase(phrase, names=("plum jam 1234", "Kith"))


def test_a_long_one_is_looked_at_quickly():
    words = ("monkey", "dragon", "shadow", "master", "killer", "qwer", "4321", "zzz")
    begin = time.process_time()
    for phrase in ("".join(words) * 12, "abcd" * 128, "passwordpasswor" * 34, "dragonxmonkeyx" * 36):
        with suppress(Invalid):
            rules.check_phrase(phrase[:512])
    assert time.process_time() - begin < 0.5


@pytest.mark.django_db
class TestEveryDoorAsks:
    def test_for_a_new_one_and_with_a_code(self):
        account = actions.sign_up(name="plum jam", phrase=TAKEN[0], email="", adult=True, health_consent=True, at=AT)
        name = "plum jam plum jam"
        with pytest.raises(Invalid):
            actions.change_phrase(account.person, phrase=TAKEN[0], new=name, stay="", at=AT)
        with pytest.raises(Invalid):
            actions.use_code(name=account.sign_in_name, code=account.codes[0], phrase=name, at=AT)
        assert actions.check_sign_in(name=account.sign_in_name, phrase=TAKEN[0], at=AT) == account.person
