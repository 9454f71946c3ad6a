"""My own copy of my words: all of them, in three forms, and not a word of anybody else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from kith.conversation import actions as talk
from kith.conversation import limits
from kith.core import clock
from kith.core.ids import random_key
from kith.groups import actions
from kith.groups.queries import get_place
from kith.people.actions import save_own_note
from kith.testing.cast import AT, PHRASE, make_cast, open_group
from kith.testing.clients import client_of
from kith.testing.world import DOTS
from kith.web import throttle

pytestmark = pytest.mark.django_db
PATH = "/me/words/download/"


@pytest.fixture
def cast(db):
    throttle.forget()
    made = make_cast()
    ben, fay = made.places["ben"], made.places["fay"]
    talk.start_topic(fay, title="Title of Fig", words="OTHERWORDS of Fig.", at=AT, intent="")
    talk.reply(ben, 1, words="Mine & <b>*mine*</b>.", quote=1, quoted="OTHERWORDS of Fig.", note="my note", at=AT, intent="")
    talk.edit_post(ben, 2, words="Mine, changed.", at=AT + timedelta(minutes=7, seconds=11))
    talk.note_later(ben, 2, words="Seen later.", at=AT)
    talk.start_topic(ben, title="My topic", words="Nameless words.", nameless=True, at=AT, intent="a")
    talk.reply(ben, 2, words="Taken back lately.", at=AT, intent="b")
    talk.withdraw_post(ben, 4, at=clock.now())
    talk.reply(ben, 2, words="Taken back long ago.", at=AT, intent="c")
    talk.withdraw_post(ben, 5, at=AT)
    talk.drop_gone(at=AT + timedelta(days=40))
    talk.respond(ben, 1, kind="heard", at=AT)
    talk.save_draft(ben, "reply:1", words="A draft of mine.")
    return made


@pytest.fixture
def second(cast):
    """Ben in another group, where he has written too; and in one that he has left."""
    codes = []
    for name in ("Secondgroup", "Leftgroup"):
        code = open_group(cast, first="ada", second="eve", name=name)
        actions.join_group(code, by=cast.viewer("ben"), name="Harbour", at=AT)
        place = get_place(cast.viewer("ben"), code)
        talk.start_topic(place, title="There", words=f"Words in {name}.", at=AT, intent="")
        codes.append(code)
    actions.leave_group(get_place(cast.viewer("ben"), codes[1]), words="keep", at=AT)
    return codes


def download(cast, who="ben", **sent):
    answer = client_of(cast.viewer(who)).post(PATH, {"phrase": PHRASE} | sent)
    assert answer.status_code == 200
    return answer, zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def text_of(archive):
    return {name: archive.read(name).decode() for name in archive.namelist()}


class TestTheArchive:
    def test_holds_all_that_is_mine_in_each_form(self, cast):
        _answer, archive = download(cast)
        files = text_of(archive)
        assert {"README.txt", "words.html", "words.css", "words.json", "markdown/group-1/topic-1.md"} <= set(files)
        markdown = "".join(words for name, words in files.items() if name.endswith(".md"))
        for form in (files["words.json"], files["words.html"], markdown):
            for words in ("Mine, changed.", "my note", "Seen later.", "Nameless words.", "Taken back lately."):
                assert words in form
        for form in (files["words.json"], files["words.html"]):
            assert "A draft of mine." in form
        assert "Mine &amp; &lt;b&gt;*mine*&lt;/b&gt;." in files["words.html"]
        assert "> Mine & <b>*mine*</b>." in markdown

    def test_holds_exact_times_for_programs(self, cast):
        _answer, archive = download(cast)
        data = json.loads(archive.read("words.json"))
        post = next(post for post in data["groups"][0]["posts"] if post["number"] == 2)
        assert post["written_at"] == AT.isoformat()
        assert post["before"][0]["until"] == (AT + timedelta(minutes=7, seconds=11)).isoformat()
        assert data["groups"][0]["responses_given"] == [{"topic": 1, "post": 1, "kind": "heard", "given_at": AT.isoformat()}]

    def test_holds_nobody_elses_words_nor_what_has_gone(self, cast):
        _answer, archive = download(cast)
        everything = "".join(text_of(archive).values())
        for words in ("OTHERWORDS", "Fig wrote", "Taken back long ago", "http"):
            assert words not in everything

    def test_names_all_my_groups_or_one_alone(self, cast, second):
        _answer, archive = download(cast)
        everything = "".join(text_of(archive).values())
        assert all(words in everything for words in ("Words in Secondgroup.", "Words in Leftgroup.", "Mine, changed."))
        _answer, archive = download(cast, group=f"{cast.group}/{cast.places['ben'].handle}")
        files = text_of(archive)
        one = "".join(files.values()) + "".join(files)
        assert "Mine, changed." in one
        assert not [words for words in ("Secondgroup", "Leftgroup", "Harbour", *second) if words in one]

    def test_is_a_file_that_says_nothing_and_is_not_kept(self, cast):
        answer, archive = download(cast)
        assert answer.headers["Content-Disposition"] == 'attachment; filename="words.zip"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "application/zip"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("Living" in name for name in archive.namelist())

    def test_holds_my_pictures_and_notes_to_myself(self, cast):
        row = talk.take_picture(cast.places["ben"], "edit:2", data=DOTS, alt="A wet window.", at=AT)
        talk.edit_post(cast.places["ben"], 2, words="Mine, again.", pictures=[(row.name, row.alt)], at=AT)
        save_own_note(cast.viewer("ben").person, random_key(), words="To myself.", base=0, at=AT)
        _answer, archive = download(cast)
        assert archive.read(f"pictures/{row.name}.webp")[8:12] == b"WEBP"
        html = archive.read("words.html").decode()
        assert f'<img src="pictures/{row.name}.webp" alt="A wet window.">' in html
        assert "To myself." in html
        assert json.loads(archive.read("words.json"))["own_notes"] == [{"words": "To myself.", "made_at": AT.isoformat()}]
        _answer, archive = download(cast, group=f"{cast.group}/{cast.places['ben'].handle}")
        assert "To myself." not in "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


class TestAsking:
    def test_needs_my_pass_phrase_each_time(self, cast):
        client = client_of(cast.viewer("ben"))
        for phrase in ("", "not her pass-phrase"):
            answer = client.post(PATH, {"phrase": phrase})
            assert answer.status_code == 422
            assert "That is not your pass-phrase." in answer.content.decode()
        assert {client.post(PATH, {"phrase": "x"}).status_code for _try in range(10)} == {422, 429}

    def test_gives_nobody_elses(self, cast):
        other = f"{cast.group}/{cast.places['ben'].handle}"
        _answer, archive = download(cast, "fay", group=other)
        assert "Mine, changed." not in "".join(text_of(archive).values())

    def test_of_too_much_says_what_to_do(self, cast, monkeypatch):
        monkeypatch.setattr("kith.web.pages.downloading.MAX_EXPORT", 10)
        answer = client_of(cast.viewer("ben")).post(PATH, {"phrase": PHRASE})
        assert answer.status_code == 422
        assert "group by group" in answer.content.decode()
        assert limits.MAX_EXPORT > 10**7
