"""`kith keys`: print the keys to be kept on paper, put a new one in use, and let an old one go."""

import secrets
import textwrap
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kith.cli.backup.sealing import new_pair, recipient_path
from kith.core import clock
from kith.core.actions import keys_printed
from kith.people import actions, rotating, sealing
from kith.settings.keys import MIN_BYTES, dump, write_keys

WAIT = 11.0  # seconds: a running server looks every five whether there is a newer key
REST_DAYS = 31  # what was sealed into forms, cookies and intents is gone by then


class Command(BaseCommand):
    """Print, rotate, reseal, retire; and the key of backups."""

    help = "Print the keys, put a new one in use (rotate), go on after a kill (reseal), let old ones go (retire), make the key of backups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["paper", "rotate", "reseal", "retire", "backup"])
        parser.add_argument("name", nargs="?", choices=["seal", "code", "django"], default="seal")
        parser.add_argument(
            "--now",
            action="store_true",
            help="retire at once, rotate without waiting for running servers, make another key for backups",
        )

    def handle(self, *args: Any, what: str, name: str, now: bool, **options: Any) -> None:
        """Do it."""
        if what == "paper":
            self._print()
        elif what == "rotate":
            self._rotate(name, now=now)
        elif what == "reseal":
            self._reseal()
        elif what == "backup":
            self._backup(now=now)
        else:
            self._retire(name, now=now)

    def _print(self) -> None:
        self.stdout.write("Keys of one Kith installation. Whoever has these and a copy of the database can read everything.\n")
        for name, ring in settings.KITH_KEYS.items():
            for number, key in sorted(ring.items(), reverse=True):
                lines = textwrap.wrap(" ".join(textwrap.wrap(key.hex(), 4)), 40)
                self.stdout.write(f"{name}, number {number}:\n  " + "\n  ".join(lines) + "\n")
        keys_printed(at=clock.now())

    def _rotate(self, name: str, *, now: bool) -> None:
        keys = {each: dict(ring) for each, ring in settings.KITH_KEYS.items()}
        number = max(keys[name]) + 1
        if number > 255:
            raise CommandError("There is no number left for another key. Retire old ones first.")
        keys[name][number] = secrets.token_bytes(MIN_BYTES)
        if settings.ENV.keys:
            raise CommandError(
                f"The keys come from KITH_KEYS. Set it to this, restart, then run `kith keys reseal`:\n{dump(keys)}"
            )
        write_keys(settings.ENV.data, keys)
        sealing.refresh_keys(now=True)
        self.stdout.write(f"A new key {name!r}, number {number}, is in use. Print the keys anew: kith keys paper\n")
        if name == "django":
            self.stdout.write("Restart the server now. Everybody has to sign in again.\n")
        elif name == "code":
            self.stdout.write(f"{actions.retag_emails()} addresses have a new tag. Printed codes of before still work.\n")
        else:
            if not now:
                time.sleep(WAIT)
            self._reseal()

    def _reseal(self) -> None:
        done = shut = 0
        for sealed, unreadable in rotating.reseal_all():
            done, shut = done + sealed, shut + unreadable
            self.stdout.write(f"{done} sealed anew\r", ending="")
        self.stdout.write(f"{done} sealed anew under key number {sealing.newest('seal')}.\n")
        if shut:
            raise CommandError(
                f"{shut} do not open with any key that is here. Their own key is missing; nothing was changed in them."
            )

    def _backup(self, *, now: bool) -> None:
        path = recipient_path()
        if path.exists() and not now:
            raise CommandError(
                f"There is a key for backups already, in {path}. With --now a new one takes over; keep the old one for older backups."
            )
        recipient, identity = new_pair()
        path.write_text(f"{recipient}\n", encoding="ascii")
        self.stdout.write(
            f"This opens every backup from now on. It is shown once and kept nowhere here.\nWrite it down, or save it on a stick that "
            f"lies elsewhere, and not beside the keys of the site:\n\n  {identity}\n\nBackups are sealed to {recipient}\n"
        )

    def _retire(self, name: str, *, now: bool) -> None:
        ring = settings.KITH_KEYS[name]
        if len(ring) == 1:
            raise CommandError(f"There is one key {name!r} only. Put a new one in use first: kith keys rotate {name}")
        if name == "code":
            raise CommandError("Printed codes of before need their key for as long as they lie in somebody's drawer.")
        if settings.ENV.keys:
            raise CommandError("The keys come from KITH_KEYS. Take the old numbers out there.")
        age = (time.time() - (settings.ENV.data / "keys.json").stat().st_mtime) / 86400
        if age < REST_DAYS and not now:
            raise CommandError(
                f"The new key is {age:.0f} days old. Wait until it is {REST_DAYS}: open forms still need the old one. (Or --now.)"
            )
        if name == "seal" and (older := rotating.count_older()):
            raise CommandError(f"{older} rows are still sealed with an old key. Run: kith keys reseal")
        newest = max(ring)
        keys = {each: dict(held) for each, held in settings.KITH_KEYS.items()} | {name: {newest: ring[newest]}}
        write_keys(settings.ENV.data, keys)
        sealing.refresh_keys(now=True)
        self.stdout.write(f"Only key {name!r}, number {newest}, is left. Old backups need the older ones: keep their paper.\n")
