"""One post: changing it, how it read before, answering without words."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from kith.conversation import actions, queries
from kith.conversation.rows import OwnPost
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.web.conversation.own import back_to
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import wish_words


@reach("member", "GET", "POST")
def edit(request: Request, code: str, number: int) -> HttpResponse:
    """Change one's own post."""
    place = get_place(request.viewer, code)
    post = queries.get_own_post(place, number)
    if post.state == "withdrawn":
        return back_to(code, number)
    draft = queries.get_draft(place, f"edit:{number}")
    fields = {"words": draft.words or post.words, "note": draft.note or post.note, "title": post.topic_title, "wish": post.wish}
    if request.method != "POST":
        return _edit(request, place, post, fields, draft.version)
    fields = {name: request.POST.get(name, "") for name in fields}
    if "bin" in request.POST:
        actions.drop_draft(place, f"edit:{number}")
        return HttpResponseRedirect(_there(code, post.topic, number))
    if "preview" in request.POST:
        return _edit(request, place, post, fields, draft.version, preview=queries.preview(place, fields["words"]))
    title, wish = (fields["title"], fields["wish"]) if post.opening else (None, None)
    try:
        actions.edit_post(place, number, words=fields["words"], note=fields["note"], title=title, wish=wish, at=clock.now())
    except Invalid as problem:
        return _edit(request, place, post, fields, draft.version, status=422, problems=problem.problems)
    return HttpResponseRedirect(_there(code, post.topic, number))


def _edit(
    request: Request, place: Place, post: OwnPost, fields: dict[str, str], version: int, *, status: int = 200,
    problems: dict[str, str] | None = None, preview: Markup | str = "",
) -> HttpResponse:  # fmt: skip
    return page(
        request, "conversation/edit.html", status=status, place=place, post=post, fields=fields, version=version,
        problems=problems or {}, preview=preview, wishes=wish_words(),
    )  # fmt: skip


def _there(code: str, topic: int, number: int) -> str:
    return f"{reverse('topic', args=[code, topic])}?post={number}#p{number}"


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
