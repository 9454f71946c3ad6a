"""Forms are checked although pages send no referrer."""

import pytest
from django.test import Client

from kith.core.models import Site
from kith.testing.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    Site.objects.filter(pk=1).update(set_up_at=AT)
    return Client(enforce_csrf_checks=True)


def _token(client):
    client.get("/account/login/")
    return client.cookies["form"].value


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "null", "sec-fetch-site": "same-site"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, True),
        ({}, True),
    ],
)
def test_a_form_with_its_token(client, headers, taken):
    answer = client.post("/account/login/", {"csrfmiddlewaretoken": _token(client), "name": "x", "phrase": "y"}, headers=headers)
    assert answer.status_code == (422 if taken else 419)


def test_a_form_without_its_token_gives_the_words_back(client):
    answer = client.post("/find/", {"words": "I still set two plates."})
    assert answer.status_code == 419
    assert b"I still set two plates." in answer.content
    assert b"Send it again" in answer.content
