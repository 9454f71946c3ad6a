"""The list of topics, one topic, starting one, answering in one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from kith.conversation import actions, queries, reading
from kith.conversation.limits import PAGE, RESPONSES, WISHES
from kith.conversation.rows import DraftRow, PostRow
from kith.core import clock
from kith.core.errors import Invalid
from kith.groups.queries import get_place, get_reading_place
from kith.groups.rows import Place
from kith.web.conversation import pictures
from kith.web.conversation.composer import empty_box
from kith.web.conversation.drafts import keep, throw_away
from kith.web.conversation.pictures import Chosen
from kith.web.conversation.pointing import NOTHING, Pointed, point_out, shown
from kith.web.conversation.thread import draw_thread
from kith.web.folding import fold_rows, fold_title, folding_of
from kith.web.page import hidden_token, page, page_token
from kith.web.pages.place import waiting_words
from kith.web.request import Request, reach
from kith.web.throttle import pace
from kith.web.typed import intent_of, is_on, new_intent, number_of, numbers_of, text_of
from kith.web.words import note_words, response_words, wish_words

_TO_A_POST = ("changed", "host-folded", "host-opened", "given-back")  # codes of what is done to one post in its topic


@reach("reader")
def list_all(request: Request, code: str) -> HttpResponse:
    """Show all topics of a group, the latest words first."""
    place = get_reading_place(request.viewer, code)
    before, tag = number_of(request, "before", source="GET"), number_of(request, "tag", source="GET")
    topics, older = queries.list_topics(place, before=before, tag=tag)
    pinned = queries.list_pinned(place) if not (before or tag) else []
    now = clock.now()
    whens = {row.number: clock.say_when(row.last_at, now.date(), within=True) for row in [*pinned, *topics]}
    waits = waiting_words(topics, now)
    return page(
        request,
        "conversation/topics.html",
        place=place,
        topics=topics,
        pinned=pinned,
        tags=queries.list_tags(place),
        tag=tag,
        before=before,
        older=older,
        wishes=wish_words(),
        whens=whens,
        waits=waits,
        folded=fold_rows(folding_of(request), [*pinned, *topics]),
    )


@reach("reader")
def show(request: Request, code: str, number: int) -> HttpResponse:
    """Show a topic with one page of its posts, and the place to answer."""
    return _show(request, code, number)


def _show(
    request: Request,
    code: str,
    number: int,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    draft: DraftRow | None = None,
    chosen: Chosen | None = None,
    preview: Markup | str = "",
    pointed: Pointed = NOTHING,
) -> HttpResponse:
    now = clock.now()
    at_page = number_of(request, "page", least=1, source="GET")
    if wanted := number_of(request, "post", source="GET"):
        there, at_page = queries.where_is_post(get_reading_place(request.viewer, code), number, wanted)
        if there != number:  # a host has moved it
            return HttpResponseRedirect(f"{reverse('topic', args=[code, there])}?post={wanted}#p{wanted}")
    place, topic = queries.get_topic(request.viewer, code, number, page=at_page, today=now.date())
    quote = number_of(request, "quote", source="GET") or number_of(request, "quote")
    quoted = queries.get_quotable(place, quote) if quote and place.persona else None
    if chosen is None:
        chosen = Chosen(queries.list_pictures(place, f"reply:{number}") if topic.draft.pictures else [])
    me = request.signed_in
    reading.mark_read(place, topic, told=me.person if me and me.notices else 0)
    folding, pointed, intent, draft = folding_of(request), shown(request, pointed), new_intent(), draft or topic.draft
    typed = draft.version or draft.words or draft.note or draft.nameless or chosen.rows or quoted or request.method == "POST"
    above, below = _part(topic.posts, wanted if request.GET.get("done") in _TO_A_POST else 0)
    thread, rest = (
        draw_thread(posts, place, hidden_token(request), folding, closed=topic.closed) if posts else ""
        for posts in (above, below)
    )
    return page(
        request, "conversation/topic.html", status=status, thread=thread, below=rest if below else None, folded_title=fold_title(folding, topic), place=place, topic=topic, draft=draft, quoted=quoted, cut=request.POST.get("quoted", ""), pointed=pointed,
        box="" if typed or not place.persona else empty_box(place, topic, token=page_token(request), intent=intent),
        problems=problems or {}, preview=preview, intent=intent, wishes=wish_words(), response_words=response_words(),
        responses=RESPONSES, tags=queries.list_tags(place) if place.leads and not topic.line else [], last_page=topic.page == topic.pages, start=(topic.page - 1) * PAGE,
        chosen=chosen, slots=pictures.slots(chosen),
    )  # fmt: skip


def _part(posts: tuple[PostRow, ...], number: int) -> tuple[tuple[PostRow, ...], tuple[PostRow, ...]]:
    """Part a page of posts above the one to which something was done: what was done is said there. Without one all are above."""
    at = next((at for at, post in enumerate(posts) if post.number == number), len(posts))
    return posts[:at], posts[at:]


@reach("member", "GET", "POST", pictures=True)
def reply(request: Request, code: str, number: int) -> HttpResponse:
    """Answer in a topic, or look the answer over first, or throw the draft away; whoever opens the address is led to the box."""
    if request.method != "POST":
        get_reading_place(request.viewer, code)
        return HttpResponseRedirect(reverse("topic", args=[code, number]) + "#write")
    place = get_place(request.viewer, code)
    where = f"reply:{number}"
    draft = _typed(request, where)
    if "bin" in request.POST:
        box = reverse("topic", args=[code, number]) + "#write"
        return throw_away(request, place, draft, back=box, after=box)
    chosen = pictures.take_in(request, place, where, asks=not {"keep", "preview"} & request.POST.keys())
    if chosen.problems:
        return _show(request, code, number, status=422, problems=chosen.problems, draft=draft, chosen=chosen)
    if "keep" in request.POST:
        kept = keep(place, draft)
        return HttpResponseRedirect(reverse("topic", args=[code, number]) + ("?done=kept#done" if kept else "#write"))
    if "preview" in request.POST:
        return _show(request, code, number, draft=draft, chosen=chosen, preview=queries.preview(place, draft.words))
    if (pointed := point_out(request, draft.words, draft.note)).things:
        return _show(request, code, number, status=422, draft=draft, chosen=chosen, pointed=pointed)
    pace("post", place.persona)
    try:
        posted = actions.reply(
            place, number, words=draft.words, note=draft.note, quote=number_of(request, "quote"),
            quoted=text_of(request, "quoted"), nameless=draft.nameless, pictures=chosen.wanted, at=clock.now(),
            intent=intent_of(request),
        )  # fmt: skip
    except Invalid as problem:
        return _show(request, code, number, status=422, problems=problem.problems, draft=draft, chosen=chosen, pointed=pointed)
    pictures.posted(request, place, where)
    return HttpResponseRedirect(f"{reverse('topic', args=[code, number])}?post={posted.number}&done=answered#p{posted.number}")


def _typed(request: Request, where: str) -> DraftRow:
    return DraftRow(
        where, request.POST.get("title", ""), request.POST.get("words", ""), request.POST.get("wish", ""),
        request.POST.get("note", "") or request.POST.get("own_note", ""), number_of(request, "base"),
        nameless=is_on(request, "nameless"),
    )  # fmt: skip


@reach("member", "GET", "POST", pictures=True)
def new(request: Request, code: str) -> HttpResponse:
    """Start a topic: the form, and what it sends."""
    place = get_place(request.viewer, code)
    if request.method != "POST":
        return _new(request, place, queries.get_draft(place, "topic"), Chosen(queries.list_pictures(place, "topic")))
    draft = _typed(request, "topic")
    if "bin" in request.POST:
        return throw_away(request, place, draft, back=request.path, after=reverse("place", args=[code]))
    chosen = pictures.take_in(request, place, "topic", asks=not {"keep", "preview"} & request.POST.keys())
    if chosen.problems:
        return _new(request, place, draft, chosen, status=422, problems=chosen.problems)
    if "keep" in request.POST:
        return HttpResponseRedirect(reverse("new_topic", args=[code]) + ("?done=kept" if keep(place, draft) else ""))
    if "preview" in request.POST:
        return _new(request, place, draft, chosen, preview=queries.preview(place, draft.words))
    if (pointed := point_out(request, draft.title, draft.words, draft.note)).things:
        return _new(request, place, draft, chosen, status=422, pointed=pointed)
    pace("post", place.persona)
    try:
        posted = actions.start_topic(
            place, title=draft.title, words=draft.words, wish=draft.wish, note=draft.note, nameless=draft.nameless,
            tags=numbers_of(request, "tag"), pictures=chosen.wanted, at=clock.now(), intent=intent_of(request),
        )  # fmt: skip
    except Invalid as problem:
        return _new(request, place, draft, chosen, status=422, problems=problem.problems, pointed=pointed)
    pictures.posted(request, place, "topic")
    return HttpResponseRedirect(reverse("topic", args=[code, posted.topic]) + "?done=posted")


def _new(
    request: Request,
    place: Place,
    draft: DraftRow,
    chosen: Chosen,
    *,
    status: int = 200,
    problems: dict[str, str] | None = None,
    preview: Markup | str = "",
    pointed: Pointed = NOTHING,
) -> HttpResponse:
    return page(
        request, "conversation/new.html", status=status, place=place, draft=draft, pointed=shown(request, pointed), problems=problems or {}, preview=preview, intent=new_intent(),
        wishes=wish_words(), notes=note_words(), wish_codes=WISHES, tags=queries.list_tags(place),
        tagged=numbers_of(request, "tag"), chosen=chosen, slots=pictures.slots(chosen),
    )  # fmt: skip


@reach("reader")
def fragment(request: Request, code: str, number: int, post: int) -> HttpResponse:
    """Show one post alone, for an open page that was told of it."""
    place, row, closed = queries.get_post_row(request.viewer, code, number, post, today=clock.now().date())
    thread = draw_thread((row,), place, hidden_token(request), folding_of(request), closed=closed)
    return page(request, "conversation/_post.html", thread=thread)
