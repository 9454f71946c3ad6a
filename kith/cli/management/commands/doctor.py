"""`kith doctor`: say how this installation is, and mend what can be mended."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kith.cli.preparing import check_database
from kith.conversation import search
from kith.conversation.limits import TABLES_OF_WORDS
from kith.conversation.queries import check_store
from kith.core.queries import get_site
from kith.core.scrubbing import scrub_wholly
from kith.groups.personas import relink_person
from kith.people.queries import list_keys


class Command(BaseCommand):
    """
    Print what durability and safety rest on.

    `--relink` rebuilds every person's sealed list from the tags, `--reindex` the search; `--scrub` writes the tables of words anew.
    """

    help = (
        "Check this installation; --relink rebuilds people's sealed lists of groups, --reindex the search; "
        "--scrub leaves no byte of deleted words."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to mend."""
        parser.add_argument("--relink", action="store_true")
        parser.add_argument("--reindex", action="store_true")
        parser.add_argument("--scrub", action="store_true")

    def handle(self, *args: Any, relink: bool, reindex: bool, scrub: bool, **options: Any) -> None:
        """Look, print, mend."""
        for name, value in check_database().items():
            self.stdout.write(f"{name}: {value}")
        site = get_site()
        self.stdout.write(f"data folder: {settings.ENV.data}")
        self.stdout.write(f"set up: {'yes' if site.set_up_at else 'no, the first-run page waits'}")
        if site.keys_printed_at is None:
            self.stdout.write("keys: never printed. Without them nothing sealed can be opened again: kith keys paper")
        for what, when in (("last backup", site.backed_up_at), ("last drill of one", site.drilled_at)):
            self.stdout.write(f"{what}: {f'{when:%Y-%m-%d %H:%M}' if when else 'never; see docs/backup.md'}")
        store = check_store()
        self.stdout.write(f"pictures: {store['pictures']}, {store['bytes'] / 1e6:.1f} MB")
        if store["files of nobody"]:
            self.stdout.write(
                f"pictures: {store['files of nobody']} of nobody's in the folder; the worker takes them within the hour"
            )
        if store["without files"]:
            self.stdout.write(f"pictures: {store['without files']} have no files. Restore the folder `files` from a backup.")
        if relink:
            mended = sum(relink_person(person) for person in list_keys())
            self.stdout.write(f"relinked: {mended} people's lists were wrong and are right now")
        if reindex:
            self.stdout.write(f"reindexed: {search.fill(anew=True)} posts can be found")
        if scrub:
            scrub_wholly(TABLES_OF_WORDS)
            self.stdout.write("scrubbed: the tables of words were written anew, without a byte of what was deleted")
