"""Taking back everything, and bringing it back: group by group and voice by voice, each at a moment of its own."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from kith.conversation import limits
from kith.conversation.actions.withdrawing import restore, withdraw
from kith.conversation.limits import TAKING
from kith.conversation.masks import NAMED
from kith.conversation.models import Post
from kith.conversation.queries.taking import still_standing
from kith.core.audit import record
from kith.groups.actions import hold_group, run_errands
from kith.groups.errands import Task, drop_all_errands, drop_errands, leave_errand
from kith.groups.models import Persona
from kith.groups.queries import list_own_groups, list_past_groups
from kith.groups.rows import Mine
from kith.groups.viewer import Viewer


@transaction.atomic
def take_back_everything(by: Viewer, *, unseen: bool, now: bool, at: datetime) -> None:
    """
    Take back all that I have written so far, in every group that I am in or was: each group at a random moment within 72 hours, or now.

    What I said without my name goes at moments of its own in any case, topic by topic: else it would tell that it is mine.
    What was on its way back is not brought back any more: what I asked last counts.
    """
    owns = sorted((*list_own_groups(by), *list_past_groups(by)), key=lambda own: own.key)  # they are held in this order
    personas = [own.persona for own in owns]
    drop_errands(personas, "bring_back")
    named = []
    for persona in personas:
        upto = leave_errands_for_voices(persona, unseen=unseen, look_again=True, at=at)
        named.append(leave_errand(_task("take_back", persona, NAMED, upto, unseen=unseen, at=at), now=now, at=at))
    if now:
        run_errands(at=at, only=named)


@transaction.atomic
def bring_back_everything(place: Mine, *, at: datetime) -> None:
    """
    Bring back all that a member took back in a group within thirty days: under her name now, without it at moments of its own.

    What was still to be taken back there stands, and what she takes back by hand from now on stays with her.
    """
    if place.past:
        return
    drop_errands([place.persona], *TAKING)
    gone = Post.objects.filter(author=place.persona, state="withdrawn").exclude(gone_at=None)
    # An errand that she waited for here may have taken words back a moment after she asked.
    asked = max(at, gone.aggregate(last=Max("gone_at"))["last"] or at)
    upto = _last(place.persona)
    for topic in _voices(gone):
        leave_errand(_task("bring_back", place.persona, topic, upto, at=asked), now=False, at=at)
    named = leave_errand(_task("bring_back", place.persona, NAMED, upto, at=asked), now=True, at=at)
    run_errands(at=at, only=[named])


@transaction.atomic
def stop_taking_back(places: Iterable[Mine]) -> None:
    """
    Let stand what still waits to be taken back in these groups; what has gone stays gone.

    Nothing of it is recorded: the same entry in two groups on one day would tell whose they are.
    """
    drop_errands([place.persona for place in places], *TAKING)


def take_back_on_leaving(persona: int, *, at: datetime) -> None:
    """
    Take back all that somebody who leaves said, and keep nothing: some of it at once, the rest by an errand that is due now.

    What she said without her name goes at other moments: else they would tell whose it is.
    """
    task = _task("take_back", persona, NAMED, leave_errands_for_voices(persona, at=at), at=at)
    if not take_back_some(task, at):
        leave_errand(task, now=True, at=at)


def leave_errands_for_voices(persona: int, *, unseen: bool = False, look_again: bool = False, at: datetime) -> int:
    """
    Have all that a persona said without her name taken back, topic by topic, within 72 hours; return up to which post.

    A host may move posts to another topic meanwhile, or she may take her name off one (`look_again`): a second round looks for those.
    What she brought back before goes like the rest.
    """
    Post.objects.filter(author=persona, stays=True).update(stays=None)
    upto = _last(persona)
    for topic in (voices := _voices(still_standing(persona, upto))):
        leave_errand(_task("take_back", persona, topic, upto, unseen=unseen, at=at), now=False, at=at)
    if voices or look_again:
        leave_errand(_task("take_back_rest", persona, NAMED, upto, unseen=unseen, at=at), now=False, at=at, round_of=1)
    return upto


def _voices(posts: QuerySet[Post]) -> list[int]:
    """List the topics in which these posts stand without a name."""
    return list(posts.exclude(mask=NAMED).order_by("topic").values_list("topic", flat=True).distinct())


def _last(persona: int) -> int:
    return int(Post.objects.filter(author=persona).aggregate(last=Max("number"))["last"] or 0)


def _task(do: str, persona: int, voice: int, upto: int, *, unseen: bool = False, at: datetime) -> Task:
    return {"do": do, "persona": persona, "voice": voice, "upto": upto, "unseen": int(unseen), "at": at.isoformat()}


def take_back_rest(task: Task, at: datetime) -> bool:
    """Have what still stands taken back, because it went to another topic or stood under another name when its turn came."""
    persona, upto, unseen = int(task["persona"]), int(task["upto"]), bool(task["unseen"])
    rest = still_standing(persona, upto)
    for topic in (*_voices(rest), *([NAMED] if rest.filter(mask=NAMED).exists() else [])):
        leave_errand(_task("take_back", persona, topic, upto, unseen=unseen, at=at), now=False, at=at)
    return True


def take_back_some(task: Task, at: datetime) -> bool:
    """Take some of it back; say whether that was all. An errand: it is tried again until it was."""

    def act(persona: Persona, post: Post) -> None:
        history = persona.left_on is None and persona.group.closed_on is None
        withdraw(post, code=persona.group.code, at=at, history=history, unseen=bool(task["unseen"]))
        record("conversation.withdrawn", by=persona.pk, about=f"post:{post.pk}", at=at)

    return _some(task, ~Q(state="withdrawn") & Q(stays=None), act)


def bring_back_some(task: Task, at: datetime) -> bool:
    """Bring some of it back, but nothing that was taken back after she asked; say whether that was all."""

    def act(persona: Persona, post: Post) -> None:
        restore(post, at=at)
        record("conversation.restored", by=persona.pk, about=f"post:{post.pk}", at=at)

    kept = Q(state="withdrawn", gone_at__gt=at - timedelta(days=limits.KEEP_DAYS), author__left_on=None, group__closed_on=None)
    if asked := task.get("at"):  # errands of before this was written have none
        kept &= Q(gone_at__lte=datetime.fromisoformat(str(asked)))
    return _some(task, kept & Q(revisions__isnull=False), act)


def bring_nothing_back(at: datetime) -> None:
    """
    Drop from a restored copy what was to be brought back then: it may have been taken back since.

    Errands that take back, or leave a group, stay: they were asked for, and nothing is shown by them that was not shown.
    """
    drop_all_errands("bring_back")


def _some(task: Task, which: Q, act: Callable[[Persona, Post], None]) -> bool:
    persona = Persona.objects.select_related("group").filter(pk=task["persona"]).first()
    if persona is None:
        return True
    hold_group(persona.group_id)
    voice = Q(topic=task["voice"]) & ~Q(mask=NAMED) if task["voice"] else Q(mask=NAMED)
    mine = Post.objects.filter(voice, which, author=persona, number__lte=task["upto"]).order_by("number")
    keys = list(dict.fromkeys(mine.values_list("pk", flat=True)))[: limits.TAKEN_AT_ONCE + 1]
    locked = Post.objects.select_for_update(of=("self",)).filter(pk__in=keys[: limits.TAKEN_AT_ONCE])
    for post in locked.select_related("topic", "author").order_by("number"):
        act(persona, post)
    return len(keys) <= limits.TAKEN_AT_ONCE
