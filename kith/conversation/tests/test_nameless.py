"""Without a name: nobody in the group can tell whose words they are, and a voice stays the same through its topic."""

import re
from datetime import timedelta

import pytest

from kith.conversation import actions, queries
from kith.conversation.models import Draft, Post, Topic
from kith.groups.actions import rename_persona
from kith.groups.models import Group
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
DAY = AT.date()


@pytest.fixture
def cast(db):
    return make_cast()


def start(cast, who="ben", **more):
    return actions.start_topic(cast.places[who], title="Quiet", words="It is hard.", at=AT, intent="", **more)


def answer(cast, who, words="Yes.", **more):
    return actions.reply(cast.places[who], 1, words=words, at=AT + timedelta(hours=1), intent="", **more)


def names(cast, reader="ada"):
    _place, topic = queries.get_topic(cast.viewer(reader), cast.group, 1, today=DAY)
    return [post.name for post in topic.posts]


class TestAVoice:
    def test_is_the_same_through_its_topic_and_another_for_each_persona(self, cast):
        start(cast, nameless=True)
        answer(cast, "fay", nameless=True)
        answer(cast, "ben", nameless=True)
        answer(cast, "fay")
        answer(cast, "fay", nameless=True)
        assert names(cast) == ["Nameless 1", "Nameless 2", "Nameless 1", "Fig", "Nameless 2"]

    def test_begins_anew_in_another_topic(self, cast):
        start(cast)
        answer(cast, "fay", nameless=True)
        start(cast)
        actions.reply(cast.places["ben"], 2, words="Hm.", nameless=True, at=AT, intent="")
        assert set(Post.objects.exclude(mask=0).values_list("mask", flat=True)) == {1}

    def test_is_quoted_and_told_of_without_her_name(self, cast):
        start(cast)
        answer(cast, "fay", words="My own words.", nameless=True)
        answer(cast, "eve", quote=2, quoted="My own words.")
        html = Post.objects.get(number=3).html
        assert "Nameless 1 wrote" in html
        assert (
            Notice.objects.get(kind="conversation.answered", mailbox=cast.places["ben"].mailbox, about__endswith=":2").who == ""
        )
        assert Notice.objects.get(kind="conversation.quoted", mailbox=cast.places["fay"].mailbox).who

    def test_keeps_its_quotes_as_they_are_when_she_changes_her_name(self, cast):
        start(cast)
        answer(cast, "fay", words="My own words.", nameless=True)
        answer(cast, "eve", quote=2, quoted="My own words.")
        before = Post.objects.get(number=3).html
        rename_persona(cast.places["fay"], name="Juniper")
        assert Post.objects.get(number=3).html == before


class TestNobodyCanTell:
    PAGES = ("/g/{code}/", "/g/{code}/topics/", "/g/{code}/topics/1/", "/g/{code}/members/", "/g/{code}/desk/", "/", "/me/notices/",
             "/g/{code}/posts/1/report/", "/g/{code}/posts/3/report/", "/g/{code}/posts/3/fold/")  # fmt: skip

    def pages_read_by(self, cast, reader):
        client = client_of(cast.viewer(reader))
        answers = [client.get(path.format(code=cast.group)) for path in self.PAGES]
        return [(a.status_code, re.sub(rb'value="[^"]{16,}"', b"", a.content).split(b">")) for a in answers]

    def say(self, cast, who):
        """Start, answer and come back without a name, while others talk under theirs."""
        start(cast, who, nameless=True)
        answer(cast, "eve", "I hear you.")
        answer(cast, who, "Thank you.", nameless=True)
        actions.respond(cast.places["eve"], 3, kind="heard", at=AT)
        actions.edit_post(cast.places[who], 1, words="It is harder.", at=AT)

    @pytest.mark.parametrize("reader", ["ada", "eve"])
    def test_from_any_page_of_a_host(self, cast, reader):
        seen = []
        for who in ("ben", "fay"):
            Notice.objects.all().delete()
            self.say(cast, who)
            seen.append(self.pages_read_by(cast, reader))
            Topic.objects.all().delete()
            Group.objects.update(last_topic=0, last_post=0)  # both begin from the same numbers
        for path, one, other in zip(self.PAGES, *seen, strict=True):
            assert one == other, (path, [pair for pair in zip(one[1], other[1], strict=False) if pair[0] != pair[1]][:3])
        assert any(b"Nameless 1" in piece for _status, body in seen[0] for piece in body)

    def test_from_what_still_waits_when_she_answers_under_her_name(self, cast):
        start(cast, "ben", nameless=True)
        answer(cast, "ben", "Somebody should say something.")
        assert Topic.objects.get().waiting_since is None

    def test_from_who_is_said_to_look_at_a_report(self, cast):
        start(cast, "ada", nameless=True)
        page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/posts/1/report/").content
        assert b"The hosts of this group" in page


class TestWriting:
    def test_the_tick_is_kept_with_the_draft_and_with_what_is_refused(self, cast):
        start(cast)
        client = client_of(cast.viewer("fay"))
        client.post(f"/g/{cast.group}/drafts/reply:1/", {"words": "Not yet", "nameless": "1", "base": "0"})
        assert Draft.objects.get().nameless
        tick = rb'name="nameless" value="1" checked'
        assert re.search(tick, client.get(f"/g/{cast.group}/topics/1/").content)
        refused = client.post(f"/g/{cast.group}/topics/1/reply/", {"words": " ", "nameless": "1", "intent": "a1"})
        assert refused.status_code == 422
        assert re.search(tick, refused.content)

    def test_posts_without_the_name(self, cast):
        client = client_of(cast.viewer("fay"))
        client.post(f"/g/{cast.group}/topics/new/", {"title": "T", "words": "W", "nameless": "1", "intent": "a1"})
        client.post(f"/g/{cast.group}/topics/1/reply/", {"words": "More", "nameless": "1", "intent": "a2"})
        assert names(cast) == ["Nameless 1", "Nameless 1"]
        page = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/topics/").content
        assert b"Nameless 1" in page
        assert b"Fig" not in page
