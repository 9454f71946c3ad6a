"""One post: changing it, how it read before, answering without words."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from kith.conversation import actions, queries
from kith.conversation.rows import DraftRow, OwnPost
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.web.conversation import pictures
from kith.web.conversation.drafts import throw_away
from kith.web.conversation.own import back_to
from kith.web.conversation.pictures import Chosen
from kith.web.conversation.pointing import NOTHING, Pointed, point_out, shown
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import number_of
from kith.web.words import wish_words


@reach("member", "GET", "POST", pictures=True)
def edit(request: Request, code: str, number: int) -> HttpResponse:
    """Change one's own post."""
    place = get_place(request.viewer, code)
    post = queries.get_own_post(place, number)
    if post.state == "withdrawn":
        return back_to(code, number)
    where = f"edit:{number}"
    draft = queries.get_draft(place, where)
    fields = {
        "words": draft.words or post.words,
        "note": draft.note or post.note,
        "title": draft.title or post.topic_title,
        "wish": post.wish,
    }
    if request.method != "POST":
        return _edit(request, place, post, fields, draft.version, Chosen(queries.list_pictures(place, where, post=number)))
    fields = {name: request.POST.get(name, "") for name in fields}
    if "bin" in request.POST:
        typed = DraftRow(where, fields["title"], fields["words"], fields["wish"], fields["note"], number_of(request, "base"))
        return throw_away(request, place, typed, back=request.path, after=_there(code, post.topic, number))
    chosen = pictures.take_in(request, place, where, post=number, asks="preview" not in request.POST)
    if chosen.problems:
        return _edit(request, place, post, fields, draft.version, chosen, status=422, problems=chosen.problems)
    if "preview" in request.POST:
        return _edit(request, place, post, fields, draft.version, chosen, preview=queries.preview(place, fields["words"]))
    told = (fields["title"] if post.opening else "", fields["words"], fields["note"])
    pointed = point_out(request, *told, before=f"{post.topic_title}\n{post.words}\n{post.note}")
    if pointed.things:
        return _edit(request, place, post, fields, draft.version, chosen, status=422, pointed=pointed)
    title, wish = (fields["title"], fields["wish"]) if post.opening else (None, None)
    try:
        actions.edit_post(
            place, number, words=fields["words"], note=fields["note"], title=title, wish=wish,
            pictures=chosen.wanted, at=clock.now(),
        )  # fmt: skip
    except Invalid as problem:
        return _edit(request, place, post, fields, draft.version, chosen, status=422, problems=problem.problems, pointed=pointed)
    pictures.posted(request, place, where)
    if post.state == "returned" or not post.there:
        return back_to(code, number, "changed")
    return HttpResponseRedirect(done_there(code, post.topic, number, "changed"))


def _edit(
    request: Request, place: Place, post: OwnPost, fields: dict[str, str], version: int, chosen: Chosen, *, status: int = 200,
    problems: dict[str, str] | None = None, preview: Markup | str = "", pointed: Pointed = NOTHING,
) -> HttpResponse:  # fmt: skip
    return page(
        request, "conversation/edit.html", pointed=shown(request, pointed), status=status, place=place, post=post, fields=fields, version=version,
        problems=problems or {}, preview=preview, wishes=wish_words(), wished=queries.list_note_wishes(place, post.number),
        chosen=chosen, slots=pictures.slots(chosen),
    )  # fmt: skip


def _there(code: str, topic: int, number: int) -> str:
    return f"{reverse('topic', args=[code, topic])}?post={number}#p{number}"


def done_there(code: str, topic: int, number: int, done: str) -> str:
    """Lead to a post in its topic, where the page says above it what was done; `done` is a code of components/done.html."""
    return f"{reverse('topic', args=[code, topic])}?post={number}&done={done}#done"


@reach("member")
def history(request: Request, code: str, number: int) -> HttpResponse:
    """Show how one's own post read before; nobody else can open this."""
    place = get_place(request.viewer, code)
    today = clock.now().date()
    post, changes = queries.get_own_post(place, number), queries.list_changes(place, number)
    kept = queries.list_revisions(place, number)[:1] if post.state == "withdrawn" else []
    return page(
        request, "conversation/history.html", place=place, post=post, now=kept[0].words if kept else post.words,
        changes=[(row, clock.say_when(row.at, today, within=True)) for row in changes],
    )  # fmt: skip


@reach("member", "POST")
def responses(request: Request, code: str, number: int) -> HttpResponse:
    """Answer a post without words, change it, or take the same answer back."""
    place = get_place(request.viewer, code)
    post = actions.respond(place, number, kind=request.POST.get("kind", ""), at=clock.now())
    return HttpResponseRedirect(_there(code, post.topic.number, number))
