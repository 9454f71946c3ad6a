"""`kith keys paper`: print the keys, to be kept on paper away from the machine."""

import textwrap
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kith.core import clock
from kith.core.actions import keys_printed


class Command(BaseCommand):
    """Print every key in lines that a person can copy and check."""

    help = "Print the keys of this installation on paper."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["paper"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, and remember that it was done."""
        self.stdout.write("Keys of one Kith installation. Whoever has these and a copy of the database can read everything.\n")
        for name, key in settings.KITH_KEYS.items():
            self.stdout.write(f"{name}:\n  " + "\n  ".join(textwrap.wrap(" ".join(textwrap.wrap(key.hex(), 4)), 40)) + "\n")
        keys_printed(at=clock.now())
