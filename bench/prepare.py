"""Fill a folder's database with synthetic posts and write down what to ask for: `python -m bench.prepare POSTS OUT.json`."""

import json
import random
import sys
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
    out.write_text(json.dumps(choose(PREFIX)))


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
