"""Calling somebody by another name, or by none, wherever others called her by her old one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.conversation import search
from kith.conversation.mentions import find_calls
from kith.conversation.models import Draft, Mention, Post, Revision
from kith.conversation.rendering import lines_of, redraw
from kith.groups.models import Persona

_LOT = 500  # posts that are read at once
Names = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Whose name changes from what to what; and whom the names mean that may be called in her group, hers among them."""

    persona: int
    was: str
    now: str
    names: Names

    def tell(self, words: str, called: Names) -> str:
        """Return words with her new name wherever they call her; `called` is whom they are known to call by what name."""
        told, done = "", 0
        for who, start, end in find_calls(words, [*called, *self.names]):
            if who == self.persona:
                told, done = f"{told}{words[done:start]}{self.now}", end
        return told + words[done:]

    def tell_all(self, thing: Post | Revision, post: Post) -> bool:
        """Put her new name into all that stands in a post, or stood there; say whether it was called."""
        before, called = (thing.words, thing.later), _called(post)
        thing.words, thing.later = self.tell(thing.words, called), self.tell(thing.later, called)
        return (thing.words, thing.later) != before


def call_otherwise(group: int, persona: int, *, was: str, now: str) -> None:
    """
    Write a persona's new name wherever posts call her by her old one, in quotes and drafts too; without a name she is called a member.

    Inside the caller's transaction. What a post called before is kept for its author alone, and follows as well: she can bring it back.
    """
    others = Persona.objects.filter(group=group).exclude(pk=persona).exclude(joined_on=None).exclude(name="")
    own = (
        [(was, persona)] if was else []
    )  # behind a namesake, who is herself, come back: there only a mention tells which is meant
    renamed = _Renamed(persona, was, now or _("a member"), [*others.values_list("name", "pk"), *own])
    keys = _where(group, persona)
    for begin in range(0, len(keys), _LOT):
        _rewrite(renamed, keys[begin : begin + _LOT])
    _rewrite_drafts(renamed, group)


def _called(post: Post) -> list[tuple[str, int]]:
    return [(mention.name, mention.persona_id) for mention in post.mentions.all()]


def _where(group: int, persona: int) -> list[int]:
    """List the posts that may call her: a later note keeps no mention. A line to the hosts calls nobody."""
    mentioned = Mention.objects.filter(persona=persona).values_list("post", flat=True)
    later = Post.objects.filter(group=group, topic__line=None, later__contains="@").values_list("pk", flat=True)
    forms = Revision.objects.filter(post__group=group, post__topic__line=None, later__contains="@")
    return sorted({*mentioned, *later, *forms.values_list("post", flat=True)})


def _rewrite(renamed: _Renamed, keys: Collection[int]) -> None:
    locked = Post.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk").defer("html")
    posts = list(locked.prefetch_related("mentions", "revisions"))
    forms = [form for post in posts for form in post.revisions.all() if renamed.tell_all(form, post)]
    Revision.objects.bulk_update(forms, ["words", "later"], batch_size=100)
    changed = [post for post in posts if renamed.tell_all(post, post)]
    Post.objects.bulk_update(changed, ["words", "later"], batch_size=100)
    quoting = _rewrite_quotes(renamed, {post.pk: post for post in changed})
    Mention.objects.filter(persona=renamed.persona, post__in=keys).update(name=renamed.now)
    redraw(Post.objects.filter(pk__in={post.pk for post in (*changed, *quoting)}))
    search.renew(*[post.pk for post in changed if post.state == ""])


def _rewrite_quotes(renamed: _Renamed, sources: dict[int, Post]) -> list[Post]:
    """Let quotes say what their sources say now; one that was cut inside her name says nothing any more."""
    quoting = list(Post.objects.filter(quotes__in=sources).exclude(quoted="").only("quoted", "quotes"))
    for post in quoting:
        source = sources[post.quotes_id or 0]
        said, told = lines_of(source.words), renamed.tell(post.quoted, _called(source))
        post.quoted = next((quoted for quoted in (told, post.quoted) if lines_of(quoted) in said), "")
    Post.objects.bulk_update(quoting, ["quoted"], batch_size=100)
    return quoting


def _rewrite_drafts(renamed: _Renamed, group: int) -> None:
    """
    Let drafts call her so as well, what a host has given back among them; those that change a post go by whom it calls.

    Their version stays: else an open page would take its own words for newer ones and keep both.
    """
    calling = Draft.objects.filter(persona__group=group, words__contains="@")
    drafts = list(calling.select_for_update(of=("self",)).only("persona", "place", "words").order_by("pk"))
    authors = {draft.persona_id for draft in drafts if draft.place.startswith("edit:")}
    changing = Post.objects.filter(group=group, author__in=authors, mentions__persona=renamed.persona)
    # What posts say follows before this: there she has her new name already.
    called = {
        f"edit:{post.number}": [(renamed.was or name if who == renamed.persona else name, who) for name, who in _called(post)]
        for post in changing.only("number").prefetch_related("mentions")
    }
    changed = []
    for draft in drafts:
        was = draft.words
        draft.words = renamed.tell(was, called.get(draft.place, ()))
        if draft.words != was:
            changed.append(draft)
    Draft.objects.bulk_update(changed, ["words"], batch_size=100)
