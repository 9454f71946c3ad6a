"""The first page: the finder for guests, my groups and what concerns me for everybody else."""

from django.http import HttpResponse

from kith.conversation.queries import list_drafts, list_news
from kith.core import clock
from kith.groups.queries import count_listed, list_newest, list_own_groups
from kith.web.folding import fold_replies, folding_of
from kith.web.page import page
from kith.web.request import Request, reach
from kith.web.words import kind_words, meets_words


@reach("anyone")
def home(request: Request) -> HttpResponse:
    """Show the finder, or my own page."""
    if request.viewer.is_guest:
        return page(
            request, "pages/front.html", groups=list_newest(request.viewer), count=count_listed(request.viewer), words="",
            problem="", kinds=kind_words(), meets=meets_words(),
        )  # fmt: skip
    groups = list_own_groups(request.viewer)
    inside = [group for group in groups if not group.asking]
    news = list_news([group.persona for group in inside])
    replies = [(group, row) for group in inside for row in news[group.persona][0]]
    drafts = list_drafts([(group.persona, group.card.code) for group in inside])
    folding = folding_of(request)
    folded = {(g.persona, number): word for g in inside for number, word in fold_replies(folding, news[g.persona][0]).items()}
    now = clock.now()
    return page(
        request, "pages/home.html", groups=groups, news=news, replies=sorted(replies, key=lambda pair: pair[1].made_at, reverse=True),
        drafts=drafts, folded=folded, at=now, part=clock.part_of_day(now),
    )  # fmt: skip
