"""What is mine across groups: my words, my notices."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from kith.conversation.queries import list_drafts, list_own_posts
from kith.core import clock
from kith.groups.queries import list_own_groups, list_own_mailboxes
from kith.notify.actions import mark_seen
from kith.notify.queries import list_notices, wants_mail
from kith.people.queries import get_account
from kith.web.page import page
from kith.web.request import Request, reach


@reach("person")
def words(request: Request) -> HttpResponse:
    """Show everything I wrote, group by group, and my drafts."""
    groups = [group for group in list_own_groups(request.viewer) if not group.asking]
    today = clock.now().date()
    posts = [(group, [(row, clock.say_when(row.made_at, today)) for row in list_own_posts(group.persona)]) for group in groups]
    drafts = list_drafts([(group.persona, group.card.code) for group in groups])
    return page(request, "pages/words.html", posts=posts, drafts=drafts)


@reach("person", "GET", "POST")
def notices(request: Request) -> HttpResponse:
    """Show what I was told; a press marks all of it as seen."""
    boxes = list_own_mailboxes(request.viewer)
    if request.method == "POST":
        mark_seen(request.viewer.person or 0, boxes)
        return HttpResponseRedirect(reverse("notices"))
    groups = {group.mailbox: (group, wants_mail(group.mailbox)) for group in list_own_groups(request.viewer) if group.mailbox}
    email = get_account(request.viewer.person or 0).email
    today = clock.now().date()
    rows = [(row, clock.say_when(row.made_at, today)) for row in list_notices(boxes)]
    return page(request, "pages/notices.html", notices=rows, groups=groups, email=email)
