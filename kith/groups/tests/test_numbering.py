"""Numbers of topics, posts and tags: handed out by the group, each in one statement, none twice."""

import re
from pathlib import Path

import pytest
from django.db import transaction

import kith.conversation
from kith.groups.actions import next_post, next_tags, next_topic, next_topic_and_post
from kith.groups.models import Group
from kith.testing.cast import AT, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


def test_each_is_counted_in_one_statement(cast, django_assert_num_queries):
    key, language = Group.objects.values_list("pk", "language").get()
    with django_assert_num_queries(6):
        assert (next_post(key), next_post(key)) == ((1, language), (2, language))
        assert next_topic(key) == 1
        assert next_topic_and_post(key) == (2, 3, language)
        assert next_tags(key, 2, after=0) == range(1, 3)
        assert next_tags(key, 0, after=0) == range(3, 3)


def test_tags_of_a_group_older_than_its_count_keep_theirs(cast):
    key = cast.places["ada"].key
    assert next_tags(key, 1, after=7) == range(8, 9)
    assert next_tags(key, 1, after=2) == range(9, 10)


def test_none_is_left_in_a_closed_group(cast):
    with transaction.atomic():
        Group.objects.update(closed_on=AT.date())
    key = cast.places["ada"].key
    assert (next_post(key), next_topic(key), next_topic_and_post(key), next_tags(key, 1, after=0)) == (None,) * 4


def test_the_conversation_writes_no_row_of_a_group():
    """Its statements by hand and its models would both do: neither may."""
    writes = re.compile(
        r"(?:UPDATE|INSERT INTO|DELETE FROM) groups_|\bgroup\.save\(|Group\.objects[^\n]*\.(?:update|create|delete)\("
    )
    found = [
        str(path)
        for path in Path(kith.conversation.__file__).parent.rglob("*.py")
        if "tests" not in path.parts and writes.search(path.read_text())
    ]
    assert found == []
