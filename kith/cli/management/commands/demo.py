"""`kith demo`: a folder of invented people, to look round and to measure."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kith.cli.demo.loading import SIGN_INS, is_loaded, load_community
from kith.cli.preparing import prepare
from kith.cli.serving import announce_when_up, serve
from kith.finding.actions import renew_index

INDEXED_FIRST = 100  # groups that the finder knows before the first page; the worker takes the rest


class Command(BaseCommand):
    """Fill the demo folder, and serve it if asked to."""

    help = "Load the demo community into its own folder (data-demo); --serve runs it; --scale N makes N synthetic posts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to make and where to serve."""
        parser.add_argument("--serve", action="store_true")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--scale", type=int, default=0)

    def handle(self, *args: Any, port: int, scale: int, **options: Any) -> None:
        """Prepare, load once, serve."""
        if not settings.ENV.demo:
            raise CommandError("The demo keeps to a folder of its own: KITH_DEMO=1 KITH_DATA=data-demo kith demo")
        prepare()
        if scale:
            from kith.cli.demo.scaling import scale_up

            scale_up(scale, say=self.stdout.write)
        elif not is_loaded():
            self.stdout.write("Loading the demo community ...")
            load_community()
        renew_index(limit=INDEXED_FIRST)
        if options["serve"]:
            self._serve(port)

    def _serve(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        people = "\n".join(f"  {who:<12} sign-in name: {name:<18} pass-phrase: {phrase}" for who, name, phrase in SIGN_INS)
        announce_when_up(port, f"\nKith's demo is here: {address}/\nOne press signs you in: {address}/demo/\n{people}\n")
        serve("127.0.0.1", port)
