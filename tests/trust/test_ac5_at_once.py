"""AC5: whoever may no longer see has nothing more from that moment on: one table of what ends it, and of every way to see."""

import pytest

from kith.conversation import actions as talk
from kith.core import clock, hub
from kith.groups import actions
from kith.groups.queries import get_place
from kith.notify import actions as notify
from kith.people import actions as people
from kith.people.sealing import token_hash
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.clients import client_with, session_of
from kith.testing.world import DOTS
from kith.web import cookies, live, throttle
from kith.web.tests.test_live import ask

pytestmark = pytest.mark.django_db


class Reader:
    """Ben in a group that strangers cannot read, with every way to see what is said there."""

    def __init__(self, cast):
        self.cast, self.code = cast, cast.group
        fay, ben = cast.places["fay"], cast.places["ben"]
        talk.start_topic(fay, title="Nights", words="A needle in the hay.", at=AT, intent="")
        self.picture = talk.take_picture(fay, "edit:1", data=DOTS, alt="A wet window.", at=AT).name
        talk.edit_post(fay, 1, words="A needle in the hay.", pictures=[(self.picture, "A wet window.")], at=AT)
        talk.reply(ben, 1, words="I hear you.", at=AT, intent="")
        self.token = session_of(cast.viewer("ben"))
        self.client = client_with(self.token)
        notify.set_wants_mail(ben.mailbox, True)
        talk.reply(fay, 1, words="Thank you, @Wren.", at=AT, intent="b")
        found = self.client.post(f"/g/{self.code}/search/", {"words": "needle"})
        self.hits = found.headers["Location"]

    def page(self):
        return self.get(f"/g/{self.code}/topics/1/")

    def list(self):
        return self.get(f"/g/{self.code}/topics/")

    def piece(self):
        return self.get(f"/g/{self.code}/topics/1/posts/1/")

    def members(self):
        return self.get(f"/g/{self.code}/members/")

    def file(self):
        return self.get(f"/g/{self.code}/pictures/{self.picture}/3.webp")

    def hits_of_before(self):
        return self.get(self.hits, "needle")

    def search(self):
        throttle.forget()
        answer = self.client.post("/search/", {"words": "hay"})
        return answer.status_code == 302 and self.get(answer.headers["Location"], "needle")

    def stream(self):
        value = self.client.cookies[cookies.name()].value
        return ask(f"/live/g/{self.code}/topics/1/", f"{cookies.name()}={value}").status == 200

    def form(self):
        return self.client.post(f"/g/{self.code}/topics/1/reply/", {"words": "Still here."}).status_code == 302

    def draft(self):
        return self.client.post(f"/g/{self.code}/drafts/topic/", {"words": "Still here.", "base": "0"}).status_code == 200

    def notices(self):
        return self.get("/me/notices/", "Nights")

    def letter(self):
        ben = self.cast.viewer("ben").person
        return ben in [letter.person for letter in notify.lease_letters(at=AT)]

    def get(self, path, words=""):
        throttle.forget()
        answer = self.client.get(path)
        return answer.status_code == 200 and words in answer.content.decode(errors="replace")


WAYS = (
    "page", "list", "piece", "members", "file", "hits_of_before", "search", "stream", "form", "draft", "notices", "letter",
)  # fmt: skip


def she_leaves(reader):
    actions.leave_group(get_place(reader.cast.viewer("ben"), reader.code), words="keep", at=AT)


def the_group_closes(reader):
    actions.close_group(get_place(reader.cast.viewer("ada"), reader.code), at=AT)


def she_closes_her_account(reader):
    actions.close_account(reader.cast.viewer("ben").person, phrase=PHRASE, words="keep", now=True, at=AT)


def her_other_device_signs_all_out(reader):
    people.end_other_sessions(reader.cast.viewer("ben").person, keep=token_hash(session_of(reader.cast.viewer("ben"))))


def she_changes_her_phrase_elsewhere(reader):
    kept = token_hash(session_of(reader.cast.viewer("ben")))
    people.change_phrase(
        reader.cast.viewer("ben").person, phrase=PHRASE, new="quite another pass phrase", stay=kept, at=clock.now()
    )


# What ends it, and what she has all the same: her own notices and letters, where only a device was signed out or she still has to be told.
ENDS = {
    she_leaves: set(),
    the_group_closes: {"letter"},
    she_closes_her_account: set(),
    her_other_device_signs_all_out: {"letter"},
    she_changes_her_phrase_elsewhere: {"letter"},
}


@pytest.fixture
def reader(db, monkeypatch):
    for module in (hub, live):
        monkeypatch.setattr(module, "close_old_connections", int)  # the test's own connection stands in a transaction
    return Reader(make_cast(door="request"))


@pytest.mark.parametrize("way", WAYS)
def test_before_she_has_all_of_it(reader, way):
    assert getattr(reader, way)()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", list(ENDS), ids=lambda end: end.__name__)
def test_at_once_it_is_over(reader, end, way):
    end(reader)
    assert getattr(reader, way)() is (way in ENDS[end])
