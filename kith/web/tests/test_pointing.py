"""Before something is posted, what could give somebody away is named; she decides, nothing is lost, nothing is kept."""

import re

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Draft, Post, Topic
from kith.conversation.queries import get_draft
from kith.core.models import AuditEntry
from kith.people.actions import set_email, set_own_name
from kith.people.filters import read_filters
from kith.people.models import Person
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
NUMBER = "Ring me on 07700 900 123, any time."
SEEN = re.compile(r'name="seen" value="([^"]*)"')
ASKS = "Somebody could find you by this"


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["fay"], title="One", words="First words.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


def ask(client, path, **fields):
    """Send a form; return its text and the mark of what was shown."""
    answer = client.post(path, fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert ASKS in html
    return html, SEEN.search(html)[1]


class TestReply:
    def test_asks_once_with_everything_still_there_and_then_posts(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        fields = {
            "words": NUMBER,
            "note": "phones",
            "nameless": "1",
            "quote": "1",
            "quoted": "First",
            "intent": "a" * 20,
            "base": "7",
        }
        html, seen = ask(ben, path, **fields)
        assert '<b class="prewrap">07700 900 123</b>' in html
        assert "Every member of this group can read it" in html
        assert "\nRing me on 07700 900 123, any time.</textarea>" in html
        assert 'value="phones"' in html
        assert re.search(r'name="nameless" value="1" checked', html)
        assert "\nFirst</textarea>" in html
        assert 'name="base" value="7"' in html
        assert Post.objects.count() == 1
        assert ben.post(path, fields | {"seen": seen}).status_code == 302
        post = Post.objects.get(number=2)
        assert (post.words, post.note, post.nameless, post.quoted) == (NUMBER, "phones", True, "First")

    def test_what_is_new_is_asked_about_again_and_what_was_shown_is_not(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        _html, seen = ask(ben, path, words=NUMBER)
        html, seen = ask(ben, path, words=f"{NUMBER} Or ben@example.org.", seen=seen)
        assert "ben@example.org</b>" in html
        assert "07700 900 123</b>" not in html
        assert ben.post(path, {"words": "Or ben@example.org.", "seen": seen}).status_code == 302

    def test_a_mark_that_another_got_is_worth_nothing(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        _html, seen = ask(client_of(cast.viewer("fay")), path, words=NUMBER)
        ask(ben, path, words=NUMBER, seen=seen)

    def test_plain_words_are_posted_at_once(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        assert ben.post(path, {"words": "Hugs. 20 mg since 12/03."}).status_code == 302

    def test_a_draft_is_kept_without_a_question(self, cast, ben):
        assert ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": NUMBER, "keep": "1"}).status_code == 302
        assert get_draft(cast.places["ben"], "reply:1").words == NUMBER

    def test_nothing_of_it_is_kept(self, cast, ben):
        before = AuditEntry.objects.count()
        ask(ben, f"/g/{cast.group}/topics/1/reply/", words=NUMBER)
        assert AuditEntry.objects.count() == before
        assert not Draft.objects.exists()


class TestTopic:
    def test_looks_at_the_title_too(self, cast, ben):
        path = f"/g/{cast.group}/topics/new/"
        fields = {"title": "Write to ben@example.org", "words": "Please.", "wish": "ideas"}
        html, seen = ask(ben, path, **fields)
        assert re.search(r'value="ideas" checked', html)
        assert 'value="Write to ben@example.org"' in html
        assert ben.post(path, fields | {"seen": seen}).status_code == 302
        assert Topic.objects.get(number=2).wish == "ideas"

    def test_another_fault_does_not_make_it_ask_twice(self, cast, ben):
        path = f"/g/{cast.group}/topics/new/"
        _html, seen = ask(ben, path, title="", words=NUMBER)
        html = ben.post(path, {"title": "", "words": NUMBER, "seen": seen}).content.decode()
        assert ASKS not in html
        assert SEEN.search(html)[1] == seen


class TestEdit:
    def test_asks_about_what_was_not_there_before(self, cast, ben):
        talk.reply(cast.places["ben"], 1, words=NUMBER, at=AT, intent="")
        path = f"/g/{cast.group}/posts/2/edit/"
        assert ben.post(path, {"words": f"{NUMBER} Hugs."}).status_code == 302
        _html, seen = ask(ben, path, words=f"{NUMBER} 14 Linden Road, Leeds.")
        assert ben.post(path, {"words": f"{NUMBER} 14 Linden Road, Leeds.", "seen": seen}).status_code == 302


class TestWhoReads:
    def test_looks_at_a_later_note_too(self, cast, ben):
        talk.reply(cast.places["ben"], 1, words="Mine.", at=AT, intent="")
        path = f"/g/{cast.group}/posts/2/later/"
        html, seen = ask(ben, path, later=NUMBER)
        assert 'href="#later"' in html
        assert Post.objects.get(number=2).later == ""
        assert ben.post(path, {"later": NUMBER, "seen": seen}).status_code == 302
        assert Post.objects.get(number=2).later == NUMBER
        assert ben.post(path, {"later": f"{NUMBER} Still."}).status_code == 302  # it stood there before

    def test_a_group_that_anybody_may_read_says_so(self, db):
        cast = make_cast(readable=True)
        html, _seen = ask(client_of(cast.viewer("ben")), f"/g/{cast.group}/topics/new/", title="T", words=NUMBER)
        assert "Anyone can read it" in html

    def test_a_line_to_the_hosts_says_so(self, cast, ben):
        html, seen = ask(ben, f"/g/{cast.group}/line/", words=NUMBER)
        assert "The hosts of this group can read it" in html
        assert ben.post(f"/g/{cast.group}/line/", {"words": NUMBER, "seen": seen}).status_code == 302


class TestMyOwnName:
    def test_is_kept_sealed_and_pointed_out(self, cast, ben):
        person = cast.viewer("ben").person
        assert ben.post("/me/own-name/", {"own_name": "Benedikt  Ashdown"}).status_code == 302
        assert read_filters(person).own_name == "Benedikt Ashdown"
        assert b"Ashdown" not in bytes(Person.objects.get(pk=person).filters_sealed)
        assert 'value="Benedikt Ashdown"' in ben.get("/me/privacy/").content.decode()
        html, _seen = ask(ben, f"/g/{cast.group}/topics/1/reply/", words="i am benedikt, hello")
        assert 'Your own name: <b class="prewrap">benedikt</b>' in html

    def test_all_sealed_rows_are_of_one_size(self, cast):
        for name, words in (("ben", "B"), ("fay", "\U0001f33c" * 60)):
            set_own_name(cast.viewer(name).person, name=words)
        sizes = {len(bytes(s)) for s in Person.objects.exclude(filters_sealed=None).values_list("filters_sealed", flat=True)}
        assert len(sizes) == 1

    def test_can_be_taken_away(self, cast, ben):
        ben.post("/me/own-name/", {"own_name": "Benedikt"})
        ben.post("/me/own-name/", {"own_name": ""})
        assert ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": "Benedikt"}).status_code == 302

    def test_too_long_is_said_kindly_with_the_words(self, cast, ben):
        answer = ben.post("/me/own-name/", {"own_name": "B" * 61})
        assert answer.status_code == 422
        assert "B" * 61 in answer.content.decode()

    def test_what_stands_before_the_at_sign_of_my_address_is_looked_for(self, cast, ben):
        set_email(cast.viewer("ben").person, email="ben.ashdown@example.org", phrase=PHRASE, at=AT)
        html, _seen = ask(ben, f"/g/{cast.group}/topics/1/reply/", words="Yours, Ben Ashdown")
        assert "Ben Ashdown</b>" in html
