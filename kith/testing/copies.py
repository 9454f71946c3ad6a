"""Sites on disk for tests of backups: made, written to while they are copied, and run by their own commands."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from kith.conversation import actions as talk
from kith.groups.models import Group, Persona
from kith.groups.queries import get_place
from kith.groups.rows import Place
from kith.groups.viewer import Viewer
from kith.people.queries import list_keys
from kith.testing.cast import AT, make_cast
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
    group, persona = Group.objects.get(), Persona.objects.get(name=name)
    everybody = (Viewer(key) for key in list_keys())
    viewer = next(viewer for viewer in everybody if viewer.persona_in(group.code) == persona)
    return get_place(viewer, group.code)


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
