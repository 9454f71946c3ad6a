"""Calling somebody by her name in a post: "@Old Kettle"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from markupsafe import escape

from kith.conversation import limits
from kith.conversation.models import Mention, Post
from kith.groups.models import Persona
from kith.notify.actions import tell, untell

_CALL = re.compile(r"(?<![\w@])@(?=\w)")
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class Named:
    """Who is called in a post, and how it is written there."""

    persona: int
    name: str
    mailbox: int


def find_named(group: int, words: str) -> list[Named]:
    """Find which members of a group these words call by name, each once, in their order; without an "@" nothing is asked."""
    starts = [match.end() for match in _CALL.finditer(words)]
    if not starts:
        return []
    members = Persona.objects.filter(group=group, left_on=None).exclude(joined_on=None).values_list("pk", "name", "mailbox")
    by_length = sorted(members, key=lambda row: -len(row[1]))
    found: dict[int, Named] = {}
    for start in starts:
        for persona, name, mailbox in by_length:
            written = words[start : start + len(name)]
            after = words[start + len(name) : start + len(name) + 1]
            if written.casefold() == name.casefold() and not after.isalnum():
                found.setdefault(persona, Named(persona, written, mailbox or 0))
                break
    return list(found.values())[: limits.MOST_NAMED]


def mark_named(html: str, names: Iterable[str]) -> str:
    """Set the names apart that are called in cleaned HTML, in its text and never inside a tag."""
    calls = sorted({str(escape(f"@{name}")) for name in names}, key=len, reverse=True)
    if not calls:
        return html
    pattern = re.compile("|".join(re.escape(call) for call in calls), re.IGNORECASE)
    parts = _TAG.split(html)
    parts[::2] = [pattern.sub(r'<b class="mention">\g<0></b>', part) for part in parts[::2]]
    return "".join(parts)


def keep_named(post: int, named: Sequence[Named], *, told: set[int], about: str, who: str, at: datetime) -> None:
    """Keep whom a post names, tell those who are not `told` yet, and take back what others were told; inside the caller's transaction."""
    before = dict(Mention.objects.filter(post=post).values_list("persona", "persona__mailbox"))
    gone = set(before) - {one.persona for one in named}
    if gone:
        Mention.objects.filter(post=post, persona__in=gone).delete()
        for persona in gone:
            untell("conversation.mentioned", about, mailboxes=[before[persona]])
    for one in named:
        Mention.objects.update_or_create(post_id=post, persona_id=one.persona, defaults={"name": one.name})
        if one.persona not in told | set(before) and one.mailbox:
            tell(one.mailbox, "conversation.mentioned", about=about, who=who, at=at)


def names_in(post: Post) -> list[str]:
    """Return the names that a post calls, as they are written in it."""
    return list(Mention.objects.filter(post=post).values_list("name", flat=True)) if "@" in post.words else []


def call_otherwise(persona: int, name: str) -> None:
    """Write a persona's new name into the posts that call her by an old one; without a name she is called a member."""
    name = name or _("a member")
    mentions = list(Mention.objects.filter(persona=persona).select_related("post"))
    for mention in mentions:
        post, was, now = mention.post, mention.name, name
        post.words = _replace(post.words, f"@{was}", f"@{now}")
        post.html = _replace(post.html, str(escape(f"@{was}")), str(escape(f"@{now}")))
        post.save(update_fields=["words", "html"])
        for form in post.revisions.filter(words__contains="@"):
            form.words = _replace(form.words, f"@{was}", f"@{now}")
            form.save(update_fields=["words"])
        mention.name = now
    Mention.objects.bulk_update(mentions, ["name"], batch_size=100)


def _replace(words: str, was: str, now: str) -> str:
    return re.sub(re.escape(was), lambda _match: now, words, flags=re.IGNORECASE)
