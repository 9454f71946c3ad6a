"""Pictures in the forms: whatever comes, words and pictures come back; nothing is served to whom it is not for."""

import asyncio
import io
import re
from datetime import timedelta
from html import unescape
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import OperationalError

from kith import asgi
from kith.conversation import actions
from kith.conversation.models import Draft, Picture, Post
from kith.core import files
from kith.people.actions import end_session
from kith.people.sealing import token_hash
from kith.testing import pictures
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of, client_with, session_of
from kith.web import throttle, uploads
from kith.web.headers import HEADERS

pytestmark = pytest.mark.django_db
WORDS = "It took me an hour to write this, and my hands hurt."
DATA = pictures.as_file(pictures.photograph(64, 48))
BAD = pictures.bad()


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="First.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


def file(data=DATA, name="IMG_2041.jpg"):
    return SimpleUploadedFile(name, data, "image/jpeg")


def fields_of(answer):
    """Return what the form on this page would send."""
    html = answer.content.decode()
    form = re.search(r'<form class="composer".*?</form>', html, re.DOTALL)[0]
    found = {}
    for name, value in re.findall(r'<input type="(?:hidden|text)"[^>]*? name="(\w+)"\s+value="([^"]*)"', form):
        found.setdefault(name, []).append(unescape(value))
    for name, value in re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found.setdefault(name, []).append(unescape(value).strip())
    return found


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


class TestWhateverGoesWrong:
    def test_a_busy_database_gives_words_and_pictures_back(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        with patch("kith.conversation.actions.reply", side_effect=OperationalError("database is locked")):
            answer = ben.post(path, {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        assert answer.status_code == 503
        name = Picture.objects.get().name
        html = answer.content.decode()
        assert f'name="picture" value="{name}"' in html
        ben.post(path, {"words": WORDS, "picture": name, f"alt_{name}": "A door."})
        assert 'alt="A door."' in Post.objects.last().html

    def test_the_pace_gives_them_back_too(self, cast, ben):
        path = f"/g/{cast.group}/topics/1/reply/"
        for _time in range(30):
            throttle.pace("post", cast.places["ben"].persona)
        answer = ben.post(path, {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        assert answer.status_code == 429
        assert Picture.objects.get().name in answer.content.decode()

    def test_too_many_in_a_day_make_a_pause(self, cast, ben):
        for _time in range(60):
            throttle.pace("picture", cast.places["ben"].persona)
        answer = ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file()})
        assert answer.status_code == 429
        assert WORDS in answer.content.decode()

    def test_signed_out_meanwhile_the_words_are_carried_and_the_file_is_not_even_held(self, cast):
        token = session_of(cast.viewer("ben"))
        client = client_with(token)
        end_session(token_hash(token))
        with patch("kith.web.uploads.BytesIO", side_effect=AssertionError):
            answer = client.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file()})
        assert answer.status_code == 401
        assert WORDS in answer.content.decode()

    def test_a_form_that_takes_none_holds_none(self, cast, ben):
        with patch("kith.web.uploads.BytesIO", side_effect=AssertionError):
            assert ben.post(f"/g/{cast.group}/posts/1/withdrawal/", {"file_1": file()}).status_code == 302

    def test_files_without_end_are_answered(self, cast, ben):
        many = {f"file_{n}": file() for n in range(30)}
        assert ben.post(f"/g/{cast.group}/topics/1/reply/", many | {"words": WORDS}).status_code == 400

    def test_one_that_is_too_large_is_never_held_whole(self):
        class Request:
            signed_in = object()
            resolver_match = type("Match", (), {"func": type("View", (), {"pictures": True})})

        handler = uploads.Pictures(Request())
        handler.new_file("file_1", "x", "image/jpeg", None)
        for at in range(0, 40_000_000, 1_000_000):
            handler.receive_data_chunk(b"x" * 1_000_000, at)
            assert sum(map(len, handler._parts)) <= files.MAX_BYTES
        made = handler.file_complete(40_000_000)
        assert (made.size, made.read()) == (40_000_000, b"")


class TestServing:
    @pytest.fixture
    def path(self, cast, ben):
        ben.post(f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file(), "alt_1": "A door."})
        return f"/g/{cast.group}/pictures/{Picture.objects.get().name}/64.webp"

    def test_is_kept_nowhere_and_taken_for_nothing_else(self, cast, ben, path):
        answer = ben.get(path)
        assert answer.status_code == 200
        assert answer.content[:4] + answer.content[8:12] == b"RIFFWEBP"
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == "inline"
        assert not {"ETag", "Last-Modified", "Content-Encoding", "Set-Cookie"} & set(answer.headers)
        assert not answer.cookies

    def test_absent_and_unseen_are_one(self, cast, path):
        row = actions.take_picture(cast.places["ada"], "topic", data=DATA, alt="", at=AT)
        ben = client_of(cast.viewer("ben"))
        unseen = ben.get(f"/g/{cast.group}/pictures/{row.name}/64.webp")
        absent = ben.get(f"/g/{cast.group}/pictures/{'z' * 16}/64.webp")
        assert unseen.status_code == absent.status_code == 404
        assert re.sub(rb'value="\w+"', b"", unseen.content) == re.sub(rb'value="\w+"', b"", absent.content)

    @pytest.mark.parametrize(
        "tail",
        [
            "..%2f..%2fkeys.json/64.webp",
            "x/0.webp",
            "x/64.webp%00",
            "%2e%2e/64.webp",
            "*/64.webp",
            "x/9999999999.webp",
            "x/64.png",
        ],
    )
    def test_no_other_path_leads_anywhere(self, cast, ben, path, tail):
        assert ben.get(f"/g/{cast.group}/pictures/{tail}").status_code == 404

    def test_goes_with_the_words_at_once(self, cast, ben, path):
        ben.post(f"/g/{cast.group}/posts/2/withdrawal/")
        assert client_of(cast.viewer("ada")).get(path).status_code == 404

    def test_no_canary_in_any_byte_served(self, cast, ben):
        for name, data in pictures.telling().items():
            throttle.forget()
            row = actions.take_picture(cast.places["ben"], f"edit:{abs(hash(name)) % 10**9}", data=data, alt="", at=AT)
            for width in row.widths:
                answer = ben.get(f"{row.path}{width}.webp")
                assert answer.status_code == 200
                assert b"CANARY" not in answer.content + repr(answer.headers).encode()


class TestABodyThatIsTooLong:
    """What the server does before Django: only a form with pictures may be long, and what is cut off is said."""

    def _scope(self, path, token="", kind=b"multipart/form-data; boundary=x", method="POST"):
        client = client_with(token)
        cookie = "; ".join(f"{name}={c.value}" for name, c in client.cookies.items()).encode()
        return {"method": method, "path": path, "headers": [(b"content-type", kind), (b"cookie", cookie)]}

    def test_only_forms_with_pictures_of_somebody_with_a_cookie_of_ours(self, cast):
        token, reply = session_of(cast.viewer("ben")), f"/g/{cast.group}/topics/1/reply/"
        assert uploads.bring_pictures(self._scope(reply, token))
        assert uploads.bring_pictures(self._scope(f"/g/{cast.group}/topics/new/", token))
        assert uploads.bring_pictures(self._scope(f"/g/{cast.group}/posts/12/edit/", token))
        assert not uploads.bring_pictures(self._scope(reply))
        assert not uploads.bring_pictures(self._scope(f"/g/{cast.group}/posts/12/report/", token))
        assert not uploads.bring_pictures(self._scope(reply, token, kind=b"application/x-www-form-urlencoded"))
        forged = self._scope(reply, token)
        forged["headers"][1] = (b"cookie", b"seat=x.1.2.3")
        assert not uploads.bring_pictures(forged)

    @pytest.mark.parametrize(("count", "cut"), [(9, False), (11, False), (16, False), (50, True)])
    def test_it_is_cut_in_its_middle_and_said(self, count, cut):
        async def read():
            pieces = [{"type": "http.request", "body": b"%c" % (n + 40) * 100, "more_body": n < count - 1} for n in range(count)]

            async def receive():
                return pieces.pop(0)

            body = io.BytesIO()
            return await asgi._read(receive, body, 1000, 450), body.getvalue()

        whole, body = asyncio.run(read())
        assert whole is not cut
        assert (len(body), body[-100:]) == (min(count, 16) * 100, b"%c" % (count + 39) * 100)

    def test_her_words_come_back_with_a_sentence(self, cast, ben):
        answer = ben.post(
            f"/g/{cast.group}/topics/1/reply/", {"words": WORDS, "file_1": file(), "alt_1": "A door."}, **{"kith.cut": "large"}
        )
        assert answer.status_code == 422
        html = answer.content.decode()
        assert WORDS in html
        assert "larger than 24 MB" in html
        assert "A door." in html
        assert not Picture.objects.exists()


def test_the_sweep_of_the_worker_takes_them(cast, django_capture_on_commit_callbacks):
    from kith.cli import working

    actions.take_picture(cast.places["ben"], "topic", data=DATA, alt="", at=AT)
    working._swept.clear()
    with (
        patch("kith.cli.working.clock.now", return_value=AT + timedelta(days=4)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        working.sweep()
    assert not Picture.objects.exists()
    assert list(files.stored()) == []
