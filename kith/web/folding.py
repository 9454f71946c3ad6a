"""What one reader wants folded, while a page is drawn for her alone. Nothing is opened for readers who asked for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.conversation.filtering import find_filter, plain_of
from kith.conversation.rows import FoundRow, OwnPost, PostRow, ReplyRow, TopicPage, TopicRow
from kith.people.queries import own_filters
from kith.web.request import Request
from kith.web.words import note_kinds


@dataclass(frozen=True, slots=True)
class Folding:
    """Her words, and the kinds of notes that she chose: each with its name and the words by which a note of it is known."""

    words: tuple[str, ...]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]

    def of_post(self, post: PostRow) -> str:
        """Say for what a post is folded; never for who wrote it, and never one's own. Empty if it is not."""
        return "" if post.mine else self.of_drawn(post.note, post.html)

    def of_drawn(self, note: str, html: str) -> str:
        """Say for what somebody else's post is folded, wherever it is drawn; empty if it is not."""
        return self._of_note(note) or find_filter(self.words, f"{note}\n\n{plain_of(html)}")

    def _of_note(self, note: str) -> str:
        if not note:
            return ""
        return next((label for label, words in self.kinds if find_filter((label, *words), note)), "")

    def of_found(self, row: FoundRow) -> str:
        """Say for what a post that was found is folded; never one's own. Empty if it is not."""
        if row.mine:
            return ""
        return self._of_note(row.note) or self.of_words(
            "\n\n".join(plain_of(part) for part in (row.note, row.title, row.snippet))
        )

    def of_words(self, words: str) -> str:
        """Say for what a title or the beginning of a post is folded; empty if it is not."""
        return find_filter(self.words, words)


def folding_of(request: Request) -> Folding | None:
    """Open what this reader wants folded; None, at no cost, where she asked for nothing."""
    me = request.signed_in
    if me is None or not me.filters_sealed:
        return None
    filters = own_filters(me)
    if not filters.fold:
        return None
    known = note_kinds()
    kinds = ((known[code][0], tuple(known[code][1].split(", "))) for code in filters.kinds if code in known)
    return Folding(filters.words, tuple(kinds))


def fold_rows(folding: Folding | None, rows: Iterable[TopicRow]) -> dict[int, str]:
    """Say for the topics of a list which are folded, and for what."""
    if folding is None:
        return {}
    found = ((row.number, "" if row.mine else folding.of_words(f"{row.title}\n\n{row.gist}")) for row in rows)
    return {number: word for number, word in found if word}


def fold_title(folding: Folding | None, topic: TopicPage) -> str:
    """Say for what the title of an open topic is folded; empty if it is not."""
    return "" if folding is None or topic.mine else folding.of_words(topic.title)


def fold_hostable(folding: Folding | None, post: OwnPost) -> str:
    """Say for what a post is folded that a host is about to deal with; empty if it is not."""
    return folding.of_drawn(post.note, post.html) if folding else ""


def fold_replies(folding: Folding | None, rows: Iterable[ReplyRow]) -> dict[int, str]:
    """Say for answers in a list which are folded, and for what."""
    if folding is None:
        return {}
    found = ((row.number, folding.of_words(f"{row.title}\n\n{row.gist}")) for row in rows)
    return {number: word for number, word in found if word}


def fold_found(folding: Folding | None, rows: Iterable[FoundRow]) -> dict[tuple[str, int], str]:
    """Say for posts that were found which are folded for this reader, and for what; by the group's code and the post's number."""
    if folding is None:
        return {}
    found = (((row.code, row.number), folding.of_found(row)) for row in rows)
    return {key: word for key, word in found if word}
