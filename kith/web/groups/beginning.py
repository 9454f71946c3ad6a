"""Beginning a group: one form."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.concerns.queries import list_concerns
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups import actions
from kith.groups.actions.beginning import Plan
from kith.groups.names import free_names
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import kind_words, meets_words, tint_words

_AGREEMENTS = 5
_STARTERS = (
    ("What is said here stays here.", "Do not repeat it, even kindly."),
    ("Speak from your own life.", "Say what you tried, not what others should do."),
    ("Look at what would help.", "The person who starts a topic can say what she hopes for."),
)


@reach("person", "GET", "POST")
def begin(request: Request) -> HttpResponse:
    """Begin a group with its charter and agreements; it opens when its second host has accepted."""
    plan, problems = _plan(request), {}
    own = request.POST.get("own", "").strip() or request.POST.get("persona", "")
    if request.method == "POST":
        try:
            persona = actions.begin_group(plan, by=request.viewer, persona_name=own, at=clock.now())
            return HttpResponseRedirect(reverse("place", args=[persona.group.code]))
        except Invalid as problem:
            problems = problem.problems
    rows = [*plan.agreements, *([("", "")] * (_AGREEMENTS - len(plan.agreements)))]
    return page(
        request, "groups/begin.html", status=422 if problems else 200, plan=plan, problems=problems, agreements=rows, own=own,
        names=free_names(0), concerns=list_concerns(), kinds=kind_words(), meets=meets_words(), tints=tint_words(),
    )  # fmt: skip


def _plan(request: Request) -> Plan:
    post = request.POST
    if request.method != "POST":
        return Plan(name="", line="", for_whom="", charter="", agreements=_STARTERS)
    return Plan(
        name=post.get("name", ""), line=post.get("line", ""), for_whom=post.get("for_whom", ""),
        not_for=post.get("not_for", ""), charter=post.get("charter", ""),
        agreements=tuple(zip(post.getlist("agreement_title"), post.getlist("agreement_text"), strict=False)),
        kind=post.get("kind", ""), span=post.get("span", ""), door=post.get("door", ""), readable="readable" in post,
        meets=tuple(post.getlist("meets")), place=post.get("place", ""), tint=post.get("tint", ""),
        concerns=tuple(slug for slug in post.getlist("concerns") if slug),
    )  # fmt: skip
