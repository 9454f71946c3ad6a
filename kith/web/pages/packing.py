"""Pack all that is somebody's own into one archive: to read (HTML), to keep (Markdown) and to use (JSON); nobody else's words are in it."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kith.conversation.queries import export_drafts, export_pictures, export_posts, export_responses
from kith.conversation.rows import ExportDraft, ExportForm, ExportPost, ExportResponse
from kith.core.clock import say_day
from kith.core.files import read, widths_of
from kith.groups.rows import OwnGroup
from kith.people.queries import list_own_notes
from kith.people.rows import OwnNoteRow
from kith.web.jinja import environment_for
from kith.web.pages.gathering import Facts, fact_words, gather_account, gather_group
from kith.web.people.looks import look_words
from kith.web.words import response_words

_STARTED = (1980, 1, 1, 0, 0, 0)  # what is packed carries no time of packing


@dataclass(frozen=True, slots=True)
class Lot:
    """My words in one group; posts are read anew each time they are asked for, since all at once may be much."""

    own: OwnGroup
    drafts: list[ExportDraft]
    responses: list[ExportResponse]
    facts: Facts

    def topics(self) -> Iterator[tuple[int, Iterable[ExportPost]]]:
        """Return my posts topic by topic."""
        return groupby(export_posts(self.own.persona), key=attrgetter("topic"))


@dataclass(frozen=True, slots=True)
class Rest:
    """What belongs to no group: my account, and notes to myself. Nothing, where one group alone is asked for."""

    account: Facts
    notes: list[OwnNoteRow]


def rest_of(person: int) -> Rest:
    """Return what belongs to no group."""
    return Rest(gather_account(person), list_own_notes(person))


NO_REST = Rest({}, [])


def pack(owns: Iterable[OwnGroup], rest: Rest, *, site: str, at: datetime) -> bytes:
    """Return the archive."""
    lots = [Lot(own, export_drafts(own.persona), export_responses(own.persona), gather_group(own)) for own in owns]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in _files(lots, rest, site, at):
            info = zipfile.ZipInfo(name, _STARTED)
            info.compress_type = zipfile.ZIP_STORED if name.startswith("pictures/") else zipfile.ZIP_DEFLATED  # those are packed
            with archive.open(info, "w") as file:
                for piece in pieces:
                    file.write(piece if isinstance(piece, bytes) else piece.encode())
    return out.getvalue()


def _files(lots: list[Lot], rest: Rest, site: str, at: datetime) -> Iterator[tuple[str, Iterable[str | bytes]]]:
    language = translation.get_language() or "en"
    pages = environment_for(language)
    yield "README.txt", [_read_me(lots, site, at)]
    yield "words.html", pages.get_template("export/words.html").generate(
        lots=[lot for lot in lots if not lot.own.asking], notes=rest.notes, site=site, made=_day(at), lang=language, dir="rtl" if translation.get_language_bidi() else "ltr",
        moment=_moment, states=_states(), responses=response_words(),
    )  # fmt: skip
    yield "about.html", pages.get_template("export/about.html").generate(
        account=rest.account, groups=[(lot.own, lot.facts) for lot in lots], site=site, made=_day(at), lang=language,
        dir="rtl" if translation.get_language_bidi() else "ltr", words=fact_words(), said=_said, look_words=look_words(),
    )  # fmt: skip
    yield "words.css", [pages.get_template("export/words.css").render()]
    yield "words.json", _json(lots, rest, site, at)
    for number, lot in enumerate(lots, 1):
        for topic, posts in lot.topics():
            yield f"markdown/group-{number}/topic-{topic}.md", _markdown(lot.own, posts)
        for picture in export_pictures(lot.own.persona):
            if data := read(picture.name, widths_of(picture.width)[-1]):
                yield f"pictures/{picture.file}", [data]


def _read_me(lots: list[Lot], site: str, at: datetime) -> str:
    lines = [
        _("My words"), "", f"{site}, {_day(at)}", *[f"group-{n}: {lot.own.card.name}" for n, lot in enumerate(lots, 1)], "",
        _("words.html: to read, in any browser, and to print."),
        _("about.html: what else is kept about you, to read."),
        _("markdown/: the same as plain text, one file for each topic."),
        _("pictures/: the pictures that you posted."),
        _("words.json: for other programs. All times are exact, in UTC."), "",
        _("In it are your posts, how they read before, your later notes, drafts, and the answers without words that you gave."),
        _("So is what is kept about your account, and what each group keeps about you: names, days, notices, what you told the hosts."),
        _("What you took back is in it for thirty days. After that it is kept nowhere."),
        _("Not in it is what others wrote, not even where you quoted them: those words are theirs. Titles of their topics are."),
        _("Whoever has this archive can read which groups you are in, and under which names. Keep it where only you can open it."),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _markdown(own: OwnGroup, posts: Iterable[ExportPost]) -> Iterator[str]:
    for number, post in enumerate(posts):
        if not number:
            yield f"# {post.topic_title or _('A topic')}\n\n{own.card.name}\n"
        yield f"\n---\n\n{_moment(post.written_at)}, {post.shown_as}. {_states()[post.state]}\n\n{post.words}\n"
        if post.note:
            yield f"\n{_('Content note: %(note)s') % {'note': post.note}}\n"
        for picture in post.pictures:
            yield f"\n![{picture.alt}](../../pictures/{picture.file})\n"
        if post.later:
            yield f"\n{_('How I see it now')}:\n\n{post.later}\n"
        for form in post.before:
            until = _("Until %(when)s") % {"when": _moment(form.until) if form.until else ""}
            yield f"\n{until}:\n\n" + "".join(f"> {line}\n" for line in _parts(form).split("\n"))


def _parts(form: ExportForm) -> str:
    return "\n\n".join(filter(None, (form.title, form.note, form.words, form.later)))


def _states() -> dict[str, str]:
    return {
        "shown": "", "folded_by_me": _("Folded by you."), "folded": _("Folded by a host."), "returned": _("Given back to you."),
        "withdrawn": _("Taken back."),
    }  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{_day(at)}, {at:%H:%M} UTC"


def _day(at: datetime) -> str:
    return _day_of(at.date())


def _day_of(day: date) -> str:
    return say_day(day, date.max)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _moment(value) if isinstance(value, datetime) else _day_of(value) if isinstance(value, date) else str(value)


def _json(lots: list[Lot], rest: Rest, site: str, at: datetime) -> Iterator[str]:
    """Write it piece by piece, post by post."""
    head = {"site": site, "made_at": at} | rest.account
    head["own_notes"] = [{"words": note.words, "made_at": note.made_at} for note in rest.notes]
    yield f'{_value(head)[:-1]}, "groups": ['
    for number, lot in enumerate(lots):
        head = {"group": lot.own.card.name, "code": lot.own.code, "my_name_there": lot.own.persona_name, "past": lot.own.past}
        words = {"drafts": [asdict(row) for row in lot.drafts], "responses_given": [asdict(row) for row in lot.responses]}
        yield f'{"," if number else ""}\n{_value(head | lot.facts | words)[:-1]}, "posts": ['
        for place, post in enumerate(export_posts(lot.own.persona)):
            yield f"{',' if place else ''}\n{_value(asdict(post))}"
        yield "]}"
    yield "]}\n"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_text)


def _as_text(value: date | datetime) -> str:
    return value.isoformat()
