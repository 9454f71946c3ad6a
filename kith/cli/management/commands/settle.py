"""`kith manage settle`: what a restore does in the folder aside; it refuses every other folder."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kith.cli.backup.settling import PLAN, as_words, settle
from kith.cli.backup.words import Unusable


class Command(BaseCommand):
    """Settle, and say what was found."""

    help = "A step of `kith restore` and `kith drill`; not for use by hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the moment."""
        parser.add_argument("at", type=datetime.fromisoformat)

    def handle(self, *args: Any, at: datetime, **options: Any) -> None:
        """Do it."""
        if not (settings.ENV.data / PLAN).exists():
            raise CommandError("This is a step of `kith restore`, and this folder is not being restored.")
        try:
            self.stdout.write(json.dumps(as_words(settle(settings.ENV.data, at=at))))
        except Unusable as problem:
            raise CommandError(str(problem)) from problem
