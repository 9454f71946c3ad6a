"""From words to a sealed token and back: no words kept, no reason twice, half an hour, wishes, honesty."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kith.concerns.actions import load_core
from kith.core.errors import Invalid, NotFound
from kith.core.models import Site
from kith.finding import limits, queries
from kith.finding.actions import renew_index
from kith.finding.models import Card
from kith.finding.rows import Wishes
from kith.groups.actions import change_group
from kith.groups.models import Group
from kith.groups.queries import get_plan
from kith.groups.viewer import GUEST
from kith.testing.cast import AT, make_cast, open_group
from kith.testing.snapshots import once

pytestmark = pytest.mark.django_db
WORDS = "I am a widow at 34. My husband died in spring and our two kids keep asking when he comes back."


@pytest.fixture
def cast(db):
    return once("a widow's group and a river's", _make)


def _make():
    load_core()
    made = make_cast(
        name="Widowed young", line="For people whose husband, wife or partner died young.", concerns=("widowed-young",),
        charter="We lost the person we lived with. We talk about the children and the empty chair.", readable=True,
    )  # fmt: skip
    made.river = open_group(
        made, first="cleo", second="dov", name="Clean river neighbours", line="Neighbours who want a clean river.",
        charter="Sewage goes into our river. We test the water and write letters.", concerns=("clean-rivers",), kind="advocacy",
        meets=("online", "in_person"),
    )  # fmt: skip
    renew_index()
    return made


def _found(words, wishes=Wishes()):  # noqa: B008 - frozen
    return queries.get_findings(GUEST, queries.find(words, at=AT), wishes, at=AT)


class TestFinding:
    def test_the_group_that_fits_stands_first_with_its_reason(self, cast):
        first = _found(WORDS).groups[0]
        assert first.card.code == cast.group
        assert first.reason in {
            "Widowed young",
            "Being widowed young",
            *(line[1] for line in Card.objects.get(group__code=cast.group).lines),
        }
        assert first.sure

    def test_no_two_groups_get_the_same_reason(self, cast):
        Group.objects.filter(code=cast.river).update(line=Group.objects.get(code=cast.group).line, charter_number=1)
        Card.objects.all().delete()
        renew_index()
        ranked = queries.with_reasons(*queries.rank(WORDS))
        lines = dict(Card.objects.values_list("group", "lines"))
        reasons = [lines[item.key][line][1] for item, line in ranked]
        assert len(set(reasons)) == len(reasons) == 2

    @pytest.mark.parametrize(
        "words",
        [
            "I want to sell my old sofa, who will fetch it?",
            "asdf qwer zxcv",
            "42",
            "Which cordless hoover is best for stairs?",
            "'; DROP TABLE people; --",
        ],
    )
    def test_says_honestly_that_nothing_fits(self, cast, words):
        findings = _found(words)
        assert findings.fit == "nothing"
        assert findings.groups == ()

    @pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\n"])
    def test_asks_for_words(self, cast, nothing):
        with pytest.raises(Invalid):
            queries.find(nothing, at=AT)

    def test_reads_no_more_than_it_says(self, cast):
        assert _found((WORDS + " ") * 20_000).groups

    def test_wishes_narrow_the_list_and_say_how_many_they_left_out(self, cast):
        findings = _found(WORDS, Wishes(ways=("phone",)))
        assert findings.groups == ()
        assert findings.left_out >= 1
        assert findings.fit == "plain"


class TestTheToken:
    def test_holds_none_of_the_words(self, cast):
        token = queries.find("a very particular sentence about my shoulder", at=AT)
        assert b"shoulder" not in bytes.fromhex(token)
        assert len(token) < 3000

    def test_lasts_half_an_hour(self, cast):
        token = queries.find(WORDS, at=AT)
        assert queries.get_findings(GUEST, token, Wishes(), at=AT + timedelta(seconds=limits.TOKEN_SECONDS - 1)).groups
        with pytest.raises(NotFound):
            queries.get_findings(GUEST, token, Wishes(), at=AT + timedelta(seconds=limits.TOKEN_SECONDS + 1))

    @pytest.mark.parametrize("token", ["", "zz", "00" * 40, "é"])
    def test_a_wrong_one_is_nothing(self, cast, token):
        with pytest.raises(NotFound):
            queries.get_findings(GUEST, token, Wishes(), at=AT)

    def test_words_stand_in_no_table(self, cast):
        from django.apps import apps

        queries.find(WORDS, at=AT)
        stored = " ".join(str(row) for model in apps.get_models() for row in model.objects.values_list())
        assert "keep asking when he comes back" not in stored


class TestTheIndex:
    def test_a_closed_group_is_found_no_more(self, cast):
        Group.objects.filter(code=cast.group).update(closed_on=AT.date())
        renew_index()
        assert cast.group not in {f.card.code for f in _found(WORDS).groups}

    def test_a_changed_charter_is_read_anew(self, cast):
        assert renew_index() == 0
        place = cast.place("ada")
        change_group(place, replace(get_plan(place), charter="We keep bees on roofs."), base=1, at=AT)
        assert renew_index() == 1
        assert any(line[1] == "We keep bees on roofs." for line in Card.objects.get(group__code=cast.group).lines)

    def test_what_else_a_group_says_of_itself_is_read_anew_too(self, cast):
        place = cast.place("ada")
        change_group(place, replace(get_plan(place), line="For people who keep bees.", concerns=("farming",)), base=1, at=AT)
        assert renew_index() == 1
        card = Card.objects.get(group__code=cast.group)
        assert ["line", "For people who keep bees."] in card.lines
        assert card.lines[0] == ["concern", "Farmers"]

    def test_a_group_by_invitation_is_not_in_it(self, cast):
        Site.objects.filter(pk=1).update(set_up_at=AT)
        other = open_group(cast, first="fay", second="ben", name="Hidden", door="invitation")
        renew_index()
        assert not Card.objects.filter(group__code=other).exists()
