"""A live stream ends with the right to read: at once, on a busy topic too, and no fault of one look ends live for everybody."""

import asyncio
import queue
import threading
from contextlib import asynccontextmanager, suppress
from functools import partial
from unittest.mock import patch

import pytest
from django.db import OperationalError

from kith.conversation import actions as talk
from kith.core import hub
from kith.groups import actions
from kith.people.actions import end_session
from kith.people.sealing import token_hash
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_with, session_of
from kith.web import cookies, live
from kith.web.headers import HEADERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db, monkeypatch):
    monkeypatch.setattr(hub, "PAUSE", 0.01)
    monkeypatch.setattr(hub, "close_old_connections", int)  # the test's own connection stands in a transaction
    monkeypatch.setattr(live, "close_old_connections", int)
    made = make_cast()
    talk.start_topic(made.places["ben"], title="One", words="A line.", at=AT, intent="")
    return made


_jobs = queue.Queue()


async def here(job):
    """Run a job where the test runs, within its transaction."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    _jobs.put((job, loop, done))
    return await done


def play(story):
    """Play an asynchronous story in a thread of its own, and its jobs in this one."""
    told = []

    def tell():
        try:
            told.append(asyncio.run(story))
        except BaseException as problem:  # noqa: BLE001 - raised again below
            told.append(problem)
        _jobs.put(None)

    threading.Thread(target=tell).start()
    while (item := _jobs.get()) is not None:
        job, loop, done = item
        try:
            answer = partial(done.set_result, job())
        except Exception as problem:  # noqa: BLE001 - raised in the story
            answer = partial(done.set_exception, problem)
        with suppress(RuntimeError):  # the story is over; nobody waits for this any more
            loop.call_soon_threadsafe(lambda done=done, answer=answer: None if done.done() else answer())
    if isinstance(told[0], BaseException):
        raise told[0]


def cookie_of(token):
    return client_with(token).cookies[cookies.name()].value if token else ""


class Stream:
    """One open stream: what it was sent, and a way to end it."""

    def __init__(self):
        self.said, self.over = [], asyncio.Event()

    async def send(self, message):
        self.said.append(message)

    async def receive(self):
        await self.over.wait()
        return {"type": "http.disconnect"}

    @property
    def text(self):
        return b"".join(message.get("body", b"") for message in self.said).decode()

    @property
    def status(self):
        return self.said[0]["status"]

    @property
    def ended(self):
        return bool(self.said) and self.said[-1].get("more_body") is False

    async def shows(self, words, times=1):
        """Wait for words; say whether they came."""
        for _look in range(100):
            if self.text.count(words) >= times or self.ended:
                break
            await asyncio.sleep(0.01)
        return self.text.count(words) >= times


def scope_of(path, token="", cookie=None):
    value = f"{cookies.name()}={cookie_of(token)}" if cookie is None else cookie
    return {"type": "http", "method": "GET", "path": path, "headers": [(b"cookie", value.encode("latin-1"))]}


@asynccontextmanager
async def watching(path, token):
    stream = Stream()
    door = live.Live(here)
    task = asyncio.create_task(door(scope_of(path, token), stream.receive, stream.send))
    await stream.shows("hello")
    try:
        yield stream
    finally:
        stream.over.set()
        task.cancel()


def ask(path, cookie=""):
    """Ask once for a path; the reader is gone right afterwards."""
    stream = Stream()

    async def once():
        stream.over.set()
        await asyncio.wait_for(live.Live(here)(scope_of(path, cookie=cookie), stream.receive, stream.send), 5)

    with patch.object(live, "CHECK", 0.01):
        play(once())
    return stream


async def say(cast, who, words):
    await here(lambda: talk.reply(cast.places[who], 1, words=words, at=AT, intent=""))


class TestAStream:
    def test_tells_the_author_alone_of_a_quiet_answer(self, cast):
        tokens = [session_of(cast.viewer(who)) for who in ("ben", "eve")]

        async def story():
            path = f"/live/g/{cast.group}/topics/1/"
            async with watching(path, tokens[0]) as author, watching(path, tokens[1]) as other:
                await here(lambda: talk.respond(cast.places["fay"], 1, kind="heard", at=AT))
                assert await author.shows('event: changed\ndata: {"number": 1}')
                await here(lambda: talk.respond(cast.places["fay"], 1, kind="none", at=AT))
                assert await author.shows("event: changed", 2)
                await say(cast, "fay", "A word.")
                assert await other.shows("event: post")
                assert "event: changed" not in other.text

        play(story())

    def test_tells_of_a_post_by_its_number(self, cast):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                await say(cast, "ben", "Words that stay off the wire.")
                assert await stream.shows('event: post\ndata: {"number": 2}')
                assert "stay off" not in stream.text

        play(story())

    def test_ends_before_the_next_event_after_signing_out(self, cast):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                await here(lambda: end_session(token_hash(token)))
                await say(cast, "ben", "Another line.")
                assert not await stream.shows("event")
                assert stream.ended

        play(story())

    def test_ends_before_the_next_event_after_leaving_in_a_busy_topic_too(self, cast):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                for time in range(1, 4):
                    await say(cast, "ben", "A line.")
                    assert await stream.shows("event: post", time)
                await here(lambda: actions.leave_group(cast.places["fay"], words="keep", at=AT))
                await say(cast, "ben", "Another line.")
                assert not await stream.shows("event: post", 4)
                assert stream.ended

        play(story())

    def test_one_look_is_enough_for_events_that_come_together(self, cast):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                with patch.object(live, "may_watch", side_effect=live.may_watch) as looks:
                    await here(lambda: [talk.reply(cast.places["ben"], 1, words="A", at=AT, intent="") for _time in range(5)])
                    assert await stream.shows("event: post", 5)
                    assert looks.call_count == 1

        play(story())

    def test_goes_on_after_a_look_that_failed(self, cast, caplog):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                with patch.object(hub, "since", side_effect=OperationalError("CANARY")):
                    await asyncio.sleep(0.05)
                await say(cast, "ben", "A line.")
                assert await stream.shows("event: post")

        play(story())
        assert "OperationalError at kith/core/hub.py" in caplog.text
        assert "CANARY" not in caplog.text

    def test_ends_where_its_reader_cannot_be_checked(self, cast):
        token = session_of(cast.viewer("fay"))

        async def story():
            async with watching(f"/live/g/{cast.group}/topics/1/", token) as stream:
                with patch.object(live, "may_watch", side_effect=OperationalError):
                    await say(cast, "ben", "A line.")
                    assert not await stream.shows("event")
                assert stream.ended

        play(story())


class TestTheDoor:
    @pytest.mark.parametrize(
        "tail", ["99999999999999999999/", "9" * 5000 + "/", "0/", "1", "1/1/", "x/", "\x00/", "-1/", "¹/", "٣/", ""]
    )
    def test_odd_numbers_are_nothing_and_carry_the_headers(self, cast, tail):
        answer = ask(f"/live/g/{cast.group}/topics/{tail}")
        assert answer.status == 404
        sent = {name.decode(): value.decode() for name, value in answer.said[0]["headers"]}
        assert {name: sent.get(name.lower()) for name in HEADERS} == HEADERS

    @pytest.mark.parametrize("code", ["", "\x00", "x" * 5000, "..", "none", "É"])
    def test_odd_groups_are_nothing(self, cast, code):
        assert ask(f"/live/g/{code}/topics/1/").status == 404

    @pytest.mark.parametrize("cookie", ["a/b=c; seat=x", "seat=\x00", "seat=" + "x" * 5000, "=;;=", "seat"])
    def test_odd_cookies_are_nobodys(self, cast, cookie):
        assert ask(f"/live/g/{cast.group}/topics/1/", cookie).status == 404

    def test_a_database_that_cannot_answers_503_with_the_headers(self, cast):
        with patch.object(live, "may_watch", side_effect=OperationalError):
            answer = ask(f"/live/g/{cast.group}/topics/1/")
        assert answer.status == 503
        assert {name.lower().encode() for name in HEADERS} <= {name for name, _value in answer.said[0]["headers"]}
