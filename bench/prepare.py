"""Fill a folder's database with synthetic posts and write down what to ask for: `python -m bench.prepare POSTS OUT.json [seekers]`."""

import json
import random
import sys
from collections import Counter
from pathlib import Path

import django


def main() -> None:
    """Prepare the database, sign members in, choose pages."""
    django.setup()
    from kith.cli.demo.scaling import PREFIX, scale_up
    from kith.cli.preparing import prepare
    from kith.finding.actions import renew_index

    posts, out = int(sys.argv[1]), Path(sys.argv[2])
    prepare()
    scale_up(posts)
    while renew_index(limit=200):
        pass  # the finder's cards of the new groups
    chosen = choose(PREFIX)
    if "seekers" in sys.argv[3:]:
        chosen |= {"seekers": choose_seekers(PREFIX), "words": choose_words(PREFIX)}
    out.write_text(json.dumps(chosen))


def choose(prefix: str, people: int = 2000) -> dict[str, object]:
    """Choose members with a session each, and for each some full topics of her group."""
    from kith.conversation.models import Topic
    from kith.groups.models import Group, Persona
    from kith.people.models import Session

    rng = random.Random(1)
    Session.objects.all().delete()
    groups = list(Group.objects.filter(name__startswith=prefix).order_by("pk"))
    rng.shuffle(groups)
    rows = []
    for at in range(people):
        group = groups[at % len(groups)]
        personas = list(Persona.objects.filter(group=group).order_by("pk"))
        persona = personas[(at // len(groups)) % len(personas)]
        topics = Topic.objects.filter(group=group, last_place__gte=20).order_by("pk").values_list("number", flat=True)
        rows.append({"cookie": _seat(persona), "code": group.code, "topics": rng.sample(list(topics), min(8, len(topics)))})
    return {"people": rows, "groups": len(groups)}


def choose_seekers(prefix: str, people: int = 2000, groups_each: int = 4) -> list[dict[str, str]]:
    """Choose other members with a session each, and let each into as many groups as a member may be in."""
    from django.db import transaction

    from kith.core import clock
    from kith.groups.models import Group, Persona
    from kith.groups.personas import make_persona, owner_of
    from kith.people.lists import read_list

    rng = random.Random(2)
    groups = list(Group.objects.filter(name__startswith=prefix).order_by("pk"))
    rows = []
    for at in range(people):
        group = groups[at % len(groups)]
        faces = list(Persona.objects.filter(group=group).exclude(name__startswith="Seeker").order_by("pk"))
        persona = faces[-1 - at // len(groups) % (len(faces) - 2)]
        person = owner_of(persona)
        mine = {key for key, _persona in read_list(person).personas}
        others = [other for other in rng.sample(groups, min(len(groups), groups_each * 2)) if other.pk not in mine]
        with transaction.atomic():
            for other in others[: groups_each - len(mine)]:
                make_persona(person, other, name=f"Seeker {at}", joined_on=clock.now().date())
        rows.append({"cookie": _seat(persona), "code": group.code})
    return rows


def choose_words(prefix: str, each: int = 12) -> dict[str, list[str]]:
    """Choose words that stand in 0.2, in 1 and in 10 % of posts, as counted in some groups."""
    from kith.conversation.models import Post
    from kith.groups.models import Group

    counts: Counter[str] = Counter()
    sample = list(Group.objects.filter(name__startswith=prefix).order_by("pk")[:10])
    texts = Post.objects.filter(group__in=sample, number__lte=1000).values_list("words", flat=True)
    for text in texts:
        counts.update(set(text.lower().replace(".", " ").split()))
    total = len(texts)

    def nearest(share: float) -> list[str]:
        return sorted(counts, key=lambda word: (abs(counts[word] / total - share), word))[:each]

    return {str(percent): nearest(percent / 100) for percent in (0.2, 1, 10)}


def _seat(persona: object) -> str:
    from django.http import HttpResponse

    from kith.core import clock
    from kith.groups.personas import owner_of
    from kith.people.actions import open_session
    from kith.web import cookies

    response = HttpResponse()
    person = owner_of(persona)  # type: ignore[arg-type]
    cookies.write(response, open_session(person, device="computer", own_device=True, at=clock.now()), own_device=True)
    return f"{cookies.name()}={response.cookies[cookies.name()].value}"


if __name__ == "__main__":
    main()
