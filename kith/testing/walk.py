"""The walk over every page: each route of the table with the states it is looked at in. A route without one fails the build."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kith.conversation.queries import seek
from kith.conversation.rows import Sought
from kith.core import clock
from kith.core.errors import NotFound, Refused
from kith.testing.world import World
from kith.web.finding.addresses import concern_path
from kith.web.pages.narrowing import Narrowing, seal_narrowing

Kwargs = dict[str, Any]
FAR = 4e9  # a moment long after any test


def _both(**more: Any) -> Callable[[World], list[Kwargs]]:
    return lambda world: [{"code": world.groups[key]} | more for key in ("first", "second")]


def _plain(world: World) -> list[Kwargs]:
    return [{}]


STATES: dict[str, Callable[[World], list[Kwargs]]] = {
    **dict.fromkeys(
        (
            "home", "words", "notices", "about", "privacy", "up", "find", "browse", "sign_up", "codes", "sign_in", "sign_out", "way_in",
            "exit", "display", "me", "kept", "changes", "looks", "step", "by_passkey", "factors", "factor_app", "factor_passkey", "sessions", "idle", "phrase", "on_exit", "email", "own_name", "filters", "own_notes", "new_own_note", "new_codes", "closing", "begin", "help_now", "steward",
            "take_back", "stop_taking", "download", "first_start", "steward_site", "steward_mail", "steward_lines", "components", "demo", "demo_sign_in", "search",
        ),
        _plain,
    ),
    **dict.fromkeys(
        ("place", "join", "leave", "persona", "mail", "members", "charter", "read", "desk", "change", "ask_check", "tags", "ending", "invitations", "topics", "new_topic", "line", "ask_host", "search_in", "waiting", "willing"), _both()
    ),
    "put_back": lambda world: [{"key": 1}],
    "drop_factor": lambda world: [{"key": 1}],
    "confirm_email": lambda world: [{"word": "0" * 32}],
    "found": lambda world: [{"token": world.words.get("token", "00")}],
    "own_notes_found": lambda world: [{"token": "00"}],
    **dict.fromkeys(("own_note", "keep_own_note", "drop_own_note", "own_note_post"), lambda world: [{"key": world.numbers["own_note"]}]),
    "searched": lambda world: [{"token": "00"}],
    "searched_in": _both(token="00"),
    "concern": lambda world: [{"slug": "chronic-pain"}, {"slug": concern_path("chronic-pain").split("/")[2]}],
    "invitation": lambda world: [{"invitation": world.words["first_invitation"]}, {"invitation": "no-such-invitation"}],
    "answer_asking": lambda world: [{"code": world.groups["second"], "handle": world.words["asking"]}],
    "answer_report": lambda world: [{"code": world.groups[key], "key": world.numbers[f"{key}_report"]} for key in ("first", "second")],
    "decision": lambda world: [{"code": world.groups[key], "key": world.numbers[f"{key}_decision"]} for key in ("first", "second")],
    # 1 and 2, one that was divided and what came of it, a line of somebody who does not look and one of the member, and none.
    "topic": lambda world: [state for number in (1, 2, 5, 6, 7, 8, 99) for state in _both(number=number)(world)],
    "reply": _both(number=1),
    **dict.fromkeys(("charter_version", "charter_read"), _both(number=1)),
    "post_fragment": _both(number=1, post=1),
    "draft": _both(where="topic"),
    "picture_alone": lambda world: [{"code": world.groups[key], "name": world.words[f"{key}_picture"]} for key in ("first", "second")],
    "picture": lambda world: [
        {"code": world.groups[key], "name": world.words[f"{key}_picture"], "width": 3} for key in ("first", "second")
    ],
    "edit": lambda world: [*_both(number=1)(world), *_both(number=2)(world)],
    "history": _both(number=3),
    "withdrawal": _both(number=1),
    "own_post": lambda world: [*_both(number=1)(world), *_both(number=10)(world)],
    "restoration": _both(number=10),
    **dict.fromkeys(("later", "own_fold"), lambda world: [*_both(number=1)(world), *_both(number=2)(world)]),
    # One with a name, and two without: of `ann` and of the member.
    "shown_name": lambda world: [state for number in (1, 11, 12) for state in _both(number=number)(world)],
    "responses": lambda world: [*_both(number=1)(world), *_both(number=2)(world)],
    **dict.fromkeys(("pin", "closure", "sort_topic"), _both(number=1)),
    "move": _both(number=3),
    "note_wish": _both(number=1),
    "note": _both(number=1),
    "fold": _both(number=3),
    "unfold": _both(number=6),
    "return": _both(number=3),
    "report": lambda world: [*_both(number=1)(world), *_both(number=2)(world)],
    **dict.fromkeys(
        ("words_in", "words_there", "bring_back", "stop_taking_in"),
        lambda world: [{"code": world.groups[key], "handle": world.words[f"{key}_past"]} for key in ("first", "second")],
    ),
    "words_found": lambda world: [
        {"token": "00"},
        *[{"token": seal_narrowing(world.people[who], Narrowing("line"), now=FAR)} for who in ("member_1", "host_1", "ann")],
    ],
    "word": lambda world: [
        {"code": world.groups[key], "handle": world.words[f"{key}_past"], "number": 8} for key in ("first", "second")
    ],
    "help_in": lambda world: [{"country": "NL"}, {"country": "ZZ"}],
    **dict.fromkeys(("steward_group", "steward_decline"), lambda world: [{"code": world.groups["begun"]}]),
    "steward_line": lambda world: [{"key": world.numbers["line"]}],
}  # fmt: skip


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """List every route of the table: its name and its view."""
    found: list[tuple[str, Callable[..., Any]]] = []

    def collect(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                collect(pattern.url_patterns)
            else:
                found.append((pattern.name or str(pattern.pattern), pattern.callback))

    collect(get_resolver().url_patterns)
    return found


def pages(world: World) -> list[tuple[str, str, Callable[..., Any]]]:
    """List every page to look at: the route's name, the path in each of its states, the view."""
    return [(name, reverse(name, kwargs=kwargs), view) for name, view in routes() for kwargs in STATES[name](world)]


def found_by(world: World, who: str) -> list[tuple[str, str]]:
    """List what the search shows to one of them, wherever she may look: the route's name and the sealed path."""
    viewer, rows = world.viewers[who], []
    for code in ("", world.groups["first"], world.groups["second"]):
        for sought in (Sought("line"), Sought("week", author="Fig", best=True)):
            with suppress(NotFound, Refused):
                token = seek(viewer, code, sought, at=clock.now())
                name, kwargs = ("searched_in", {"code": code}) if code else ("searched", {})
                rows.append((name, reverse(name, kwargs=kwargs | {"token": token})))
    return rows
