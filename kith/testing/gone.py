"""A conversation to be taken back, on a real database: quoted three times, noticed, edited, drafted, folded, between other people's words."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q

from kith.conversation import actions as talk
from kith.conversation.limits import KEEP_DAYS, TABLES_OF_WORDS
from kith.conversation.models import Post
from kith.core.scrubbing import scrub
from kith.groups.actions import run_errands
from kith.groups.models import Errand, Group, Persona
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.people.queries import list_keys
from kith.testing.cast import AT, make_cast

CANARY = "CANARYWORD"


@transaction.atomic
def say(posts: int) -> None:
    """Let Wren write many posts that hold the word, of all lengths, while others write, quote and answer."""
    cast, rng = make_cast(), random.Random(5)
    ben, fay, eve, ada = (cast.places[name] for name in ("ben", "fay", "eve", "ada"))
    talk.start_topic(ben, title=f"About {CANARY}", words=f"{CANARY} one", note=CANARY, at=AT, intent="")
    talk.edit_post(ben, 1, words=f"{CANARY} one, changed", note=CANARY, at=AT)
    for who in (fay, eve, ada):
        talk.reply(who, 1, words="Yes.", quote=1, quoted=f"{CANARY} one, changed", at=AT, intent="")
    talk.respond(fay, 1, kind="heard", at=AT)
    talk.save_draft(ben, "edit:1", words=f"{CANARY} half changed")
    for _time in range(posts):
        length = rng.choice((1, 5, 60, 900))
        made = talk.reply(ben, 1, words=f"{CANARY} " * length, nameless=rng.random() < 0.2, at=AT, intent="")
        talk.reply(fay, 1, words="Filling words. " * rng.choice((1, 9, 120)), quote=made.number, quoted=CANARY, at=AT, intent="")
        if rng.random() < 0.3:
            talk.edit_post(ben, made.number, words=f"{CANARY} changed " * rng.choice((1, 40, 500)), at=AT)
    folded = made.number
    talk.fold_post(ada, folded, reason="Hard detail.", at=AT)


def _wren() -> Place:
    return get_place(_viewer(), Group.objects.get().code)


def _viewer() -> Viewer:
    code, wren = Group.objects.get().code, Persona.objects.get(name="Wren")
    everybody = (Viewer(key) for key in list_keys())
    return next(viewer for viewer in everybody if viewer.persona_in(code) == wren)


def take_back() -> None:
    """Take all of it back, post by post."""
    wren = _wren()
    for number in Post.objects.filter(author=wren.persona).exclude(state="withdrawn").values_list("number", flat=True):
        talk.withdraw_post(wren, number, at=AT)


def take_back_everything() -> None:
    """Have all of it taken back by errands."""
    talk.take_back_everything(_viewer(), unseen=False, now=False, at=AT)


def do_errands(*, say: bool = False) -> None:
    """Do what the worker does in the days after; say that it begins, where somebody waits for that."""
    print("now" if say else "", flush=True)
    for days in range(4, 40, 4):  # the rest is looked for in a second round, and what that finds goes in a third
        run_errands(at=AT + timedelta(days=days))
    if Errand.objects.exists():
        raise SystemExit("errands are left")


def count_standing() -> None:
    """Print how many of Wren's posts still stand, and of how many that were taken back there is not one form to bring back."""
    mine = Post.objects.filter(author=_wren().persona)
    forms = mine.filter(state="withdrawn").annotate(n=Count("revisions", filter=Q(revisions__until__gte=AT + timedelta(days=4))))
    print(mine.exclude(state="withdrawn").count(), forms.exclude(n=1).count())


def drop(days: int = 0) -> None:
    """Do what the worker does thirty days later, and some more."""
    talk.drop_gone(at=AT + timedelta(days=KEEP_DAYS + days))
    if not scrub(TABLES_OF_WORDS):
        raise SystemExit("the journal was not emptied")


def drop_and_say() -> None:
    """Say that it begins, then do it."""
    print("now", flush=True)
    drop()
