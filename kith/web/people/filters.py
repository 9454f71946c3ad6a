"""What I want folded wherever I read."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.core.errors import Invalid
from kith.people import actions, queries
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import look_over
from kith.web.words import note_kinds


@reach("person", "GET", "POST", looks=True)
def filters(request: Request) -> HttpResponse:
    """Choose kinds and words of my own that are folded before I see them."""
    me, kinds = request.viewer.person or 0, note_kinds()
    mine, problems = queries.get_filters(me), dict[str, str]()
    chosen, words = set(mine.kinds), "\n".join(mine.words)
    if request.method == "POST":
        chosen, words = set(request.POST.getlist("kind")) & set(kinds), request.POST.get("words", "")
        try:
            look_over(request)
            actions.set_filters(me, kinds=chosen, words=words)
            return HttpResponseRedirect(reverse("filters") + "?done=1")
        except Invalid as problem:
            problems = problem.problems
    return page(
        request, "people/filters.html", status=422 if problems else 200, kinds=kinds, chosen=chosen, words=words, problems=problems,
        done="done" in request.GET and not problems,
    )  # fmt: skip
