"""The demo community: believable, each sentence said once, loaded by the actions that people use."""

import re
import time
from collections import Counter

import pytest

from kith.cli.demo.loading import SIGN_INS, is_loaded, load_community
from kith.cli.demo.reading import read_groups
from kith.concerns.actions import load_core
from kith.conversation.models import Post, Relay, Topic
from kith.conversation.queries import first_answer_hours
from kith.core import clock
from kith.groups.models import Group
from kith.groups.queries import list_own_groups
from kith.groups.viewer import Viewer
from kith.notify.models import Notice
from kith.people.actions import check_sign_in, find_person

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")


def _sentences(words):
    for sentence in _SENTENCE.findall(words):
        letters = re.findall(r"[\w']+", sentence.lower())
        if len(letters) > 6:
            yield " ".join(letters)


class TestTheFiles:
    def test_no_sentence_of_more_than_six_words_stands_in_two_posts(self):
        posts = [post["words"] for group in read_groups() for topic in group.get("topics", ()) for post in topic["posts"]]
        said = Counter(sentence for words in posts for sentence in set(_sentences(words)))
        assert len(posts) >= 500
        assert [sentence for sentence, count in said.items() if count > 1] == []

    def test_forty_groups_of_all_kinds_and_eight_of_them_alive(self):
        groups = read_groups()
        alive = [len(group["topics"]) for group in groups if group.get("topics")]
        assert (len(groups), len(alive)) == (40, 8)
        assert sum(alive) >= 60
        assert {group["kind"] for group in groups} == {"peer", "professional", "advocacy"}

    def test_no_charter_borrows_from_another(self):
        said = Counter(sentence for group in read_groups() for sentence in set(_sentences(group["charter"])))
        assert [sentence for sentence, count in said.items() if count > 1] == []

    def test_every_group_has_two_who_lead_it(self):
        alone = [g["key"] for g in read_groups() if sum(p["role"] in ("host", "facilitator") for p in g["personas"]) < 2]
        assert alone == []

    def test_only_open_groups_are_read_from_outside(self):
        assert [g["key"] for g in read_groups() if g["readable"] and g["door"] != "open"] == []


@pytest.mark.django_db
@pytest.mark.slow
def test_loads_whole_with_its_people():
    load_core()
    begin = time.process_time()
    load_community()
    assert is_loaded()
    groups = read_groups()
    assert Group.objects.exclude(opened_on=None).count() == len(groups)
    assert Topic.objects.count() == sum(len(g.get("topics", ())) for g in groups)
    assert Post.objects.count() == sum(len(t["posts"]) for g in groups for t in g.get("topics", ()))
    assert Topic.objects.exclude(waiting_since=None).exists()
    assert set(Relay.objects.values_list("turn", flat=True)) >= {"hosts"}
    assert Notice.objects.filter(kind="conversation.waits").exists()
    hours = first_answer_hours(list(Group.objects.values_list("pk", flat=True)), at=clock.now())
    said = [value for value in hours.values() if value is not None]
    assert len(said) >= 2
    assert all(value is None or 2 <= value <= 24 for value in hours.values())
    assert list_own_groups(Viewer(find_person("member 2026")))
    assert list_own_groups(Viewer(find_person("newcomer 2026"))) == []
    for _who, name, phrase in SIGN_INS:
        assert check_sign_in(name=name, phrase=phrase, at=clock.now())
    print(f"{time.process_time() - begin:.1f} s of CPU")
