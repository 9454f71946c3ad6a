"""AU3: argon2id with OWASP's least numbers or more; a right pass-phrase with a weaker hash is hashed anew."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

from kith.core import clock
from kith.people.actions import check_sign_in, sign_up
from kith.people.models import Person
from kith.settings import base
from kith.testing.cast import PHRASE

ARGON = "django.contrib.auth.hashers.Argon2PasswordHasher"


class Weak(Argon2PasswordHasher):
    """As it was years ago."""

    time_cost, memory_cost, parallelism = 1, 8192, 1


@pytest.fixture(autouse=True)
def _real(settings):
    settings.PASSWORD_HASHERS = [ARGON]


def numbers(hashed):
    found = re.match(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", hashed)
    return tuple(map(int, found.groups()))


def test_the_numbers():
    """OWASP, Password Storage Cheat Sheet: argon2id with 19 MiB, 2 rounds and 1 lane at the least."""
    assert base.PASSWORD_HASHERS == [ARGON]
    memory, rounds, lanes = numbers(make_password(PHRASE))
    assert memory >= 19 * 1024
    assert rounds >= 2
    assert lanes >= 1


@pytest.mark.django_db
def test_a_weaker_hash_is_made_anew_by_signing_in_and_by_nothing_else():
    account = sign_up(name="plum", phrase=PHRASE, email="", adult=True, health_consent=True, at=clock.now())
    weak = Weak().encode(PHRASE, "saltsaltsaltsalt")
    Person.objects.filter(pk=account.person).update(password=weak)
    with pytest.raises(Exception, match="do not go together"):
        check_sign_in(name=account.sign_in_name, phrase="wrong wrong wrong", at=clock.now())
    assert Person.objects.get(pk=account.person).password == weak
    check_sign_in(name=account.sign_in_name, phrase=PHRASE, at=clock.now())
    memory, rounds, _lanes = numbers(Person.objects.get(pk=account.person).password)
    assert (memory >= 19 * 1024, rounds >= 2) == (True, True)
    check_sign_in(name=account.sign_in_name, phrase=PHRASE, at=clock.now())
