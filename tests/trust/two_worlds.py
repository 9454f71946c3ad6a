"""PR1: build the world twice, with two personas owned by one person or by two, and compare every byte that anybody else can see."""

import time_machine
from django.db import transaction
from django.urls import reverse

from kith.core.models import Event
from kith.groups import actions
from kith.notify import actions as notify
from kith.notify import jobs
from kith.notify.channels import mail
from kith.testing.cast import AT
from kith.testing.clients import client_with
from kith.testing.walk import pages
from kith.testing.world import LOOKERS, build_world, same_chances, token_for
from kith.web import throttle
from tests.trust.masks import mask

ENDING = {"sign_out", "exit", "closing"}


def look(*, one_person: bool, forms: bool = False, at=AT) -> dict[str, bytes]:
    """Return everything that each onlooker sees in one world: status, headers, cookies and body of every answer, and letters; `forms` are slow."""
    with transaction.atomic(), time_machine.travel(at, tick=False), same_chances():
        world = build_world(one_person=one_person)
        seen, clients = {}, {}
        for who in LOOKERS:
            client = clients[who] = _client(world, who)
            seen |= _walk(world, who, client)
            for path, typed in _searches(world):
                seen[f"{who} {path_of(world, path)} {typed}"] = _found(client, path, typed)
            for path, typed in _forms(world) if forms else ():
                seen[f"{who} {path_of(world, path)} {sorted(typed.items())}"] = _sent(client, path, typed)
        seen["letters"] = _letters(world)
        if forms:
            seen |= _after(world, clients, at)
        seen["events"] = repr([(e.kind, e.number) for e in Event.objects.order_by("pk")]).encode()
        transaction.set_rollback(True)
    return seen


def _walk(world, who, client, of=""):
    """Look at every page, or at those of one group."""
    seen = {}
    for name, path, view in pages(world):
        if name in ENDING or "GET" not in view.methods or of not in path:
            continue
        throttle.forget()
        seen[f"{who} {path_of(world, path)}"] = _answer(client.get(path))
    return seen


def _after(world, clients, at):
    """Let `ann` leave the first group, and look at the second anew: whatever happens to one persona does not happen to the other."""
    actions.leave_group(world.place("ann", "first"), words="nameless", at=at)
    found = {}
    for who, of in (("member_2", world.groups["second"]), ("host_2", world.groups["second"]), ("steward", "/steward/")):
        found |= {f"after {key}": answer for key, answer in _walk(world, who, clients[who], of).items()}
    return found


# Names that somebody in the first group has, that `ann` has there, that `bea` has in the second, that nobody has.
NAMES = ("Fig", "Wren", "Harbour", "Quite New")


def _forms(world):
    """Name forms whose answers could tell of others: each name asked for at each door, and the account's last page."""
    for group in ("first", "second"):
        code = world.groups[group]
        doors = [reverse("join", args=[code]), reverse("invitation", args=[world.words[f"{group}_invitation"]])]
        for name in NAMES:
            yield from ((path, {"own": name, "agree": "on"}) for path in doors)
            yield reverse("persona", args=[code]), {"name": name}
    yield reverse("begin"), {"own": "Wren"}
    yield reverse("closing"), {}
    yield reverse("closing"), {"words": "keep", "when": "now", "phrase": "not her pass-phrase"}


def _searches(world):
    """Name what is looked for in each group and in all: the first words are in posts of every state, the others in those of both personas."""
    for path in ("/search/", *(reverse("search_in", args=[world.groups[key]]) for key in ("first", "second"))):
        for words, order in (("line", "new"), ("line", "best"), ("rained OR week", "best"), ("week -zebra", "new")):
            yield path, {"words": words, "order": order}
        for author in ("Wren", "Harbour", "Fig", "Moss"):
            yield path, {"words": "line", "author": author}


def _found(client, path, typed) -> bytes:
    """Send what is looked for and go where it leads: the address is sealed, so what stands behind it is compared instead."""
    throttle.forget()
    answer = client.post(path, typed)
    return _answer(client.get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def _sent(client, path, typed) -> bytes:
    """Send a form and take back whatever it did, so that the next one meets the same world."""
    throttle.forget()
    with transaction.atomic():
        answer = _answer(client.post(path, typed))
        transaction.set_rollback(True)
    return answer


def path_of(world, path: str) -> str:
    """Name a path alike in both worlds, whatever keys the database gave."""
    return mask(path.encode()).decode()


def _client(world, who):
    return client_with(token_for(world, who))


def _answer(response) -> bytes:
    headers = sorted((k, v) for k, v in response.headers.items() if k != "Content-Length")
    cookies = sorted((name, len(c.value), sorted((k, str(v)) for k, v in c.items() if v)) for name, c in response.cookies.items())
    return repr((response.status_code, headers, cookies)).encode() + b"\n" + mask(response.content)


def _letters(world) -> bytes:
    """Let both personas ask for letters, tell each something, and return what the mail server would be handed."""
    for who, group in (("ann", "first"), ("bea", "second")):
        mailbox = world.place(who, group).mailbox
        notify.set_wants_mail(mailbox, True)
        notify.tell(mailbox, "groups.opened", about=world.groups[group], at=AT)
    server = mail.Server("127.0.0.1", 25, "none", "", "", "notes@example.org")
    letters = notify.lease_letters(at=AT)
    return b"\n".join(
        bytes(mail.write(server, "somebody@example.org", letter.message_id, jobs.home_address())) for letter in letters
    )


def differences(*, forms: bool = False) -> list[str]:
    """Name every page, answer or letter that differs between the worlds."""
    first, second = look(one_person=True, forms=forms), look(one_person=False, forms=forms)
    assert first.keys() == second.keys()
    assert len(first) > (800 if forms else 500)
    return [key for key in first if first[key] != second[key]]
