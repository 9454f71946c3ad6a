"""`kith bench NAME --json`: measure, and print one JSON object."""

import importlib
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

NAMES = ("pages", "conversation", "finder", "durability")


class Command(BaseCommand):
    """Run one benchmark of bench/."""

    help = "Measure: pages, conversation, finder or durability."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which one, and its sizes."""
        parser.add_argument("name", choices=NAMES)
        parser.add_argument("--json", action="store_true", help="print one JSON object (always so)")
        parser.add_argument("--posts", default="")
        parser.add_argument("--groups", default="")
        parser.add_argument("--data", default="")
        parser.add_argument("--database", default="")
        parser.add_argument("--kills", type=int, default=50)
        parser.add_argument("--power-cuts", type=int, default=0, help="cut the power so often while people write (SQLite alone)")
        parser.add_argument("--plant", default="", help="weaken the database for the power cuts: synchronous=NORMAL")
        parser.add_argument("--seconds", type=float, default=4.0)

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Run it."""
        module = importlib.import_module(f"bench.{name}")
        self.stdout.write(json.dumps(module.measure(options), indent=1))
