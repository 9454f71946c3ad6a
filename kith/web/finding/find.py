"""Saying what one is going through, and looking through the list."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.concerns.queries import get_concern, list_concerns, list_near
from kith.core import clock
from kith.core.errors import Invalid, NotFound
from kith.finding import queries
from kith.finding.rows import Wishes
from kith.groups.queries import count_listed, list_cards, list_newest
from kith.web import throttle
from kith.web.finding.addresses import slug_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.typed import text_of
from kith.web.words import answer_words, kind_words, meets_words


@reach("anyone", "GET", "POST")
def start(request: Request) -> HttpResponse:
    """Take somebody's words and lead to the groups that fit; nothing of the words goes on."""
    words, problem, status = request.POST.get("words", ""), "", 200
    if request.method == "POST":
        try:
            throttle.pace("find", throttle.network_of(request))
            token = queries.find(text_of(request, "words", 3_000_000), at=clock.now())
            return HttpResponseRedirect(reverse("found", args=[token]))
        except Invalid as refused:
            problem, status = refused.problems["words"], 422
        except throttle.TooMany as many:
            problem, status = (
                _("Many people are looking just now. Please wait %(n)s minutes and press again.") % {"n": many.wait},
                429,
            )
    return page(
        request, "pages/front.html", status=status, groups=list_newest(request.viewer), count=count_listed(request.viewer),
        words=words[:40_000], problem=problem, kinds=kind_words(), meets=meets_words(),
    )  # fmt: skip


@reach("anyone")
def found(request: Request, token: str) -> HttpResponse:
    """Show the groups that fit, each with its reason."""
    wishes = Wishes(tuple(request.GET.getlist("way")), "professional" in request.GET, "readable" in request.GET)
    try:
        findings = queries.get_findings(request.viewer, token, wishes, at=clock.now())
    except NotFound:
        return page(request, "finding/over.html", status=410)
    return page(
        request, "finding/found.html", findings=findings, wishes=wishes, kinds=kind_words(), meets=meets_words(),
        answer=answer_words,
    )  # fmt: skip


@reach("anyone")
def browse(request: Request) -> HttpResponse:
    """Look through all groups, by kind and by concern."""
    kind, every = request.GET.get("kind", ""), list_cards(request.viewer)
    about = {slug for card in every for slug, _name in card.concerns}
    concerns = list_concerns()
    return page(
        request, "finding/browse.html", cards=[card for card in every if not kind or card.kind == kind],
        served=[row for row in concerns if row.slug in about], waiting=[row for row in concerns if row.slug not in about],
        kinds=kind_words(), meets=meets_words(), kind=kind,
    )  # fmt: skip


@reach("anyone")
def concern(request: Request, slug: str) -> HttpResponse:
    """Show the groups for one concern, and what lies near it."""
    slug = slug_of(slug)
    row = get_concern(slug)
    cards = list_cards(request.viewer, concern=slug)
    return page(
        request, "finding/concern.html", concern=row, cards=cards, near=list_near(slug), kinds=kind_words(), meets=meets_words()
    )
