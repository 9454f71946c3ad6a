"""A group's own address: its front door for strangers, its home for members."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.actions import mark_all_read
from kith.conversation.queries import catch_up, first_answer_hours, last_here, list_topics
from kith.conversation.rows import TopicRow
from kith.core import clock
from kith.core.errors import NotFound, SignInFirst
from kith.groups.actions import accept_charter
from kith.groups.queries import count_members, get_front_door, get_news_of_charter, get_place, list_leaders, relay_hours
from kith.groups.rows import Place
from kith.web.folding import fold_replies, fold_rows, folding_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import absence_words, answer_words, kind_words, meets_words, wish_words


@reach("anyone")
def place(request: Request, code: str) -> HttpResponse:
    """Show the front door, or what happened since I was last here."""
    try:
        here = get_place(request.viewer, code)
    except (NotFound, SignInFirst):
        return _front_door(request, code)
    topics, _older = list_topics(here, limit=1)
    news = catch_up(here)
    now = clock.now()
    last = last_here(here)
    folding = folding_of(request)
    return page(
        request, "pages/place.html", folded=fold_rows(folding, [*news.waiting, *news.rest]),
        folded_posts=fold_replies(folding, news.replies), place=here, news=news, leaders=list_leaders(here.key), wishes=wish_words(),
        empty=not topics, waits=waiting_words(news.waiting, now), long=waiting_long(news.waiting, now, here),
        charter_news=get_news_of_charter(here), absence=absence_words(now - last) if last else "",
    )  # fmt: skip


@reach("member", "POST")
def read(request: Request, code: str) -> HttpResponse:
    """Be done with what is new here."""
    mark_all_read(get_place(request.viewer, code), request.viewer.person or 0)
    return HttpResponseRedirect(reverse("place", args=[code]))


@reach("member", "POST")
def charter_read(request: Request, code: str, number: int) -> HttpResponse:
    """Be done with what the group agrees otherwise now."""
    accept_charter(get_place(request.viewer, code), number, at=clock.now())
    return HttpResponseRedirect(reverse("place", args=[code]))


def _front_door(request: Request, code: str) -> HttpResponse:
    door = get_front_door(request.viewer, code)
    hours = first_answer_hours([door.card.key], at=clock.now())[door.card.key]
    return page(
        request, "groups/front_door.html", door=door, answer=answer_words(hours),
        members=count_members(door.card.key), kinds=kind_words(), meets=meets_words(),
    )  # fmt: skip


def waiting_words(rows: Iterable[TopicRow], at: datetime) -> dict[int, str]:
    """Say for each waiting topic how long."""
    return {row.number: clock.say_wait(row.waiting_since, at) for row in rows if row.waiting_since}


def waiting_long(rows: Iterable[TopicRow], at: datetime, place: Place) -> set[int]:
    """Name the topics that wait longer than this group wants."""
    since = {row.number: row.waiting_since for row in rows if row.waiting_since}
    late = at - timedelta(hours=relay_hours(place)) if since else at
    return {number for number, time in since.items() if time <= late}
