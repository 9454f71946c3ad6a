"""Calling somebody by her name in a post: "@Old Kettle"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from kith.conversation import limits
from kith.conversation.models import Mention
from kith.groups.models import Persona
from kith.notify.actions import tell, untell

_CALL = re.compile(r"://\S*|(?<![\w@])@(?=\w)")  # what stands in an address calls nobody
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True, slots=True)
class Named:
    """Who is called in a post, and how it is written there."""

    persona: int
    name: str
    mailbox: int


def find_calls(words: str, names: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int, int]]:
    """
    Find where these words call somebody by one of these names: yield whom, and where her name begins and ends.

    The longest name that stands there is meant, the first of two alike; no letter or digit follows it.
    """
    starts = _starts(words)
    by_length = sorted(names, key=lambda row: -len(row[0])) if starts else []
    for start in starts:
        for name, who in by_length:
            end = start + len(name)
            if words[start:end].casefold() == name.casefold() and not words[end : end + 1].isalnum():
                yield who, start, end
                break


def _starts(words: str) -> list[int]:
    return [match.end() for match in _CALL.finditer(words) if match[0] == "@"]


def find_named(group: int, words: str, *, post: int = 0) -> list[Named]:
    """
    Find which members of a group these words call by name, each once, in their order; without an "@" nothing is asked.

    Those too whom the `post` that is changed called before and who have left since: her name stands there still, and may have to go.
    """
    if not _starts(words):
        return []
    left = _who_left(post) if post else []
    members = Persona.objects.filter(group=group, left_on=None).exclude(joined_on=None).values_list("pk", "name", "mailbox")
    mailboxes = {persona: mailbox or 0 for persona, _name, mailbox in members}
    found: dict[int, Named] = {}
    for persona, start, end in find_calls(words, [*left, *((name, persona) for persona, name, _mailbox in members)]):
        found.setdefault(persona, Named(persona, words[start:end], mailboxes.get(persona, 0)))
    here, gone = ([one for one in found.values() if (one.persona in mailboxes) is belongs] for belongs in (True, False))
    return here[: limits.MOST_NAMED] + gone


def _who_left(post: int) -> list[tuple[str, int]]:
    """List by what names a post calls those who have left since."""
    left = Mention.objects.filter(post=post).exclude(persona__left_on=None).exclude(name="")
    return list(left.values_list("name", "persona"))


def mark_named(html: str, names: Iterable[str]) -> str:
    """Set the names apart that are called in cleaned HTML, in its text and never inside a tag."""
    calls = [(escape(name, quote=False), 0) for name in names if name]
    if not calls:
        return html
    parts = _TAG.split(html)
    parts[::2] = [_mark(part, calls) for part in parts[::2]]
    return "".join(parts)


def _mark(part: str, calls: Sequence[tuple[str, int]]) -> str:
    marked, done = "", 0
    for _who, start, end in find_calls(part, calls):
        marked += f'{part[done : start - 1]}<b class="mention">{part[start - 1 : end]}</b>'
        done = end
    return marked + part[done:]


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
