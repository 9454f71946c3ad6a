"""Pictures when something goes wrong: too many, too large, a busy database, a lost sign-in; her words come back."""

import asyncio
import io
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db.utils import OperationalError

from kith import asgi
from kith.conversation import actions
from kith.conversation.models import Picture, Post
from kith.core import files
from kith.people.actions import end_session
from kith.people.sealing import token_hash
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of, client_with, session_of
from kith.web import throttle, uploads
from kith.web.tests.sending import DATA, WORDS, file

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    made = make_cast()
    actions.start_topic(made.places["ben"], title="One", words="First.", at=AT, intent="")
    return made


@pytest.fixture
def ben(cast):
    return client_of(cast.viewer("ben"))


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
