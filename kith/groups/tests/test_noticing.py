"""Whether something new waits is right on every session, from its first page on."""

import pytest

from kith.groups import actions
from kith.groups.queries import list_own_mailboxes
from kith.notify.actions import mark_seen, tell
from kith.notify.queries import has_new
from kith.people.actions import end_other_sessions, open_session
from kith.people.models import Session
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
BADGE = b"badge--new"


@pytest.fixture
def cast(db):
    return make_cast()


def _sign_in(cast):
    open_session(cast.viewer("ben").person, device="phone", own_device=False, at=AT)
    return Session.objects.get(person=cast.viewer("ben").person)


class TestSigningIn:
    def test_finds_what_came_meanwhile(self, cast):
        tell(cast.places["ben"].mailbox, "groups.welcomed", about=cast.group, at=AT)
        assert _sign_in(cast).notices
        assert BADGE in client_of(cast.viewer("ben")).get("/").content

    def test_finds_what_came_to_her_own_mailbox(self, cast):
        tell(list_own_mailboxes(cast.viewer("ben"))[0], "groups.declined", about=f"{cast.group}:abc", at=AT)
        assert _sign_in(cast).notices

    def test_is_quiet_where_nothing_is_new(self, cast):
        person = cast.viewer("ben").person
        assert not _sign_in(cast).notices
        end_other_sessions(person, keep="")
        tell(cast.places["ben"].mailbox, "groups.welcomed", about=cast.group, at=AT)
        mark_seen(person, list_own_mailboxes(cast.viewer("ben")))
        assert not _sign_in(cast).notices
        assert BADGE not in client_of(cast.viewer("ben")).get("/").content


class TestReading:
    def test_the_last_new_one_takes_the_sign_away(self, cast):
        person, box = cast.viewer("ben").person, cast.places["ben"].mailbox
        _sign_in(cast)
        for about in ("a:1:1", "a:1:2"):
            tell(box, "conversation.answered", about=about, at=AT)
        actions.see_notices(person, box, {"a:1:1"})
        assert Session.objects.get(person=person).notices
        actions.see_notices(person, box, {"a:1:2"})
        assert not Session.objects.get(person=person).notices
        assert not has_new([box])
