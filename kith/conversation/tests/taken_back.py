"""What the tests of taking words back share: a short talk, and how it looks."""

from datetime import timedelta

from kith.conversation import actions
from kith.conversation.limits import KEEP_DAYS
from kith.testing.cast import AT
from kith.testing.clients import client_of

LATE = AT + timedelta(days=KEEP_DAYS)
DAY = AT.date()


def talk(cast):
    actions.start_topic(cast.places["ben"], title="Rain", words="It rained all week.", wish="heard", note="wet", at=AT, intent="")
    actions.reply(cast.places["fay"], 1, words="Here too.", quote=1, quoted="It rained all week.", at=AT, intent="a")
    actions.reply(cast.places["ben"], 1, words="Thank you.", quote=2, quoted="Here too.", at=AT, intent="b")


def page_of(cast, who="fay", tail="topics/1/"):
    return client_of(cast.viewer(who)).get(f"/g/{cast.group}/{tail}").content.decode()
