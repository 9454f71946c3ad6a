"""A page of my own: seen by nobody, sealed, and any note can become a post without a trace of where it came from."""

import logging
import re

import pytest

from kith.conversation import actions as talk
from kith.conversation.models import Draft
from kith.conversation.queries import get_draft
from kith.core.ids import random_key
from kith.groups.actions import close_account
from kith.people.actions import erase_person, save_own_note
from kith.people.models import OwnNote
from kith.people.queries import list_own_notes
from kith.testing.cast import AT, PHRASE, make_cast, open_group
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
SECRET = "Nobody knows that I cannot sleep."
ACTION = re.compile(r'action="(/me/own/\d+/)"')


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


def write(client, words=SECRET):
    """Write a note through its form; return its path."""
    path = ACTION.search(client.get("/me/own/new/").content.decode())[1]
    answer = client.post(path, {"words": words, "base": "0"})
    assert answer.status_code == 302
    return path


def base_of(client, path):
    return re.search(r'name="base" value="(\d+)"', client.get(path).content.decode())[1]


class TestWriting:
    def test_is_kept_sealed_listed_and_read_again(self, cast, ben):
        path = write(ben)
        assert SECRET in ben.get("/me/own/").content.decode()
        assert f"\n{SECRET}</textarea>" in ben.get(path).content.decode()
        note = OwnNote.objects.get()
        assert b"sleep" not in bytes(note.sealed) + bytes(note.head_sealed)

    def test_sent_twice_is_one_note(self, cast, ben):
        path = write(ben)
        ben.post(path, {"words": SECRET, "base": "0"})
        assert OwnNote.objects.count() == 1

    def test_changes_and_two_tabs_lose_nothing(self, cast, ben):
        path = write(ben)
        base = base_of(ben, path)
        ben.post(path, {"words": "First tab.", "base": base})
        ben.post(path, {"words": "Second tab.", "base": base})
        assert [note.words for note in list_own_notes(cast.viewer("ben").person)] == ["First tab.\n\nSecond tab."]

    @pytest.mark.parametrize("words", ["", " \n", "x" * 40_001])
    def test_what_cannot_be_kept_is_said_and_given_back(self, cast, ben, words):
        answer = ben.post(f"/me/own/{random_key()}/", {"words": words})
        assert answer.status_code == 422
        assert words.strip() in answer.content.decode()
        assert OwnNote.objects.count() == 0

    def test_is_saved_while_it_is_written(self, cast, ben):
        path = f"/me/own/{random_key()}/"
        version = ben.post(f"{path}keeping/", {"words": "I began", "base": "0"}).json()["version"]
        assert ben.post(f"{path}keeping/", {"words": "I began to write", "base": version}).status_code == 200
        assert ben.post(f"{path}keeping/", {"words": "Older", "base": version}).status_code == 409
        assert ben.post(path, {"words": "I began to write it.", "base": base_of(ben, path)}).status_code == 302
        assert [note.words for note in list_own_notes(cast.viewer("ben").person)] == ["I began to write it."]

    def test_newest_stands_first_and_pages_end(self, cast, ben):
        person = cast.viewer("ben").person
        for hour in range(21):
            save_own_note(person, random_key(), words=f"Note {hour:02}.", base=0, at=AT.replace(hour=hour))
        first, second = (re.findall(r"Note \d\d\.", ben.get(f"/me/own/?page={n}").content.decode()) for n in (1, 2))
        assert first[0] == "Note 20."
        assert set(second) == {"Note 00."}
        assert ben.get("/me/own/?page=3").status_code == 404


class TestFinding:
    def test_looks_through_them_without_a_word_in_the_address(self, cast, ben):
        write(ben, "About Zürich.")
        write(ben, "Something else.")
        answer = ben.post("/me/own/", {"find": "zurich"})
        assert "zurich" not in answer.headers["Location"]
        html = ben.get(answer.headers["Location"]).content.decode()
        assert "About Zürich." in html
        assert "Something else." not in html
        assert client_of(cast.viewer("fay")).get(answer.headers["Location"]).status_code == 410


class TestNobodyElse:
    def test_can_read_change_or_throw_away(self, cast, ben):
        path = write(ben)
        for who in ("fay", "ada", "sue"):
            other = client_of(cast.viewer(who))
            for end in ("", "gone/", "post/"):
                assert other.get(path + end).status_code == 404, (who, end)
            assert other.post(path, {"words": "Mine now."}).status_code == 404
            assert other.post(f"{path}keeping/", {"words": "Mine now."}).status_code == 404
            other.post(f"{path}gone/")
            assert SECRET not in other.get("/me/own/").content.decode()
        assert [note.words for note in list_own_notes(cast.viewer("ben").person)] == [SECRET]

    def test_no_word_of_it_in_a_log_an_address_or_a_title(self, cast, ben, caplog):
        with caplog.at_level(logging.DEBUG):
            path = write(ben)
            pages = [ben.get(page).content.decode() for page in (path, f"{path}gone/", f"{path}post/", "/me/own/")]
        assert "sleep" not in caplog.text
        assert not any("sleep" in title for html in pages for title in re.findall(r"<title>(.*?)</title>", html))
        assert "no-store" in ben.get(path).headers["Cache-Control"]


class TestThrowingAway:
    def test_asks_first(self, cast, ben):
        path = write(ben)
        assert "It goes for good" in ben.get(f"{path}gone/").content.decode()
        assert OwnNote.objects.count() == 1
        assert ben.post(f"{path}gone/").status_code == 302
        assert OwnNote.objects.count() == 0
        assert ben.post(f"{path}gone/").status_code == 302

    @pytest.mark.parametrize("now", [True, False])
    def test_all_go_when_the_account_is_closed(self, cast, ben, now):
        write(ben)
        person = cast.viewer("ben").person
        close_account(person, phrase=PHRASE, words="keep", now=now, at=AT)
        assert OwnNote.objects.count() == 0

    def test_none_outlives_its_person(self, cast, ben):
        write(ben)
        erase_person(cast.viewer("ben").person)
        assert OwnNote.objects.count() == 0


class TestBecomingAPost:
    def test_waits_as_a_draft_in_the_group_of_my_choice(self, cast, ben):
        open_group(cast, first="cleo", second="dov", name="Not mine")
        path = write(ben)
        html = ben.get(f"{path}post/").content.decode()
        assert re.findall(r'name="group" value="(\w+)"', html) == [cast.group]
        answer = ben.post(f"{path}post/", {"group": cast.group})
        assert answer.headers["Location"] == f"/g/{cast.group}/topics/new/"
        assert f"\n{SECRET}</textarea>" in ben.get(answer.headers["Location"]).content.decode()
        assert OwnNote.objects.count() == 1

    def test_what_was_written_there_already_stays(self, cast, ben):
        talk.save_draft(cast.places["ben"], "topic", words="Begun.", title="A title", wish="heard", note="quiet", nameless=True)
        path = write(ben)
        for _again in range(2):
            ben.post(f"{path}post/", {"group": cast.group})
        draft = get_draft(cast.places["ben"], "topic")
        assert (draft.words, draft.title, draft.wish, draft.note, draft.nameless) == (
            f"Begun.\n\n{SECRET}", "A title", "heard", "quiet", True,
        )  # fmt: skip

    def test_not_in_a_group_that_is_not_mine(self, cast, ben):
        other = open_group(cast, first="cleo", second="dov", name="Not mine")
        path = write(ben)
        for code in (other, "", "nowhere"):
            assert ben.post(f"{path}post/", {"group": code}).status_code == 404
        assert not Draft.objects.exists()

    def test_keep_and_make_it_a_post_in_one_step(self, cast, ben):
        path = f"/me/own/{random_key()}/"
        assert ben.post(path, {"words": SECRET, "post": "1"}).headers["Location"] == f"{path}post/"

    def test_a_stolen_database_tells_neither_words_nor_length(self, cast, ben):
        """A length in bytes would lead from a post to the person who noted it."""
        path = write(ben, "x")
        write(ben, "A much longer note. " * 60)
        for column in ("sealed", "head_sealed"):
            assert len({len(bytes(sealed)) for sealed in OwnNote.objects.values_list(column, flat=True)}) == 1
        ben.post(f"{path}post/", {"group": cast.group})
        assert {field.name for field in OwnNote._meta.fields} == {"id", "person", "sealed", "head_sealed", "number"}


class TestAnExpiredSignIn:
    def test_the_words_come_back_into_their_form(self, cast):
        path = f"/me/own/{random_key()}/"
        guest = client_of(cast.viewer("guest"))
        html = guest.post(path, {"words": SECRET, "base": "0"}).content.decode()
        assert f'name="kept_words" value="{SECRET}"' in html
        answer = guest.post(
            "/account/login/", {"name": "ben 1000", "phrase": PHRASE, "next": path, "kept_words": SECRET, "kept_base": "0"}
        )
        assert SECRET in answer.content.decode()
        assert f'action="{path}"' in answer.content.decode()
        shown = guest.post(path, {"words": SECRET, "base": "0", "look": "1"}).content.decode()
        assert f"\n{SECRET}</textarea>" in shown
        assert OwnNote.objects.count() == 0
