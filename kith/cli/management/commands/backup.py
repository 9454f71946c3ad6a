"""`kith backup`: make a backup while the site runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kith.cli.backup.keeping import thin_out
from kith.cli.backup.making import make_backup
from kith.cli.backup.words import Unusable
from kith.core import clock


class Command(BaseCommand):
    """Make one, and let the oldest go."""

    help = "Make a sealed backup of the database and the pictures while the site runs; the keys are never in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, and how many stay."""
        parser.add_argument("--to", type=Path, help="another folder than KITH_BACKUPS")
        parser.add_argument("--keep", type=int, default=0, help="remove older ones than so many, but none since the last drill")

    def handle(self, *args: Any, to: Path | None, keep: int, **options: Any) -> None:
        """Make it."""
        try:
            made = make_backup(to, at=clock.now())
        except (Unusable, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        size = made.path.stat().st_size / 1e6
        self.stdout.write(f"{made.path}: {size:.1f} MB, {made.rows} rows, {made.pictures} pictures.\n")
        if made.without_files:
            self.stdout.write(f"{made.without_files} pictures have no files any more: an older backup may have them.\n")
        if keep:
            self.stdout.write(f"{thin_out(to or settings.ENV.backups, keep)} older backups were removed.\n")
