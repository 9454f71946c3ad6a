"""Who is told that a post waits: a few, those who share its words first, and not always the same ones."""

from datetime import timedelta

import pytest

from kith.conversation import actions
from kith.conversation.models import Relay, Told
from kith.conversation.queries import relaying as reads
from kith.conversation.tests.waits import HOURS, KINDS, answer, more_members, start, told, work
from kith.groups.actions import set_willing
from kith.notify.models import Notice
from kith.testing.cast import AT, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


class TestTurns:
    def test_at_most_five_are_told_and_the_others_next_time(self, cast):
        places = more_members(cast, 8)
        start(cast)
        work(AT + HOURS)
        first = told()
        assert len(first) == 5
        start(cast, at=AT + 30 * HOURS)
        work(AT + 31 * HOURS)
        assert told() == {place.mailbox for place in places}

    def test_at_most_twice_a_day(self, cast):
        set_willing(cast.places["fay"], wants=True)
        for _more in range(4):
            start(cast)
        work(AT + HOURS)
        assert Notice.objects.filter(kind=KINDS[0]).count() == 2
        assert Relay.objects.exclude(told_members_at=None).count() == 2
        start(cast, at=AT + 24 * HOURS)
        work(AT + 25 * HOURS)
        assert Notice.objects.filter(kind=KINDS[0]).count() == 3

    def test_those_who_share_its_words_come_first(self, cast):
        places = more_members(cast, 9)
        start(cast, "eve", at=AT - 90 * HOURS)
        for n, place in enumerate(places):
            words = "My nights are long too, since my brother's funeral." if n == 7 else "I like to sail on Sundays."
            actions.reply(place, 1, words=words, at=AT - 80 * HOURS, intent="")
        Told.objects.all().delete()
        Relay.objects.all().delete()
        start(cast)
        work(AT + HOURS)
        assert places[7].mailbox in told()

    def test_but_not_always_the_same_ones(self, cast):
        places = more_members(cast, 6)
        start(cast, "eve", at=AT - 90 * HOURS)
        for n, place in enumerate(places):
            if n < 5:
                actions.reply(place, 1, words="The nights are long since the funeral.", at=AT - 80 * HOURS, intent="")
        Relay.objects.all().delete()
        for day in range(6):
            start(cast, at=AT + 24 * day * HOURS)
            work(AT + (24 * day + 1) * HOURS)
        counts = [Told.objects.filter(persona=place.persona).count() for place in places]
        assert min(counts) >= 1
        assert sum(counts) == 30

    def test_what_she_wrote_without_her_name_or_to_the_hosts_is_not_compared(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast, "eve")
        answer(cast, "fay", words="Nights and funerals, I know them.", nameless=True)
        actions.start_line(cast.places["fay"], words="Nights and funerals.", at=AT, intent="")
        assert reads._latest_words([cast.places["fay"].persona]) == {cast.places["fay"].persona: ""}

    def test_turns_are_forgotten_after_thirty_days(self, cast):
        set_willing(cast.places["fay"], wants=True)
        start(cast)
        work(AT + HOURS)
        actions.forget_turns(at=AT + timedelta(days=40))
        assert Told.objects.count() == 1  # it still waits
        answer(cast, "eve")
        actions.forget_turns(at=AT + timedelta(days=40))
        assert Told.objects.count() == 0
