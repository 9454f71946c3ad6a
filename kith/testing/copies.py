"""Sites on disk for tests of backups: made, written to while they are copied, and run by their own commands."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from PIL import Image

from kith.conversation import actions as talk
from kith.conversation.models import Picture
from kith.conversation.queries import get_topic
from kith.core import files
from kith.core.erasing import log_new
from kith.core.events import show
from kith.core.intents import keep_answer
from kith.core.queries import get_site
from kith.core.sql import many
from kith.groups.actions import close_account, run_errands
from kith.groups.errands import leave_errand, read_errand
from kith.groups.models import Errand, Group, Persona
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.notify.models import Outbox
from kith.people.actions import open_session
from kith.people.queries import list_keys
from kith.testing.cast import AT, PHRASE, make_cast
from kith.testing.serving import environment, run_in

CANARY = "CANARYWORD"
MAKE = "from kith.cli.preparing import prepare; prepare()\nfrom kith.testing.copies import begin; begin()"


def make_site(data: Path, **more: Any) -> str:
    """Make a site with a few people and words, and the key of its backups; return what opens them."""
    run_in(data, f"\n{MAKE}", **more)
    said = kith(data, "keys", "backup", **more)
    return next(word for word in said.split() if word.startswith("AGE-SECRET-KEY-1"))


def kith(data: Path, *args: object, typed: str = "", fails: bool = False, **more: Any) -> str:
    """Run a command; return what it says, or what it complains of where it has to fail."""
    done = subprocess.run(
        [sys.executable, "-m", "kith.cli.main", *map(str, args)], env=environment(data, **more), input=typed, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if bool(done.returncode) != fails or "Traceback" in done.stderr:
        raise AssertionError(f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stderr if fails else done.stdout


def backup(data: Path, **more: Any) -> Path:
    """Make a backup; return where it is."""
    return Path(kith(data, "backup", **more).partition(".kith:")[0] + ".kith")


@transaction.atomic
def begin() -> None:
    """Let the cast say something, with a picture."""
    cast = make_cast()
    talk.start_topic(cast.places["ben"], title=f"About {CANARY}", words=f"{CANARY} one", at=AT, intent="")
    answer(cast.places["ben"], 0)
    talk.reply(cast.places["fay"], 1, words="Filling words.", at=AT, intent="")


def answer(place: Place, number: int) -> int:
    """Say something with a picture; return the post's number."""
    row = talk.take_picture(place, "reply:1", data=_dots(number), alt="Dots.", at=AT)
    return talk.reply(place, 1, words=f"{CANARY} {number}", pictures=[(row.name, row.alt)], at=AT, intent="").number


def place_of(name: str) -> Place:
    """Return the place of whoever has this name in the group."""
    return get_place(viewer_of(name), Group.objects.get().code)


def viewer_of(name: str) -> Viewer:
    """Return whoever has this name in the group."""
    group, persona = Group.objects.get(), Persona.objects.get(name=name)
    return next(viewer for viewer in map(Viewer, list_keys()) if viewer.persona_in(group.code) == persona)


def write_on() -> None:
    """Say something with a picture, say its number when it is kept, take every third picture away again; until killed."""
    place, number = place_of("Wren"), 0
    while True:
        number += 1
        print(answer(place, number), flush=True)
        if number % 3 == 0:
            gone = talk.take_picture(place, "reply:1", data=_dots(number), alt="", at=AT)
            talk.drop_picture(place, gone.name)


def _dots(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 24), (number % 256, 90, 120)).save(out, "PNG")
    return out.getvalue()


@transaction.atomic
def tempt() -> None:
    """Leave what a restored copy must not answer, let in, send or do again; and one errand that it must keep."""
    wren = place_of("Wren")
    for person in list_keys():
        open_session(person, device="phone", own_device=True, at=AT)
    keep_answer(wren.persona, "an intent", "topic:1", AT)
    show("topic:1", "post", 1, AT)
    for do in ("bring_back", "take_back"):
        leave_errand({"do": do, "persona": wren.persona, "voice": 0, "upto": 0, "unseen": 0}, at=AT, now=True)
    for number in range(3):
        Outbox.objects.create(mailbox_id=wren.mailbox, message_id=f"<{number}@test>", made_at=AT, due_at=AT)


def tell() -> None:
    """Print what a site holds: rows, errands, what Fig reads, which pictures have their files, and what is found."""
    fig = place_of("Fig")
    _place, topic = get_topic(viewer_of("Fig"), fig.code, 1, today=AT.date())
    found = many("SELECT COUNT(*) FROM conversation_searched")
    print(
        json.dumps(
            {
                "counts": {model._meta.label: model._default_manager.count() for model in apps.get_models()},
                "errands": sorted(str(read_errand(errand)["do"]) for errand in Errand.objects.all()),
                "read": [[row.number, str(row.html)] for row in topic.posts],
                "files": [len(files.read(row.name, row.width) or b"") for row in Picture.objects.order_by("pk")],
                "found": found[0][0],
                "drilled": str(get_site().drilled_made_at),
            }
        )
    )


def told(data: Path, **more: Any) -> dict[str, Any]:
    """Return what a site holds."""
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\nfrom kith.testing.copies import tell; tell()"], check=True, text=True,
        env=environment(data, DJANGO_SETTINGS_MODULE="kith.settings.base", **more), stdout=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check_databases() -> None:
    """Make sure that one database of before is kept beside ours, and none of a restore or a drill."""
    rows = many("SELECT datname FROM pg_database WHERE datname LIKE %s", "kith%")
    names = sorted(name for (name,) in rows)
    if len(names) != 2 or not names[1].startswith("kith_before_"):
        raise SystemExit(f"databases: {names}")


def close(name: str) -> None:
    """Close the account of whoever has this name, and do what the worker does then."""
    person = viewer_of(name).person or 0
    close_account(person, phrase=PHRASE, words="withdraw", now=True, at=AT)
    run_errands(at=AT)
    log_new(at=AT)
