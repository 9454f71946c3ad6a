"""Times as people say them: a day and a part of it, at the head of a line and within a sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.core.clock import say_when, saying

TODAY = datetime(2026, 3, 6, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ("early today", "this morning", "this afternoon", "this evening")),
        (1, ("early yesterday", "yesterday morning", "yesterday afternoon", "yesterday evening")),
        (2, ("early on Wednesday", "Wednesday morning", "Wednesday afternoon", "Wednesday evening")),
        (6, ("early on Saturday", "Saturday morning", "Saturday afternoon", "Saturday evening")),
        (7, ("27 February",) * 4),
        (400, ("30 January 2025",) * 4),
        (-1, ("early today", "this morning", "this afternoon", "this evening")),  # a clock that ran ahead
    ],
)
def test_says_the_part_of_a_near_day_and_the_date_of_a_far_one(days, words):
    times = [TODAY - timedelta(days=days) + timedelta(hours=hour, minutes=59) for hour in (2, 6, 17, 23)]
    said = [say_when(at, TODAY.date(), within=True) for at in times]
    assert tuple(said) == words


def test_begins_a_line_with_a_capital():
    for hour, words in ((3, "Early today"), (9, "This morning")):
        at = TODAY + timedelta(hours=hour)
        assert say_when(at, TODAY.date()) == saying(TODAY.date())(at) == words
