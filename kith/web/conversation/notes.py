"""A content note that a reader wishes for, and that the author adds with one press."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation import actions, queries
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.typed import look_over
from kith.web.words import note_words


@reach("member", "GET", "POST", looks=True)
def note_wish(request: Request, code: str, number: int) -> HttpResponse:
    """Tell an author quietly that I wish a post had a note."""
    place = get_place(request.viewer, code)
    post = queries.get_quotable(place, number)
    words, kind, problems = request.POST.get("words", ""), request.POST.get("kind", ""), dict[str, str]()
    if request.method == "POST":
        try:
            look_over(request)
            pace("wish", place.persona)
            note = words if words.strip() else kind if kind in note_words() else ""
            actions.wish_note(place, number, note=note, at=clock.now())
            return HttpResponseRedirect(reverse("note_wish", args=[code, number]) + "?done=1")
        except Invalid as problem:
            problems = {"words": next(iter(problem.problems.values()))} if problem.problems else {}
    return page(
        request, "conversation/note_wish.html", status=422 if problems else 200, place=place, post=post, words=words, kind=kind,
        kinds=note_words(), problems=problems, done="done" in request.GET,
    )  # fmt: skip


@reach("member", "POST")
def note(request: Request, code: str, number: int) -> HttpResponse:
    """Put a note on my own post with one press."""
    place = get_place(request.viewer, code)
    post = actions.note_post(place, number, note=request.POST.get("note", ""), at=clock.now())
    return HttpResponseRedirect(f"{reverse('topic', args=[code, post.topic.number])}?post={number}#p{number}")
