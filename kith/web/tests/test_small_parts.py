"""Small parts of many pages: the dot of what is new, the places of a group, times in a line, numbers of help lines."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from kith.conversation.actions import start_topic
from kith.core.clock import now
from kith.core.rows import HelpRow
from kith.notify.actions import tell
from kith.people.actions import open_session
from kith.testing.cast import AT, make_cast
from kith.testing.clients import client_of
from kith.web.jinja import environment_for

pytestmark = pytest.mark.django_db
DOT = '<span class="dot badge--new"><span class="sr-only"> new</span></span>'


@pytest.fixture
def cast(db):
    return make_cast()


def test_a_dot_stands_by_the_notices_and_by_the_menu_that_hides_them(cast):
    tell(cast.places["ben"].mailbox, "groups.welcomed", about=cast.group, at=AT)
    open_session(cast.viewer("ben").person, device="phone", own_device=False, at=AT)
    html = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/topics/").content.decode()
    assert f"Notices{DOT}" in html
    assert f"Menu{DOT}</summary>" in html


def test_the_places_of_a_group_have_short_names(cast):
    html = client_of(cast.viewer("ada")).get(f"/g/{cast.group}/charter/").content.decode()
    tabs = html.partition('<nav class="tabs"')[2].partition("</nav>")[0]
    assert [words.rpartition(">")[2] for words in tabs.split("</a>")[:-1]] == ["Home", "Topics", "People", "Agreements", "Desk"]
    assert '/charter/" aria-current="page">Agreements' in tabs


def test_a_list_of_topics_says_within_the_line_when_the_last_words_came(cast):
    start_topic(cast.place("ben"), title="One", words="A line.", at=now(), intent="")
    html = client_of(cast.viewer("ben")).get(f"/g/{cast.group}/topics/").content.decode()
    assert re.search(r"Last words: (early today|this (morning|afternoon|evening)|early yesterday|yesterday evening)<", html)


def test_the_number_of_a_help_line_reads_left_to_right_in_every_language():
    number = environment_for("ar").from_string("{{ k.help_number('116 123', 'tel:116123') }}").render()
    assert '<a class="nums" dir="ltr" href="tel:116123">116 123</a>' in number
    assert environment_for("ar").from_string("{{ k.help_number('text', '') }}").render().endswith("text</span></span>")


def test_the_numbers_above_what_was_found_stand_alone_and_what_is_not_checked_below_them():
    lines = [HelpRow("emergency", f"Line {n}", f"11{n}", f"tel:11{n}", n == 0, "") for n in range(4)]
    drawn = environment_for("en").get_template("finding/_help_above.html")
    html = drawn.render(page=SimpleNamespace(help=lines))
    assert html.index("tel:112") < html.index("Not checked yet: Line 1, Line 2. The number comes")
    assert html.count("checked") == 1
    assert "checked" not in drawn.render(page=SimpleNamespace(help=lines[:1]))


def test_every_page_of_a_group_names_a_place_that_its_head_has():
    templates = Path(__file__).resolve().parent.parent / "templates"
    places = set(
        re.findall(r'_\("([^"]+)"\)', (templates / "components/group_head.html").read_text().partition("{% endif %}")[0])
    )
    calls = [call for file in templates.rglob("*.html") for call in re.findall(r"k\.group_head\((.*)\) }}", file.read_text())]
    assert {words for call in calls for words in re.findall(r'_\("([^"]+)"\)', call)} <= places
    assert len(calls) > 20
