"""No sentence escapes translation: in a language that nobody speaks, every word on every page is dressed, or somebody's own."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from kith.notify.channels import mail
from kith.testing.walk import found_by, pages
from kith.testing.world import build_world
from kith.web import jinja, throttle
from tests.test_routes import client_for
from tools import pseudo

LANGUAGES = [("en", "English"), ("en-xa", "Pseudo"), ("ar-xb", "Pseudo, right to left")]
# What people, stewards and the vocabulary wrote, and names of things: never translated.
DRESSED = set("⟦⟧áéíóúýñçšÁÉÍÓÚÑÇŠ")
OWN = {
    "Kith", "Wren", "Fig", "Heron", "Old Kettle", "Harbour", "Moss", "Linen", "Thistle", "STARTTLS", "TLS", "UTC", "SQLite", "PostgreSQL",
}  # fmt: skip


class _Texts(HTMLParser):
    """Collects visible text and spoken labels."""

    def __init__(self):
        super().__init__()
        self.found, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        self.skip += tag in ("script", "style", "option", "code", "textarea")
        self.found += [value for name, value in attrs if name in ("aria-label", "title", "placeholder") and value]

    def handle_endtag(self, tag):
        self.skip -= tag in ("script", "style", "option", "code", "textarea")

    def handle_data(self, data):
        if not self.skip and re.search(r"[A-Za-z]{3}", data):
            self.found.append(data.strip())


@pytest.fixture(autouse=True)
def _catalogues(settings):
    pseudo.build()
    settings.LANGUAGES = LANGUAGES
    _forget_languages()
    yield
    _forget_languages()
    for code in ("en-xa", "ar-xb"):
        jinja._environments.pop(code, None)


def _forget_languages():
    for found in (trans_real.get_languages, trans_real._get_supported_language_variant):
        found.cache_clear()


def _is_somebodys(text, world_words):
    return (
        text.lstrip(": ") in OWN
        or text.startswith("SQLite ")
        or any(text in words or words in text for words in world_words if len(words) > 2)
    )


def _owned():
    """Return what people, stewards and the vocabulary wrote in the world of this test."""
    from kith.concerns.models import Concern
    from kith.groups.names import all_names
    from kith.safety.models import HelpLine

    own = {
        "It rained all week.", "Same here.", "A line to fold", "changed", "Nobody has answered yet", "Hello?", "quiet", "A wet week in", "in first", "in second", "A line by somebody who has left.", "A line without a name.",
        "A line taken back.", "Another line taken back.", "A line seen otherwise later.", "I see it otherwise now.", "How I see it now",
        "Added on 4 March 2026", "A wet window.",
        "Living with it", "After a loss", "Just begun", "For living with it.", "For after a loss.", "For people who live with it.",
        "Anyone who lives with it.", "We tell each other what we tried.", "What is said here stays here.", "Do not repeat it.",
        "A line that comes back.", "A line that is folded.", "Hard detail.", "It names a street.", "Hm.", "May I?", "Still waiting", "Is anybody there?", "Hello again.", "To be divided", "By the way", "Evenings", "Work", "May I ask you something?", "Of course.", "Hello @Fig.", "Hello @Wren.", "Hello @Harbour.", "Nobody knows that", "cannot sleep.", "host_1", "member_1", "ex_member", "steward 1000",
    }  # fmt: skip
    for concern in Concern.objects.all():
        own |= {concern.name, *concern.words}
    for line in HelpLine.objects.filter(country__in=["GB", "NL"]):
        own |= {line.service, line.number, line.hours, line.languages, line.source, line.note, line.how}
    return own | (set(all_names()) - {""})


def _bare(answer, own):
    texts = _Texts()
    texts.feed(answer.content.decode())
    return {text for text in texts.found if not set(text) & DRESSED and not _is_somebodys(text, own)}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["guest", "member_1", "ex_member", "host_1", "steward"])
@pytest.mark.slow
def test_every_word_is_dressed_or_somebodys_own(who):
    world, bare = build_world(one_person=False), set()
    own, client = _owned(), client_for(world, who)
    for name, path, view in pages(world):
        if "GET" not in view.methods or name in ("up", "exit", "sign_out"):
            continue
        throttle.forget()
        answer = client.get(path, headers={"accept-language": "en-XA"})
        if answer.status_code in (200, 401, 404, 410) and not answer.headers["Content-Type"].startswith("image/"):
            bare |= {(name, text) for text in _bare(answer, own)}
    for name, path in found_by(world, who):
        bare |= {(name, text) for text in _bare(client.get(path, headers={"accept-language": "en-XA"}), own)}
    assert bare == set()


# What is wrong with a form: nothing typed, too much, and what no field takes.
FORMS = [{}, dict.fromkeys(("name", "own", "phrase", "email", "title", "words", "line", "charter", "host", "code"), "x" * 30_000)]
WRONG = {
    "name": "x", "own": "host", "phrase": "short", "email": "nowhere", "title": "t", "words": "w", "country": "1", "exit_url": "y",
    "host": "a b", "sender": "c", "port": "0", "send": "test", "agree": "on", "reason": "z", "note": "n" * 400, "wish": "v", "door": "open",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["guest", "member_1", "ex_member", "host_1", "steward"])
@pytest.mark.slow
def test_every_refusal_is_dressed_or_somebodys_own(who):
    world, bare, refused = build_world(one_person=False), set(), 0
    own, client = _owned() | {value for form in (*FORMS, WRONG) for value in form.values()}, client_for(world, who)
    for name, path, view in pages(world):
        if "POST" not in view.methods or name in ("exit", "sign_out"):
            continue
        for form in (*FORMS, WRONG):
            throttle.forget()
            with transaction.atomic():
                answer = client.post(path, form, headers={"accept-language": "en-XA"})
                transaction.set_rollback(True)
            if answer.status_code in (200, 403, 409, 422) and answer["Content-Type"].startswith("text/html"):
                refused += answer.status_code == 422
                bare |= {(name, text[:100]) for text in _bare(answer, own)}
    assert refused > 5
    assert bare == set()


@pytest.mark.django_db
def test_a_right_to_left_page_says_so():
    answer = Client().get("/find/browse/", headers={"accept-language": "ar-XB"})
    assert b'dir="rtl"' in answer.content
    assert b'lang="ar-xb"' in answer.content


@pytest.mark.parametrize(("subject", "body"), [(mail.SUBJECT, mail.BODY), (mail.CONFIRM_SUBJECT, mail.CONFIRM_BODY)])
def test_letters_are_written_in_the_language_that_is_on(subject, body):
    server = mail.Server("127.0.0.1", 25, "none", "", "", "notes@example.org")
    with translation.override("en-xa"):
        letter = mail.write(server, "plum@example.org", "id", "https://kith.example/", subject=subject, body=body)
    text = letter.get_content()
    assert letter["Subject"].startswith("⟦")
    assert text.startswith("⟦")
    assert "https://kith.example/" in text
