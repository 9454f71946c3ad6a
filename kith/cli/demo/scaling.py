"""Synthetic text in bulk, for benchmarks only: never shown to a person as if somebody had written it."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kith.conversation import search
from kith.conversation.models import Post, Topic
from kith.core import clock, text
from kith.core.actions import mark_demo
from kith.core.drawing import avatar
from kith.core.ids import random_code, random_key, random_seed
from kith.core.models import Site
from kith.groups.models import Charter, Group, Persona
from kith.notify.models import Mailbox
from kith.people.lists import add_persona
from kith.people.models import Person
from kith.people.sealing import owner_tag, seal_owner

BATCH = 5000
GROUPS_PER_POST, TOPICS_PER_POST = 1 / 1000, 1 / 10  # 1,000,000 posts: 1,000 groups, 100,000 topics
MEMBERS = 20
PREFIX = "bench"


def scale_up(posts: int, *, say: Callable[[str], object] = print) -> None:
    """
    Fill the database up to this many synthetic posts in groups of their own; kept between runs.

    Words are drawn from a Zipf-like vocabulary of 6,000 made-up words, 719 letters a post on average.
    """
    have = Post.objects.filter(group__name__startswith=PREFIX).count()
    if have >= posts:
        say(f"There are {have} synthetic posts already.")
        return
    rng, now = random.Random(2026), clock.now()  # noqa: S311 - synthetic text
    Site.objects.filter(pk=1).update(set_up_at=now)
    mark_demo(at=now)
    words = _vocabulary(rng)
    groups = max(1, int((posts - have) * GROUPS_PER_POST))
    with search.in_bulk():
        for number in range(groups):
            with transaction.atomic():
                _fill(number, max(1, (posts - have) // groups), words, rng, now)
            if number % 50 == 49:
                say(f"{number + 1} of {groups} groups")


def _vocabulary(rng: random.Random) -> list[str]:
    parts = ["ka", "lo", "mi", "ren", "sta", "vo", "tem", "ul", "pra", "ni", "dor", "el", "su", "gha", "bri"]
    return ["".join(rng.choices(parts, k=rng.randint(1, 4))) for _ in range(6000)]


def _prose(words: list[str], rng: random.Random) -> str:
    """Draw two to four sentences."""
    out = []
    for _ in range(rng.randint(8, 14)):
        drawn = [
            words[min(int(rng.paretovariate(0.9)) * 3 + rng.randrange(3), len(words) - 1)] for _ in range(rng.randint(6, 14))
        ]
        out.append(" ".join(drawn).capitalize() + ".")
    return "\n\n".join(" ".join(out[at : at + 4]) for at in range(0, len(out), 4))


def _fill(number: int, posts: int, words: list[str], rng: random.Random, now: datetime) -> None:
    topics = max(1, int(posts * TOPICS_PER_POST))
    group = Group.objects.create(
        name=f"{PREFIX} {number}", kind="peer", line=_prose(words, rng)[:110], for_whom="Made up.", door="open",
        begun_on=now.date(), approved_on=now.date(), opened_on=now.date(), last_topic=topics, last_post=posts,
    )  # fmt: skip
    Charter.objects.create(group=group, number=1, words=_prose(words, rng), html="<p>Made up.</p>", made_on=now.date())
    personas = _people(number, group, now)
    begin = now - timedelta(days=700)
    sizes = _sizes(posts, topics, rng)
    rows = [_topic(group, i + 1, size, personas, words, rng, begin) for i, size in enumerate(sizes)]
    Topic.objects.bulk_create(rows, batch_size=BATCH)
    for batch in _batched(_posts(group, rows, personas, words, rng), BATCH):
        Post.objects.bulk_create(batch)
        search.add_many((p.pk, group.code, search.stems_of(p.topic.title if p.place == 1 else "", p.words, "en")) for p in batch)


def _people(number: int, group: Group, now: datetime) -> list[Persona]:
    people = [
        Person(
            sign_in_name=f"{PREFIX} {number} {i}", password=make_password(None), joined_month=now.date(), adult_since=now.date()
        )
        for i in range(MEMBERS)
    ]
    Person.objects.bulk_create(people)
    boxes = [
        Mailbox(id=key, owner_sealed=seal_owner(p.pk, place=f"mailbox.owner:{key}")) for p in people if (key := random_key())
    ]
    Mailbox.objects.bulk_create(boxes)
    personas = []
    for i, (person, box) in enumerate(zip(people, boxes, strict=True)):
        key, seed, name = random_key(), random_seed(), f"Face {i} {random_code(4)}"
        personas.append(
            Persona(
                id=key, group=group, name=name, skeleton=text.skeleton(name), avatar_seed=seed, avatar=avatar(seed),
                role="host" if i < 2 else "member", joined_on=now.date(), charter_number=1, mailbox=box,
                owner_tag=owner_tag(person.pk, group.code), owner_sealed=seal_owner(person.pk, place=f"persona.owner:{key}"),
            )
        )  # fmt: skip
    Persona.objects.bulk_create(personas)
    for person, persona in zip(people, personas, strict=True):
        add_persona(person.pk, group=group.pk, persona=persona.pk)
    return personas


def _sizes(posts: int, topics: int, rng: random.Random) -> list[int]:
    """Share posts out among topics: the first fifth has 20 or more, so that full pages can be measured."""
    sizes = [1] * topics
    for at in range(posts - topics):
        sizes[at % topics if rng.random() < 0.3 else rng.randrange(max(1, topics // 5))] += 1
    return sizes


def _topic(
    group: Group, number: int, size: int, personas: list[Persona], words: list[str], rng: random.Random, begin: datetime
) -> Topic:
    made = begin + timedelta(minutes=rng.randrange(1_000_000))
    return Topic(
        group=group, number=number, title=_prose(words, rng)[:60], wish="", author=rng.choice(personas), made_at=made,
        last_at=made + timedelta(minutes=7 * size), last_place=size, waiting_since=made if size == 1 else None,
        answered_after=7 if size > 1 else None,
    )  # fmt: skip


def _posts(group: Group, topics: list[Topic], personas: list[Persona], words: list[str], rng: random.Random) -> Iterator[Post]:
    number = 0
    for topic in topics:
        for place in range(1, topic.last_place + 1):
            number += 1
            prose = _prose(words, rng)
            html = "".join(f"<p>{part}</p>\n" for part in prose.split("\n\n"))
            yield Post(
                group=group, number=number, topic=topic, place=place, words=prose, html=html,
                author=topic.author if place == 1 else rng.choice(personas), made_at=topic.made_at + timedelta(minutes=7 * place),
            )  # fmt: skip


def _batched(rows: Iterator[Post], size: int) -> Iterator[list[Post]]:
    while batch := list(islice(rows, size)):
        yield batch
