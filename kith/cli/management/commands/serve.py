"""`kith serve`: run the site."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from kith.cli.preparing import prepare
from kith.cli.serving import announce_when_up, serve
from kith.core.actions import make_first_code
from kith.core.queries import get_site


class Command(BaseCommand):
    """Prepare the database, then serve."""

    help = "Run the site: migrates, then serves on HOST:PORT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        """Run until a signal comes."""
        prepare()
        words = f"Kith is here: http://{host}:{port}/"
        if get_site().set_up_at is None:
            words += f"\nThe first start asks for this code at http://{host}:{port}/steward/first/ : {make_first_code()}"
        announce_when_up(port, words)
        serve(host, port)
