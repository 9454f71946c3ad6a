"""`kith restore ARCHIVE`: put a backup in place, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kith.cli.backup.asking import ask_identity
from kith.cli.backup.restoring import restore
from kith.cli.backup.words import Unusable
from kith.core import clock


class Command(BaseCommand):
    """Restore into an empty folder, or over what is there."""

    help = "Restore a backup into an empty data folder; --over keeps what is there aside. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the key that opens it."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--key", type=Path, help="a file with the key of the backups; else it is asked for")
        parser.add_argument("--over", action="store_true", help="take the place of what is there")

    def handle(self, *args: Any, archive: Path, key: Path | None, over: bool, **options: Any) -> None:
        """Do it."""
        try:
            done = restore(archive, ask_identity(key), over=over, at=clock.now())
        except (Unusable, OSError) as problem:
            raise CommandError(f"Nothing was restored. {problem}") from problem
        self.stdout.write(
            f"Restored as it was on {done.head.made_at}: {done.settled.rows} rows, {done.settled.pictures} pictures.\n"
        )
        self.stdout.write(f"Erased once more, because it was erased since: {done.settled.erased} things.\n")
        if done.before:
            self.stdout.write(f"What was there is kept in {done.before}. Remove it when all is well.\n")
        ran = " ".join(f"{name}={value}" for name, value in done.head.settings.items() if value not in ("", "0"))
        self.stdout.write(f"It ran with: {ran}\nEverybody has to sign in again. No letter of then is sent.\n")
