"""What I was told: one block for each topic and each group of mine, what is new first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.conversation.queries import list_titles
from kith.core import clock
from kith.groups.queries import list_own_groups, list_own_mailboxes, list_past_groups
from kith.groups.rows import OwnGroup
from kith.notify.actions import mark_seen
from kith.notify.queries import list_notices, list_wanting_mail
from kith.notify.rows import NoticeRow
from kith.people.actions import see_own
from kith.people.queries import get_account, list_happenings
from kith.web.folding import Folding, folding_of
from kith.web.page import page
from kith.web.people.changes import happening_words
from kith.web.request import Request, reach


@dataclass(frozen=True, slots=True)
class Told:
    """One notice with its day; `path` is empty where nothing can be opened."""

    sentence: str
    path: str
    when: str
    new: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What I was told of one topic, of one group, or (without a group) of my account."""

    group: OwnGroup | None
    title: str
    path: str
    new: list[Told] = field(default_factory=list)
    seen: list[Told] = field(default_factory=list)


@reach("person", "GET", "POST")
def notices(request: Request) -> HttpResponse:
    """Show what I was told; a press marks all of it as seen."""
    boxes = list_own_mailboxes(request.viewer)
    if request.method == "POST":
        see_own(request.viewer.person or 0)
        mark_seen(request.viewer.person or 0, boxes)
        return HttpResponseRedirect(reverse("notices"))
    owns, past = list_own_groups(request.viewer), list_past_groups(request.viewer)
    blocks = _blocks(list_notices(boxes), {own.mailbox: own for own in [*past, *owns] if own.mailbox}, folding_of(request))
    if own := _own(request.viewer.person or 0):
        blocks.insert(0, own)
    account, wanting = get_account(request.viewer.person or 0), list_wanting_mail([own.mailbox for own in owns])
    return page(
        request, "pages/notices.html", fresh=[block for block in blocks if block.new],
        before=[block for block in blocks if not block.new], email=account.email, email_confirmed=account.email_confirmed,
        groups=[(own, own.mailbox in wanting) for own in owns if own.mailbox],
    )  # fmt: skip


def _own(person: int) -> Block | None:
    """Put what happened to my account into a block."""
    today, words, rows = clock.now().date(), happening_words(), list_happenings(person)
    told = [Told(words[row.what][0], words[row.what][1], clock.say_day(row.day, today), row.new) for row in rows]
    block = Block(None, _("About your account"), "", [row for row in told if row.new], [row for row in told if not row.new])
    return block if told else None


def _blocks(rows: Sequence[NoticeRow], owns: dict[int, OwnGroup], folding: Folding | None) -> list[Block]:
    """Put notices into blocks, the latest first; the mailbox that each came to says of which group it is."""
    titles = list_titles([(owns[row.mailbox], row.part) for row in rows if row.part and _is_open(owns.get(row.mailbox))])
    today, blocks = clock.now().date(), dict[tuple[int, int], Block]()
    for row in rows:
        own = owns.get(row.mailbox)
        part = row.part if _is_open(own) else 0
        block = blocks.setdefault((own.persona if own else 0, part), _block(own, part, titles, folding))
        path = row.path if part == row.part and (block.path or not part) else ""
        told = Told(row.sentence, path, clock.say_when(row.made_at, today), row.new)
        (block.new if row.new else block.seen).append(told)
    return list(blocks.values())


def _is_open(own: OwnGroup | None) -> bool:
    """Say whether its topics can be read: I belong, and it has not closed."""
    return own is not None and not own.past and not own.asking


def _block(own: OwnGroup | None, part: int, titles: dict[tuple[int, int], str], folding: Folding | None) -> Block:
    if own is None:
        return Block(None, _("About your account"), "")
    if not part:
        return Block(own, own.card.name, "" if own.past else f"/g/{own.code}/")
    title = titles.get((own.key, part))
    if title is None:
        return Block(own, _("A topic that was taken back"), "")
    if folding and (word := folding.of_words(title)):
        title = _("You asked to fold this: %(word)s") % {"word": word}
    return Block(own, title or _("A topic whose first post was taken back"), f"/g/{own.code}/topics/{part}/")
