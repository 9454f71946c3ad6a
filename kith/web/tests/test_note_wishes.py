"""A quiet word to an author, without who: I wish this had a note. One press adds it."""

import re

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Draft, NoteWish, Post, Revision
from kith.core.models import AuditEntry
from kith.groups import actions as groups
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
TOLD = "Somebody wishes that a post of yours had a content note."


@pytest.fixture
def cast(db):
    made = make_cast()
    talk.start_topic(made.places["fay"], title="One", words="Heavy words.", nameless=True, at=AT, intent="")
    return made


def path(cast, end="note-wish"):
    return f"/g/{cast.group}/posts/1/{end}/"


class TestAReader:
    def test_is_led_there_from_under_the_post_and_tells_in_one_press(self, cast):
        ben = client_of(cast.viewer("ben"))
        assert f'href="{path(cast)}"' in ben.get(f"/g/{cast.group}/topics/1/").content.decode()
        assert "Only the person who wrote the post sees this" in ben.get(path(cast)).content.decode()
        answer = ben.post(path(cast))
        assert answer.status_code == 302
        assert "The writer is told" in ben.get(answer.headers["Location"]).content.decode()
        assert NoteWish.objects.get().note == ""

    def test_twice_is_once(self, cast):
        ben = client_of(cast.viewer("ben"))
        for words in ("needles", "blood"):
            ben.post(path(cast), {"words": words})
        assert [wish.note for wish in NoteWish.objects.all()] == ["needles"]

    def test_too_long_is_said_with_the_words_given_back(self, cast):
        answer = client_of(cast.viewer("ben")).post(path(cast), {"words": "n" * 121})
        assert answer.status_code == 422
        assert "n" * 121 in answer.content.decode()

    def test_not_on_ones_own_not_where_a_note_is_not_from_outside(self, cast):
        assert client_of(cast.viewer("fay")).post(path(cast)).status_code == 403
        assert client_of(cast.viewer("cleo")).post(path(cast)).status_code == 404
        talk.note_post(cast.places["fay"], 1, note="heavy", at=AT)
        ben = client_of(cast.viewer("ben"))
        assert ben.post(path(cast)).status_code == 403
        assert "note-wish" not in ben.get(f"/g/{cast.group}/topics/1/").content.decode()


class TestTheAuthor:
    def test_of_a_nameless_post_is_told_too_without_who(self, cast):
        talk.wish_note(cast.places["ben"], 1, note="needles", at=AT)
        notice = Notice.objects.get(kind="conversation.note_wished")
        assert (notice.mailbox_id, notice.who) == (cast.places["fay"].mailbox, "")
        html = client_of(cast.viewer("fay")).get("/me/notices/").content.decode()
        assert TOLD in html
        assert path(cast, "edit") in html
        assert not AuditEntry.objects.filter(kind__contains="wish").exists()

    def test_sees_no_number_and_adds_the_note_with_one_press(self, cast):
        talk.save_draft(cast.places["fay"], "edit:1", words="A draft of other words.")
        for who, note in (("ben", "needles"), ("ada", "needles"), ("eve", "")):
            talk.wish_note(cast.places[who], 1, note=note, at=AT)
        fay = client_of(cast.viewer("fay"))
        html = fay.get(path(cast, "edit")).content.decode()
        assert re.findall(r'name="note" value="([^"]+)">Add', html) == ["needles"]
        assert fay.post(path(cast, "note"), {"note": "needles"}).status_code == 302
        post = Post.objects.get()
        assert (post.words, post.note) == ("Heavy words.", "needles")
        assert Draft.objects.get().words == "A draft of other words."
        assert Revision.objects.count() == 1
        assert not NoteWish.objects.exists()
        assert not Notice.objects.filter(kind="conversation.note_wished").exists()

    def test_without_words_is_offered_a_plain_note(self, cast):
        talk.wish_note(cast.places["ben"], 1, note="", at=AT)
        assert "Add the note: This may be hard to read" in client_of(cast.viewer("fay")).get(path(cast, "edit")).content.decode()

    def test_nobody_else_can_add_it_or_see_it(self, cast):
        talk.wish_note(cast.places["ben"], 1, note="thunder", at=AT)
        for who in ("ada", "ben"):
            client = client_of(cast.viewer(who))
            assert client.post(path(cast, "note"), {"note": "x"}).status_code == 404
            for page in (f"/g/{cast.group}/topics/1/", f"/g/{cast.group}/desk/", "/me/notices/"):
                assert "thunder" not in client.get(page).content.decode()


class TestAfterwards:
    def test_taken_back_with_the_post(self, cast):
        talk.wish_note(cast.places["ben"], 1, note="needles", at=AT)
        talk.withdraw_post(cast.places["fay"], 1, at=AT)
        assert not NoteWish.objects.exists()
        assert not Notice.objects.filter(kind="conversation.note_wished").exists()

    def test_gone_with_the_reader_who_leaves(self, cast):
        talk.wish_note(cast.places["ben"], 1, note="needles", at=AT)
        groups.leave_group(cast.places["ben"], words="keep", at=AT)
        assert not NoteWish.objects.exists()
