"""`kith drill`: prove that the newest backup can be restored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kith.cli.backup.asking import ask_identity
from kith.cli.backup.drilling import drill
from kith.cli.backup.keeping import newest
from kith.cli.backup.words import Unusable
from kith.core import clock


class Command(BaseCommand):
    """Restore it aside, look, throw it away."""

    help = "Restore the newest backup aside, prove and read it, and throw that away; nothing is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the key that opens it."""
        parser.add_argument("archive", type=Path, nargs="?")
        parser.add_argument("--key", type=Path, help="a file with the key of the backups; else it is asked for")

    def handle(self, *args: Any, archive: Path | None, key: Path | None, **options: Any) -> None:
        """Do it."""
        try:
            done = drill(archive or newest(settings.ENV.backups), ask_identity(key), at=clock.now())
        except (Unusable, OSError) as problem:
            raise CommandError(f"The drill failed. {problem}") from problem
        found = done.settled
        self.stdout.write(
            f"The backup of {done.head.made_at} can be restored, in {done.seconds:.0f} seconds: {found.rows} rows, {found.pictures} "
            f"pictures, {found.opened} seals opened, {found.read} posts read. Nothing was sent, and nothing of it is left here.\n"
        )
