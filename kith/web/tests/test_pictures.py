"""Pictures in the forms: whatever comes, words and pictures come back."""

import re
from html import unescape

import pytest

from kith.conversation import actions
from kith.conversation.models import Draft, Picture, Post
from kith.core import files
from kith.testing import pictures
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web.tests.sending import WORDS, fields_of, file

pytestmark = pytest.mark.django_db
BAD = pictures.bad()


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="First.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


class TestTheThreeForms:
    def _paths(self, cast):
        return f"/g/{cast.group}/topics/1/reply/", f"/g/{cast.group}/topics/new/", f"/g/{cast.group}/posts/1/edit/"

    def test_each_takes_one(self, cast, ben):
        for path in self._paths(cast):
            fields = {"title": "Two", "words": WORDS, "file_1": file(), "alt_1": f"A door at {path}"}
            answer = ben.post(path, fields)
            assert answer.status_code == 302, path
            assert f'alt="A door at {path}"' in ben.get(answer["Location"]).content.decode()
        assert Picture.objects.filter(post=None).count() == 0
        assert Picture.objects.count() == 3

    @pytest.mark.parametrize("name", sorted(BAD))
    def test_each_answers_whatever_is_sent(self, cast, ben, name):
        for path in self._paths(cast):
            fields = {"title": "Two", "words": WORDS, "file_1": file(BAD[name]), "alt_1": "My own words for it."}
            answer = ben.post(path, fields)
            if not BAD[name]:
                assert answer.status_code in (302, 422)
                continue
            assert answer.status_code == 422, path
            html = unescape(answer.content.decode())
            assert WORDS in html
            assert "My own words for it." in html
            assert 'href="#picture"' in html
            assert 'id="picture" open' in html
        assert not Picture.objects.exists()

    def test_each_keeps_pictures_with_words_that_are_refused(self, cast, ben):
        for path in self._paths(cast):
            sent = {"title": "Two", "words": "", "file_1": file(), "alt_1": "A door.", "file_2": file(), "alt_2": "A roof."}
            answer = ben.post(path, sent)
            assert answer.status_code == 422
            fields = fields_of(answer)
            assert len(fields["picture"]) == 2
            assert [fields[f"alt_{name}"] for name in fields["picture"]] == [["A door."], ["A roof."]]
            answer = ben.post(path, fields | {"words": WORDS, "title": "Two"})
            assert answer.status_code == 302
            assert ben.get(answer["Location"]).content.decode().count("<figure") >= 2
        assert Picture.objects.filter(post=None).count() == 0

    def test_a_fifth_is_refused_and_the_four_stay(self, cast, ben):
        path = self._paths(cast)[0]
        four = {f"file_{n}": file() for n in range(1, 5)} | {f"alt_{n}": "A door." for n in range(1, 5)}
        fields = fields_of(ben.post(path, four | {"words": ""}))
        assert len(fields["picture"]) == 4
        answer = ben.post(path, fields | {"words": WORDS, "file_1": file()})
        assert answer.status_code == 422
        assert b"can hold 4 pictures" in answer.content
        assert len(fields_of(answer)["picture"]) == 4


class TestWhatItShows:
    def test_is_asked_once_and_no_more(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        answer = ben.post(path, {"words": WORDS, "file_1": file()})
        assert answer.status_code == 422
        assert "What does this picture show?" in answer.content.decode()
        fields = fields_of(answer)
        assert fields["asked"] == fields["picture"]
        assert ben.post(path, fields).status_code == 302
        assert "did not say" in Post.objects.last().html

    def test_can_be_said_then(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        fields = fields_of(ben.post(path, {"words": WORDS, "file_1": file()}))
        ben.post(path, fields | {f"alt_{fields['picture'][0]}": "A  wet\nwindow"})
        assert 'alt="A wet window"' in Post.objects.last().html

    def test_too_much_of_it_comes_back(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        long = "word " * 400
        answer = ben.post(path, {"words": WORDS, "file_1": file(), "alt_1": long})
        assert answer.status_code == 422
        assert long.strip() in answer.content.decode()
        fields = fields_of(ben.post(path, {"words": "", "file_1": file(), "alt_1": "A door."}))
        answer = ben.post(path, fields | {"words": WORDS, f"alt_{fields['picture'][0]}": long})
        assert answer.status_code == 422
        assert long.strip() in answer.content.decode()
        assert "Please use 1000 letters or fewer" in answer.content.decode()


class TestTakingOut:
    def test_before_it_is_posted(self, cast, ben, django_capture_on_commit_callbacks):
        path = f"/g/{cast.group}/topics/1/reply/"
        fields = fields_of(ben.post(path, {"words": "", "file_1": file(), "alt_1": "A door."}))
        name = fields["picture"][0]
        with django_capture_on_commit_callbacks(execute=True):
            answer = ben.post(path, fields | {"words": WORDS, f"out_{name}": "1"})
        assert answer.status_code == 302
        assert "<figure" not in Post.objects.last().html
        assert files.read(name, 64) is None

    def test_of_a_post(self, cast, ben, django_capture_on_commit_callbacks):
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        path = f"/g/{cast.group}/posts/2/edit/"
        fields = fields_of(ben.get(path))
        name = fields["picture"][0]
        refused = ben.post(path, fields | {"words": "", f"out_{name}": "1"})
        assert refused.status_code == 422
        assert re.search(rf'name="out_{name}" value="1" checked', refused.content.decode())
        assert "<figure" in Post.objects.last().html
        with django_capture_on_commit_callbacks(execute=True):
            ben.post(path, fields | {f"out_{name}": "1"})
        assert "<figure" not in Post.objects.last().html
        assert files.read(name, 64) is None

    def test_an_edit_that_says_nothing_of_them_leaves_them(self, cast, ben):
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        ben.post(f"/g/{cast.group}/posts/2/edit/", {"words": "Other words."})
        assert "<figure" in Post.objects.last().html

    def test_the_draft_with_all_that_waits(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        ben.post(path, {"words": WORDS, "keep": "1", "file_1": file()})
        assert Picture.objects.count() == 1
        assert b"One picture goes with it." in ben.post(path, {"words": WORDS, "bin": "1"}).content
        assert Picture.objects.count() == 1
        ben.post(path, {"bin": "sure"})
        assert Picture.objects.count() == 0


class TestBesideADraft:
    def test_it_waits_and_is_shown_again(self, cast, ben):
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "keep": "1", "file_1": file(), "alt_1": "A door."})
        assert Draft.objects.get().words == WORDS
        page = ben.get(f"/g/{cast.group}/topics/1/")
        name = fields_of(page)["picture"][0]
        assert f"/pictures/{name}/64.webp" in page.content.decode()
        assert b"A door." in page.content
        for who in ("ada", "fay"):
            assert name not in client_of(cast.viewer(who)).get(f"/g/{cast.group}/topics/1/").content.decode()

    def test_what_another_page_chose_is_not_posted_unseen(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        ben.post(path, {"words": WORDS, "keep": "1", "file_1": file(), "alt_1": "A door."})
        ben.post(path, {"words": "From a page that was open before."})
        assert "<figure" not in Post.objects.last().html
        assert len(fields_of(ben.get(f"/g/{cast.group}/topics/1/"))["picture"]) == 1

    def test_throwing_every_draft_away_takes_them_along(self, cast, ben, django_capture_on_commit_callbacks):
        others = set(files.stored())  # of tests before this one
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "keep": "1", "file_1": file(), "alt_1": "A door."})
        ben.post(f"/g/{cast.group}/topics/new/", {"words": WORDS, "preview": "1", "file_1": file()})
        assert Picture.objects.count() == 2
        with django_capture_on_commit_callbacks(execute=True):
            actions.drop_all_drafts(cast.viewer("ben"))
        assert not Picture.objects.exists()
        assert set(files.stored()) == others

    def test_looking_at_the_words_first_keeps_and_asks_nothing(self, cast, ben):
        answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "preview": "1", "file_1": file()})
        assert answer.status_code == 200
        assert len(fields_of(answer)["picture"]) == 1
        assert "If you cannot say it now" not in answer.content.decode()

    def test_sent_twice_leaves_none_behind(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        for _time in range(2):
            fields = {"words": WORDS, "intent": "once", "file_1": file(), "alt_1": "A door."}
            assert ben.post(path, fields).status_code == 302
        assert Post.objects.count() == 2
        assert Picture.objects.filter(post=None).count() == 0
