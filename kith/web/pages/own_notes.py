"""A page of my own: notes to myself, seen by nobody; any of them can become a post, and nothing in the group tells that it was one."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.actions import save_draft
from kith.conversation.queries import get_draft
from kith.core import clock
from kith.core.errors import Invalid, NotFound
from kith.core.ids import random_key
from kith.core.text import excerpt
from kith.groups.queries import get_place, list_own_groups
from kith.groups.rows import Place
from kith.people.actions import drop_own_note, save_own_note
from kith.people.queries import find_own_heads, get_own_note, list_own_heads
from kith.people.rows import OwnNoteHead, OwnNoteRow
from kith.web.page import page
from kith.web.pages.narrowing import narrowing_of, open_narrowing, seal_narrowing
from kith.web.request import Request, reach
from kith.web.tabs import answer_while_typing, both_of, keep_both
from kith.web.typed import look_over, number_of, text_of

_PAGE = 20


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note in the list: how it begins, and its day."""

    key: int
    gist: str
    when: str


def _me(request: Request) -> int:
    return request.viewer.person or 0


@reach("person", "GET", "POST")
def own_notes(request: Request) -> HttpResponse:
    """List my notes to myself; what is sent looks through them."""
    if request.method == "POST":
        asked = narrowing_of(text_of(request, "find"), "")
        if not asked.words:
            return HttpResponseRedirect(reverse("own_notes"))
        token = seal_narrowing(_me(request), asked, now=clock.now().timestamp())
        return HttpResponseRedirect(reverse("own_notes_found", args=[token]))
    at = number_of(request, "page", least=1, source="GET")
    heads, pages = list_own_heads(_me(request), page=at, size=_PAGE)
    return page(request, "pages/own_notes.html", notes=_lines(heads), at=at, pages=pages, asked="", found=False)


@reach("person")
def own_notes_found(request: Request, token: str) -> HttpResponse:
    """Show those of my notes in which what I looked for stands."""
    try:
        asked = open_narrowing(_me(request), token, now=clock.now().timestamp()).words
    except NotFound:
        return page(request, "pages/own_notes.html", status=410, notes=[], at=1, pages=1, asked="", found=True)
    notes = _lines(find_own_heads(_me(request), asked))
    return page(request, "pages/own_notes.html", notes=notes, at=1, pages=1, asked=asked, found=True)


def _lines(heads: list[OwnNoteHead]) -> list[NoteLine]:
    today = clock.now().date()
    return [NoteLine(head.key, head.gist, clock.say_when(head.made_at, today)) for head in heads]


@reach("person")
def new_own_note(request: Request) -> HttpResponse:
    """Begin a note to myself; its key stands in the form, so that it is one note however often it is sent."""
    return _form(request, random_key(), "", 0)


@reach("person", "GET", "POST", looks=True)
def own_note(request: Request, key: int) -> HttpResponse:
    """Read and change a note to myself."""
    if request.method != "POST":
        note = get_own_note(_me(request), key)
        return _form(request, key, note.words, note.version, kept=True)
    words, base = request.POST.get("words", ""), number_of(request, "base")
    try:
        look_over(request)
        _save(_me(request), key, words, base)
    except Invalid as problem:
        return _form(request, key, words, base, problems=problem.problems, kept=_is_kept(request, key))
    if "post" in request.POST:
        return HttpResponseRedirect(reverse("own_note_post", args=[key]))
    return HttpResponseRedirect(reverse("own_notes"))


def _save(person: int, key: int, words: str, base: int) -> None:
    """Keep what was typed; if another page has kept newer words meanwhile, both, one after the other."""

    def save(words: str, base: int) -> OwnNoteRow:
        return save_own_note(person, key, words=words, base=base, at=clock.now())

    def newest() -> tuple[str, int]:
        newer = get_own_note(person, key)
        return newer.words, newer.version

    keep_both(save, words, base, newest=newest)


def _is_kept(request: Request, key: int) -> bool:
    try:
        return get_own_note(_me(request), key).key == key
    except NotFound:
        return False


def _form(
    request: Request, key: int, words: str, version: int, *, problems: dict[str, str] | None = None, kept: bool = False
) -> HttpResponse:
    return page(
        request, "pages/own_note.html", status=422 if problems else 200, key=key, words=words, version=version,
        problems=problems or {}, kept=kept,
    )  # fmt: skip


@reach("person", "POST")
def keep_own_note(request: Request, key: int) -> HttpResponse:
    """Keep a note while it is written; answer with its version, 409 where another tab has newer words."""
    words, base, me = request.POST.get("words", ""), number_of(request, "base"), _me(request)
    return answer_while_typing(
        lambda: save_own_note(me, key, words=words, base=base, at=clock.now()).version,
        version=lambda: get_own_note(me, key).version,
    )


@reach("person", "GET", "POST")
def drop_note(request: Request, key: int) -> HttpResponse:
    """Throw a note away, after saying that it is for good."""
    if request.method == "POST":
        drop_own_note(_me(request), key)
        return HttpResponseRedirect(reverse("own_notes"))
    note = get_own_note(_me(request), key)
    return page(request, "pages/own_note_gone.html", note=note, gist=excerpt(note.words))


@reach("person", "GET", "POST")
def own_note_post(request: Request, key: int) -> HttpResponse:
    """Choose the group in which a note becomes a topic; it waits there as a draft, to be looked over."""
    note = get_own_note(_me(request), key)
    groups = [group for group in list_own_groups(request.viewer) if not group.asking]
    problems: dict[str, str] = {}
    if request.method == "POST":
        code = request.POST.get("group", "")
        try:
            _to_draft(get_place(request.viewer, code), note.words)
            return HttpResponseRedirect(reverse("new_topic", args=[code]))
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "pages/own_note_post.html", status=422 if problems else 200, key=key, gist=excerpt(note.words), groups=groups,
        problems=problems,
    )  # fmt: skip


def _to_draft(place: Place, words: str) -> None:
    """Put the words into the draft of a new topic, below what is there already."""
    draft = get_draft(place, "topic")
    save_draft(
        place,
        "topic",
        words=both_of(draft.words, words),
        title=draft.title,
        wish=draft.wish,
        note=draft.note,
        nameless=draft.nameless,
        base=draft.version,
    )
