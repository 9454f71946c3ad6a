"""Under every box stands who will be able to read what is written in it."""

import pytest

from kith.conversation import actions as talk
from kith.core.ids import random_key
from kith.people.actions import save_own_note
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of

pytestmark = pytest.mark.django_db
MEMBERS, ANYBODY = "People in this group can read this. No one else can.", "Anyone can read this group, also without joining."
HOSTS = "Only you and the hosts of this group can read this."


def pages(cast):
    """List boxes: who writes, where, and what stands there in a group for members and in one that anybody may read."""
    base = f"/g/{cast.group}/"
    return [
        ("ben", f"{base}topics/new/", MEMBERS, ANYBODY),
        ("ben", f"{base}topics/1/", MEMBERS, ANYBODY),
        ("ben", f"{base}posts/2/edit/", MEMBERS, ANYBODY),
        ("ben", f"{base}posts/3/edit/", HOSTS, HOSTS),
        ("ben", f"{base}topics/2/", HOSTS, HOSTS),
        ("ben", f"{base}line/", HOSTS, HOSTS),
        ("ben", f"{base}posts/1/report/", "Only the hosts can read this, and never the person who wrote the post.", ""),
        ("ben", f"{base}posts/1/note-wish/", "Only the person who wrote the post sees this, and not that it was you.", ""),
        ("ben", f"{base}me/", "Everybody who can read this group sees it.", ""),
        ("ada", f"{base}posts/1/fold/", "The other members see it too, above the folded post.", ""),
        ("ada", f"{base}posts/1/return/", "Only the author and the hosts see it.", ""),
        ("cleo", f"{base}join/", "Only the hosts see it.", "Best not your real name"),
        ("ben", "/me/own/new/", "Only you can read this. It is kept locked, and stands in no group.", ""),
        ("ben", "/me/own/7/", "Only you can read this. It is kept locked, and stands in no group.", ""),
        ("ben", "/me/filters/", "Only you can see this.", ""),
        ("ben", "/me/privacy/", "Nobody else sees it; it is kept locked.", ""),
    ]


@pytest.mark.parametrize("readable", [False, True])
def test_every_box_says_so(db, readable):
    cast = make_cast(readable=readable, door="open" if readable else "request")
    talk.start_topic(cast.places["fay"], title="One", words="First words.", at=AT, intent="")
    talk.reply(cast.places["ben"], 1, words="Mine.", at=AT, intent="")
    talk.start_line(cast.places["ben"], words="To the hosts.", at=AT, intent="")
    save_own_note(cast.viewer("ben").person, 7, words="A note.", base=0, at=AT)
    save_own_note(cast.viewer("fay").person, random_key(), words="Another.", base=0, at=AT)
    silent = []
    for who, path, members, anybody in pages(cast):
        answer = client_of(cast.viewer(who)).get(path)
        if (anybody if readable and anybody else members) not in answer.content.decode() or answer.status_code != 200:
            silent.append(path)
    assert silent == []
