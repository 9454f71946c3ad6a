"""Fifty at one door in the same moment, on a real database; run in a process of its own, it prints what came of each race."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

from django.db import connection, transaction

from kith.conversation import actions as talk
from kith.conversation.models import Post
from kith.core.errors import Invalid, NotFound, Refused, Stale
from kith.groups import actions
from kith.groups.models import Invitation, Persona
from kith.groups.queries import get_place, list_own_mailboxes
from kith.groups.viewer import Viewer
from kith.notify.models import Notice
from kith.people import actions as people
from kith.people.models import RecoveryCode
from kith.people.sealing import token_hash
from kith.testing.cast import AT, PHRASE, Cast, make_cast

AT_ONCE = 50
LATER = AT + timedelta(hours=1)


def at_once(acts: Sequence[Callable[[], Any]]) -> tuple[int, list[str]]:
    """Do all of it in the same moment; return how many went well, and every problem that is no refusal."""
    done: list[int] = []
    problems: list[str] = []
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            done.append(1)
        except (Invalid, NotFound, Refused, Stale):
            pass
        except Exception as problem:  # noqa: BLE001 - told by the test
            problems.append(repr(problem))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done), problems


def race_all() -> None:
    """Run every race and print what came of it."""
    with transaction.atomic():
        cast = make_cast(door="request")
        crowd = [Viewer(people.seed_person(name=f"racer {n}", at=AT)) for n in range(AT_ONCE)]
    races = (_one_invitation, _one_asks_fifty_times, _one_is_welcomed_fifty_times, _yes_and_no, _one_name, _one_form, _one_code)
    print(json.dumps({race.__name__[1:]: race(cast, crowd) for race in races}))


def _told(done: int, problems: list[str], **found: int) -> dict[str, Any]:
    return {"done": done, "problems": sorted(set(problems)), **found}


def _one_invitation(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    made = actions.invite(cast.places["ada"], role="member", at=AT)
    before = Persona.objects.count()
    told = at_once(
        [partial(actions.use_invitation, made.code, by=who, name=f"Seat {n}", at=LATER) for n, who in enumerate(crowd)]
    )
    used = Invitation.objects.filter(code_hash=token_hash(made.code)).exclude(used_on=None).count()
    return _told(*told, personas=Persona.objects.count() - before, used=used)


def _one_asks_fifty_times(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    who, before = cast.viewer("dov"), Persona.objects.count()
    told = at_once([partial(actions.join_group, cast.group, by=who, name=f"Ask {n}", at=LATER) for n in range(AT_ONCE)])
    return _told(*told, personas=Persona.objects.count() - before)


def _one_is_welcomed_fifty_times(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    persona = cast.viewer("dov").persona_in(cast.group)
    handle, hosts = persona.handle if persona else "", [cast.places["ada"], cast.places["eve"]]
    told = at_once([partial(actions.welcome, hosts[n % 2], handle, at=LATER) for n in range(AT_ONCE)])
    joined = Persona.objects.filter(handle=handle).exclude(joined_on=None).count()
    return _told(*told, joined=joined, notices=Notice.objects.filter(kind="groups.welcomed").count())


def _yes_and_no(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    """One host says yes, the other no: it is one of them, and her notices say the same."""
    persona = actions.join_group(cast.group, by=cast.viewer("cleo"), name="Either", at=LATER)
    yes, no = partial(actions.welcome, cast.places["ada"]), partial(actions.decline, cast.places["eve"])
    _done, problems = at_once([partial(yes if n % 2 else no, persona.handle, at=LATER) for n in range(AT_ONCE)])
    row = Persona.objects.get(pk=persona.pk)
    said = {"groups.welcomed": row.joined_on is not None, "groups.declined": row.left_on is not None}
    either = [kind for kind, so in said.items() if so]
    told = set(Notice.objects.filter(mailbox__in=_boxes(cast, "cleo"), kind__in=said).values_list("kind", flat=True))
    return _told(1, problems, answers=len(either), agree=int(told == set(either)))


def _boxes(cast: Cast, who: str) -> list[int]:
    return list_own_mailboxes(cast.viewer(who))


def _one_name(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    told = at_once([partial(actions.join_group, cast.group, by=who, name="The Same", at=LATER) for who in crowd])
    return _told(*told, personas=Persona.objects.filter(group__code=cast.group, name="The Same").count())


def _one_form(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    place = get_place(cast.viewer("ben"), cast.group)
    talk.start_topic(place, title="One", words="One.", at=AT, intent="first")
    told = at_once([partial(talk.reply, place, 1, words="Once.", at=LATER, intent="the same form")] * AT_ONCE)
    return _told(*told, posts=Post.objects.filter(words="Once.").count())


def _one_code(cast: Cast, crowd: list[Viewer]) -> dict[str, Any]:
    made = people.sign_up(name="robin", phrase=PHRASE, email="", adult=True, health_consent=True, at=AT)
    use = partial(people.use_code, name=made.sign_in_name, code=made.codes[0], at=LATER)
    told = at_once([partial(use, phrase=f"pass phrase number {n} here") for n in range(AT_ONCE)])
    return _told(*told, used=RecoveryCode.objects.filter(person=made.person).exclude(used_on=None).count())
