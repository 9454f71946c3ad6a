"""Bodies of forms as they arrive: half a form is never taken for a whole one, and pictures never keep words waiting."""

import asyncio
from unittest.mock import patch

import pytest

from kith import asgi
from kith.conversation.models import Draft, Post
from kith.people.models import OwnNote
from kith.testing.cast import make_cast
from kith.testing.clients import client_of
from kith.web import uploads

pytestmark = pytest.mark.django_db
FORM = (b"content-type", b"multipart/form-data; boundary=x")


def scope(length, path="/g/abcdefgh/topics/1/reply/"):
    headers = [FORM, (b"host", b"testserver"), (b"content-length", str(length).encode())]
    return {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}


def ask(scope, *messages):
    """Send these messages, then nothing for ever; return what was answered and which body the page was handed."""
    sent, bodies, waiting = [], [], list(messages)

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    def call(environ):
        bodies.append((environ["kith.cut"], environ["wsgi.input"].read()))
        return 200, [], b""

    async def run():
        async with asyncio.timeout(5):
            await asgi.application(scope, receive, send)

    with patch.object(asgi, "_call", call), patch.object(uploads, "bring_pictures", lambda _scope: True):
        asyncio.run(run())
    return sent, bodies


def part(body, *, more):
    return {"type": "http.request", "body": body, "more_body": more}


class TestABodyThatEndsEarly:
    def test_is_answered_by_nothing_and_reaches_no_page(self):
        assert ask(scope(20), part(b"words=Half+a+fo", more=True), {"type": "http.disconnect"}) == ([], [])

    def test_a_whole_one_reaches_it(self):
        sent, bodies = ask(scope(20), part(b"words=Half", more=True), part(b"+a+form", more=False))
        assert bodies == [("", b"words=Half+a+form")]
        assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]

    def test_what_comes_too_slowly_is_marked(self, monkeypatch):
        monkeypatch.setattr(uploads, "PATIENCE", 0.05)
        _sent, bodies = ask(scope(20), part(b"words=Half", more=True))
        assert bodies == [("late", b"words=Half")]

    def test_no_form_without_pictures_takes_a_part_for_the_whole(self, db):
        cast = make_cast()
        ben = client_of(cast.viewer("ben"))
        for path in ("/me/own/", f"/g/{cast.group}/line/", f"/g/{cast.group}/drafts/topic/"):
            answer = ben.post(path, {"words": "Half a fo"}, **{"kith.cut": "late"})
            assert answer.status_code == 400, path
        assert [model for model in (Post, Draft, OwnNote) if model.objects.exists()] == []

    def test_a_form_with_pictures_gives_the_words_back(self, db):
        cast = make_cast()
        path = f"/g/{cast.group}/topics/new/"
        answer = client_of(cast.viewer("ben")).post(path, {"title": "One", "words": "All of it."}, **{"kith.cut": "late"})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "All of it." in html
        assert "did not arrive whole" in html


class TestRoom:
    def test_words_alone_never_wait_for_pictures(self, monkeypatch):
        monkeypatch.setattr(asgi, "_room", uploads.Room(0))
        assert ask(scope(9), part(b"words=One", more=False))[1] == [("", b"words=One")]

    def test_who_finds_none_in_time_keeps_the_words(self, monkeypatch):
        monkeypatch.setattr(asgi, "_room", uploads.Room(0))
        monkeypatch.setattr(uploads, "WAIT", 0.05)
        most = 9_000_000
        pieces = [part(b"w" * 1_000_000, more=True) for _n in range(8)]
        sent, bodies = ask(scope(most), *pieces, part(b"the end", more=False))
        ((cut, body),) = bodies
        assert cut == "late"
        assert len(body) < most
        assert body.endswith(b"the end")
        assert sent[0]["status"] == 200

    def test_is_free_again_afterwards(self):
        async def two():
            room, seen = uploads.Room(10), []
            async with room.take(6) as first, room.take(4) as second:
                seen += [first, second]
                async with room.take(1, wait=0.01) as third:
                    seen.append(third)
            async with room.take(10, wait=0.01) as last:
                seen.append(last)
            return seen

        assert asyncio.run(two()) == [True, True, False, True]

    @pytest.mark.parametrize(
        ("headers", "size"),
        [
            ([(b"content-length", b"12")], 12),
            ([(b"content-length", b"99999999999")], uploads.LARGEST),
            ([(b"content-length", b"many")], uploads.LARGEST),
            ([(b"transfer-encoding", b"chunked")], uploads.LARGEST),
            ([], 0),
        ],
    )
    def test_is_asked_for_by_what_is_announced(self, headers, size):
        assert uploads.size_of({"headers": headers}) == size
