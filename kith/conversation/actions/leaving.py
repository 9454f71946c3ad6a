"""What happens to the words of somebody who leaves."""

from datetime import datetime

from kith.conversation.actions.changing import withdraw
from kith.conversation.models import Draft, Post, ReadMark, Response
from kith.groups.models import Group


def words_of_one_who_left(group: int, persona: int, words: str, at: datetime) -> None:
    """Keep them, leave them nameless, or take every one back: what she chose. Drafts, marks and responses go always."""
    Draft.objects.filter(persona=persona).delete()
    ReadMark.objects.filter(persona=persona).delete()
    Response.objects.filter(persona=persona).delete()
    if words == "withdraw":
        code = Group.objects.values_list("code", flat=True).get(pk=group)
        for post in Post.objects.filter(author=persona).exclude(state="withdrawn").select_related("topic"):
            withdraw(post, code=code, at=at)
    if words != "keep":
        Post.objects.filter(author=persona).update(nameless=True)
