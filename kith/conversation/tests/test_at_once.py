"""
Two who act in the same moment: an answer that is under way, and somebody who decides by what has been said.

PostgreSQL alone: SQLite lets one writer in after the other.
"""

from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from kith.conversation import actions
from kith.conversation.models import Mention, Post, Relay, Topic
from kith.core.errors import Invalid
from kith.groups.actions import rename_persona
from kith.testing.cast import AT, make_cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in after the other"),
]
LATER = AT + timedelta(hours=1)
WORDS = "It is hard, @Fig."


@pytest.fixture
def cast(transactional_db):
    with transaction.atomic():
        made = make_cast()
        actions.start_topic(made.places["ben"], title="Nights", words=WORDS, at=AT, intent="")
    return made


def at_once(first, second):
    """Do the second between the moment in which the first has written and the one in which that can be seen."""
    written, seen, problems = Event(), Event(), []

    def run(job):
        try:
            job()
        except Exception as problem:  # noqa: BLE001 - told in the thread of the test
            problems.append(problem)
        finally:
            connection.close()

    def held():
        with transaction.atomic():
            first()
            written.set()
            seen.wait(10)

    threads = [Thread(target=run, args=(job,)) for job in (held, second)]
    threads[0].start()
    assert written.wait(10)
    threads[1].start()
    threads[1].join(0.5)  # it waits, or has decided already without knowing of the first
    seen.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert problems == []


def reply(cast, who="fay", topic=1, **more):
    return lambda: actions.reply(cast.places[who], topic, **{"words": "I know.", "at": LATER, "intent": ""} | more)


def waits():
    topic = Topic.objects.get()
    return topic.waiting_since is not None, Relay.objects.exists(), topic.answered_after is not None


def test_taking_an_opening_post_back_hides_no_answer(cast):
    line = actions.start_line(cast.places["ben"], words="Please write to me.", at=AT, intent="")
    at_once(reply(cast, "ada", line.topic), lambda: actions.withdraw_post(cast.places["ben"], line.number, at=LATER))
    assert Topic.objects.get(number=line.topic).gone_on is None


def test_taking_a_post_back_reaches_a_quote_of_that_moment(cast):
    at_once(reply(cast, quote=1, quoted=WORDS), lambda: actions.withdraw_post(cast.places["ben"], 1, at=LATER))
    answer = Post.objects.get(number=2)
    assert "hard" not in answer.quoted + answer.html


def test_changed_words_stand_in_no_quote_of_that_moment(cast):
    at_once(reply(cast, quote=1, quoted=WORDS), lambda: actions.edit_post(cast.places["ben"], 1, words="It is.", at=LATER))
    assert "hard" not in Post.objects.get(number=2).html


def test_an_opened_post_that_was_answered_does_not_wait(cast):
    actions.fold_post(cast.places["ada"], 1, reason="Hard.", at=AT)
    at_once(reply(cast), lambda: actions.unfold_post(cast.places["ada"], 1, at=LATER))
    assert waits() == (False, False, True)


def test_a_topic_that_is_being_closed_does_not_wait_on(cast):
    answer = reply(cast, "ben", words="Me again.")

    def too_late():
        with suppress(Invalid):
            answer()

    at_once(lambda: actions.tend_topic(cast.places["ada"], 1, closed=True, at=LATER), too_late)
    assert waits() == (False, False, False)
    assert Post.objects.count() == 1


def test_a_new_name_reaches_a_call_of_that_moment(cast):
    at_once(reply(cast, "eve", words="@Fig, I know."), lambda: rename_persona(cast.places["fay"], name="Juniper"))
    assert Post.objects.get(number=2).words == "@Juniper, I know."
    assert set(Mention.objects.values_list("name", flat=True)) == {"Juniper"}
