"""Every form, filled in as somebody would who means it: for tests that send each. A form without one fails the build."""

from collections.abc import Callable

from kith.testing.cast import PHRASE
from kith.testing.world import World

Typed = dict[str, str]
NEW_PHRASE = "quite another phrase for tests"
_PLAN = {
    "name": "A new name", "line": "For people who wait.", "for_whom": "Anyone who waits.", "charter": "We wait together.", "door": "request",
    "tint": "moss", "meets": "online", "span": "ongoing", "kind": "peer", "language": "en", "own": "Pebble", "agreement_title": "Be kind.",
    "agreement_text": "Always.", "concerns": "chronic-pain", "relay_hours": "24",
}  # fmt: skip
_SITE = {
    "name": "Kith",
    "country": "GB",
    "run_by": "Us",
    "contact": "us@example.org",
    "exit_url": "https://www.example.org/",
    "discreet": "on",
}
_MAIL = {"host": "mail.example.org", "port": "587", "security": "starttls", "user": "", "sender": "notes@example.org"}

FORMS: dict[str, Typed] = {
    # the account
    "sign_up": {"name": "robin", "phrase": NEW_PHRASE, "way": "none", "adult": "on", "health_consent": "on"},
    "codes": {"kept": "on"},
    "sign_in": {"name": "member_1 1000", "phrase": PHRASE},
    "sign_out": {},
    "way_in": {"name": "member_1 1000", "code": "none none none", "phrase": NEW_PHRASE},
    "exit": {},
    "step": {"code": "none none none"},
    "by_passkey": {"answer": "{}", "held": "00"},
    "factor_app": {"held": "00", "code": "123456", "phrase": PHRASE, "name": "My phone"},
    "factor_passkey": {"held": "00", "answer": "{}", "phrase": PHRASE, "name": "My phone"},
    "drop_factor": {"phrase": PHRASE},
    "put_back": {"phrase": PHRASE},
    "display": {"theme": "dark", "discreet": "on"},
    "phrase": {"phrase": PHRASE, "new": NEW_PHRASE},
    "email": {"email": "a@example.org", "phrase": PHRASE},
    "confirm_email": {},
    "on_exit": {"drafts": "on"},
    "own_name": {"own_name": "Robin Real"},
    "filters": {"kind": "food", "words": "thunder"},
    "idle": {"minutes": "60"},
    "new_codes": {"phrase": PHRASE},
    "sessions": {"device": ""},
    "closing": {"words": "keep", "when": "now", "phrase": PHRASE},
    # what is mine
    "words": {"find": "line"},
    "take_back": {"when": "later", "line": "1", "sure": "on"},
    "stop_taking": {},
    "stop_taking_in": {},
    "bring_back": {},
    "download": {"phrase": PHRASE},
    "words_there": {"words": "nameless"},
    "word": {},
    "notices": {},
    "own_notes": {"find": "sleep"},
    "own_note": {"words": "I slept.", "base": "1"},
    "keep_own_note": {"words": "I slept.", "base": "1"},
    "drop_own_note": {},
    "own_note_post": {},
    # finding
    "find": {"words": "my back hurts"},
    "search": {"words": "line"},
    "search_in": {"words": "line"},
    # groups
    "begin": _PLAN,
    "invitation": {"own": "Pebble", "agree": "on"},
    "join": {"own": "Pebble", "agree": "on", "words": "May I?"},
    "leave": {"words": "keep"},
    "persona": {"name": "Pebble"},
    "willing": {"wants": "on"},
    "mail": {"wants": "on"},
    "read": {},
    "charter_read": {},
    "change": _PLAN | {"base": "1"},
    "ask_check": {},
    "ending": {"sure": "on"},
    "answer_asking": {"answer": "yes"},
    "answer_report": {"outcome": "keep"},
    "invitations": {"role": "member"},
    # talking
    "new_topic": {"title": "A thought", "words": "It is late.", "wish": "heard"},
    "reply": {"words": "I hear you."},
    "line": {"words": "May I ask?"},
    "ask_host": {"to": ""},
    "draft": {"words": "Half a thought.", "base": "0"},
    "edit": {"words": "It rained, and then not.", "title": "A wet week"},
    "withdrawal": {"line": "on"},
    "later": {"later": "I see it otherwise."},
    "shown_name": {"name": "mine"},
    "own_fold": {"fold": "on"},
    "restoration": {},
    "responses": {"kind": "heard"},
    "note_wish": {"kind": "food"},
    "note": {"note": "rain"},
    "report": {"reason": "other", "words": "Hm."},
    # hosting
    "pin": {"pin": "on"},
    "closure": {"closure": "on"},
    "sort_topic": {"tag": "1"},
    "move": {"title": "A matter of its own"},
    "tags": {"number0": "0", "name0": "Evenings"},
    "fold": {"reason": "Hard detail."},
    "unfold": {},
    "return": {"reason": "It names a street."},
    # the site
    "steward_site": _SITE,
    "steward_mail": _MAIL,
    "steward_group": {},
    "steward_decline": {"why": "Not now."},
    "steward_line": {"confirmed": "on", "country": "GB"},
    "first_start": {"code": "none", "name": "robin", "phrase": NEW_PHRASE},
    "demo_sign_in": {"who": "member"},
}  # fmt: skip

# What else a form asks for, beside what is filled in above. Whatever stands in neither, a form must not take.
_POST = {"note", "nameless"}
MAY_BRING: dict[str, set[str]] = {
    "new_topic": _POST,
    "reply": _POST,
    "draft": {"title", "wish", *_POST},
    "edit": {"note"},
    "note_wish": {"words"},
    "begin": {"place", "not_for", "readable"},
    "change": {"place", "not_for", "readable"},
    "steward_site": {"about", "privacy"},
}


def filled(world: World, route: str) -> Typed:
    """Return a form as somebody would send it."""
    more: dict[str, Callable[[World], Typed]] = {
        "ask_host": lambda world: {"to": world.words.get("asking", "")},
        "own_note_post": lambda world: {"group": world.groups["first"]},
    }
    return FORMS[route] | (more[route](world) if route in more else {})
