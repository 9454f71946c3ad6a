"""Read marks: gathered, written together, only ever further; what has gone takes none of the others with it."""

import pytest
from django.db import transaction

from kith.conversation import actions, reading
from kith.conversation.models import ReadMark, Topic
from kith.notify.queries import list_notices
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of


@pytest.fixture
def cast(transactional_db):
    with transaction.atomic():
        made = make_cast()
        for title in ("One", "Two", "Three"):
            actions.start_topic(made.places["ben"], title=title, words="Hello.", at=AT, intent="")
    ReadMark.objects.all().delete()
    return made


def marks():
    return dict(ReadMark.objects.values_list("topic__number", "upto"))


class TestFlush:
    def test_writes_what_was_gathered_in_one_transaction(self, cast, django_assert_num_queries):
        topics = list(Topic.objects.order_by("number"))
        for topic in topics:
            reading.note(cast.places["fay"].persona, topic.pk, topic.number)
        with django_assert_num_queries(3):  # begin, the marks, commit
            assert reading.flush() == 3
        assert marks() == {1: 1, 2: 2, 3: 3}
        assert reading.flush() == 0

    def test_never_goes_back(self, cast):
        topic = Topic.objects.get(number=1)
        for upto in (5, 3):
            reading.note(cast.places["fay"].persona, topic.pk, upto)
            reading.flush()
        assert marks() == {1: 5}

    def test_one_that_has_gone_does_not_take_the_others_with_it(self, cast):
        first, second = Topic.objects.filter(number__lte=2).order_by("number")
        reading.note(cast.places["fay"].persona, first.pk, 1)
        reading.note(cast.places["fay"].persona, 2**40, 1)
        reading.note(cast.places["fay"].persona, second.pk, 1)
        assert reading.flush() == 3
        assert marks() == {1: 1, 2: 1}


@pytest.mark.django_db
def test_notices_about_what_was_read_are_seen(django_assert_num_queries):
    cast = make_cast()
    for number, title in ((1, "One"), (2, "Two")):
        actions.start_topic(cast.places["ben"], title=title, words="Hello.", at=AT, intent="")
        actions.reply(cast.places["fay"], number, words="I am here.", at=AT, intent="")
    ben = client_of(cast.viewer("ben"))
    assert b"badge--new" in ben.get("/").content
    with django_assert_num_queries(4):  # who is signed in, the topic, its posts, who answered mine without words
        ben.get(f"/g/{cast.group}/topics/1/")
    reading.flush()
    assert [row.path.partition("?")[0] for row in list_notices([cast.places["ben"].mailbox]) if row.new] == [
        f"/g/{cast.group}/topics/2/"
    ]
    ben.get(f"/g/{cast.group}/topics/2/")
    reading.flush()
    assert b"badge--new" not in ben.get("/").content
