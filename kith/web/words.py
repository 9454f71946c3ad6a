"""Words for the codes that rooms store."""

from datetime import date, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.conversation.queries.topic import response_words, role_words
from kith.conversation.rows import WaitingRow
from kith.core.clock import say_when
from kith.core.words import per_language

__all__ = [
    "absence_words",
    "alt_words",
    "answer_words",
    "concern_kind_words",
    "cut_words",
    "guessed_words",
    "kind_words",
    "meets_words",
    "note_kinds",
    "note_words",
    "passed_words",
    "reason_words",
    "relay_words",
    "response_words",
    "role_words",
    "tint_words",
    "too_many_words",
    "wish_words",
]


@per_language
def concern_kind_words() -> dict[str, str]:
    """Name the kinds of concerns, for a list of many."""
    return {
        "illness": _("Illness and health"), "identity": _("Who we are"), "life_event": _("What happened"),
        "circumstance": _("How we live"), "cause": _("What we stand up for"),
    }  # fmt: skip


@per_language
def wish_words() -> dict[str, tuple[str, str]]:
    """Name the wishes, each with a line that explains it."""
    return {
        "heard": (_("To be heard"), _("No advice, please.")),
        "stories": (_("Similar stories"), _("Has this been you?")),
        "ideas": (_("Ideas"), _("What have you tried?")),
        "information": (_("Information"), _("Facts, and where they are from.")),
    }


@per_language
def note_kinds() -> dict[str, tuple[str, str]]:
    """Name the kinds of content notes by their codes, each with the words (comma between) by which a note of that kind is known."""
    return {
        "injury": (_("Injury or blood"), _("injury, blood, wound, cut, needle, surgery, accident")),
        "food": (_("Food or weight"), _("food, weight, calorie, diet, eating, purge, binge, anorexia, bulimia")),
        "loss": (_("Losing someone"), _("loss, losing someone, death, dead, died, grief, funeral, miscarriage, stillbirth")),
        "suicide": (_("Wanting to die"), _("wanting to die, suicide, suicidal, self-harm, overdose, want to die")),
        "abuse": (_("Abuse"), _("abuse, assault, rape, violence, hit, beaten")),
        "medical": (_("Medical tests"), _("medical test, hospital, scan, biopsy, blood test, needle, operation")),
    }


@per_language
def sought_words() -> dict[str, str]:
    """Name what may be looked for, each kind of post."""
    return {
        "": _("Everything"),
        "opening": _("First posts of a topic"),
        "answer": _("Answers"),
        "wish": _("First posts that say what would help"),
        "mine": _("What I wrote myself"),
    }


@per_language
def note_words() -> tuple[str, ...]:
    """Suggest content notes."""
    return tuple(label for label, _words in note_kinds().values())


@per_language
def kind_words() -> dict[str, str]:
    """Say who leads a group."""
    return {
        "peer": _("Peer-run: by people who live with it"),
        "professional": _("Professionally run"),
        "advocacy": _("Run by people who want something to change"),
        "unchecked": _("Wants to be professionally run; nobody has checked this yet"),
    }


@per_language
def tint_words() -> dict[str, str]:
    """Name the colours of a group's door."""
    return {
        "moss": _("Moss"), "spruce": _("Spruce"), "lake": _("Lake"), "slate": _("Slate"), "indigo": _("Indigo"),
        "heather": _("Heather"), "damson": _("Damson"), "rosehip": _("Rosehip"), "brick": _("Brick"), "rust": _("Rust"),
        "straw": _("Straw"), "olive": _("Olive"),
    }  # fmt: skip


@per_language
def meets_words() -> dict[str, str]:
    """Say how a group meets."""
    return {"online": _("Online"), "in_person": _("In person"), "phone": _("By phone"), "paper": _("On paper")}


def absence_words(away: timedelta) -> str:
    """Say how long somebody was away; nothing below four weeks, for nobody counts days here."""
    weeks, months, years = away.days // 7, away.days // 30, away.days // 365
    if weeks < 4:
        return ""
    if months < 2:
        return _("about a month")
    if years < 2:
        return _("about %(n)s months") % {"n": months}
    return _("about %(n)s years") % {"n": years}


@per_language
def relay_words() -> dict[int, str]:
    """Say after how many hours all hosts are told that a post waits."""
    return {
        6: _("After 6 hours"), 12: _("After 12 hours"), 24: _("After a day"), 48: _("After two days"), 72: _("After three days"),
    }  # fmt: skip


def passed_words(row: WaitingRow, today: date) -> list[str]:
    """Say how far a waiting post was passed on, and when."""
    said = []
    if row.told_members_at:
        said.append(_("Members were told: %(when)s.") % {"when": say_when(row.told_members_at, today, within=True)})
    if row.told_hosts_at:
        said.append(_("Hosts were told: %(when)s.") % {"when": say_when(row.told_hosts_at, today, within=True)})
    return said or [_("Nobody was told so far.")]


def answer_words(hours: float | None) -> str:
    """Say how soon half of a group's new topics are answered; None is too new to say."""
    if hours is None:
        return _("Too new to say")
    if hours < 1:
        return _("Half of new topics get one within the hour")
    if hours <= 48:
        whole = ceil(hours)
        return ngettext("Half of new topics get one within an hour", "Half of new topics get one within %(num)s hours", whole) % {
            "num": whole
        }
    return _("Half of new topics get one within %(num)s days") % {"num": ceil(hours / 24)}


@per_language
def reason_words() -> dict[str, tuple[str, str]]:
    """Name the reasons of a report, each with what it means."""
    return {
        "unkind": (_("It is unkind"), _("It hurts, mocks or threatens somebody.")),
        "danger": (_("Somebody may be in danger"), _("The writer or somebody else may come to harm.")),
        "advice": (_("It could harm if followed"), _("Doses, or advice that is not safe.")),
        "private": (_("It gives somebody away"), _("A real name, a place, a picture.")),
        "selling": (_("It sells or asks for money"), ""),
        "agreements": (_("It goes against what we agree"), ""),
        "other": (_("Something else"), _("Or you are not sure. That is fine.")),
    }


def pause_words(wait: int) -> str:
    """Say that somebody has done a lot in a short time, and how long the pause is; what she typed stands below."""
    hours = ceil(wait / 60)
    if wait <= 90:
        when = ngettext("Please wait one minute, then send it again.", "Please wait %(n)s minutes, then send it again.", wait)
    else:
        when = ngettext(
            "Please come back in one hour and send it again.", "Please come back in %(n)s hours and send it again.", hours
        )
    return " ".join((_("That was a lot in a short time, so there is a pause now."), when % {"n": wait if wait <= 90 else hours}))


def alt_words() -> str:
    """Ask once what a picture shows."""
    return _("What does this picture show? If you cannot say it now, press the button again and it goes without.")


@per_language
def cut_words() -> dict[str, str]:
    """Say why the pictures of a form were not taken: they were too much for one sending, or did not come in time."""
    return {
        "large": _("Together these pictures are larger than 24 MB, so none of them was taken. Choose them again, one or two at a time."),
        "late": _("The pictures did not arrive whole, so none of them was taken. Your words are safe. Choose them again, one at a time."),
    }  # fmt: skip


def guessed_words(wait: int) -> str:
    """Say that too many have failed at a name; after `wait` minutes it goes on, or (0) only in another way."""
    if not wait:
        return _(
            "Too many have tried this name with a wrong pass-phrase. Come in with one of your ten codes, or from a device of yours."
        )
    return ngettext(
        "Too many have tried this name. Try again in %(n)s minute, or come in with one of your ten codes.",
        "Too many have tried this name. Try again in %(n)s minutes, or come in with one of your ten codes.",
        wait,
    ) % {"n": wait}


def too_many_words(wait: int) -> str:
    """Say that something was tried too often, and for how many minutes to wait."""
    return _("There were many tries from here. Please wait %(n)s minutes, then try again.") % {"n": wait}
