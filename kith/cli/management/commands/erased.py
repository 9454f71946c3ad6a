"""`kith erased RECEIPT`: say whether the account of a receipt is gone, and erase it again where an older copy has brought it back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kith.core import clock
from kith.core.erasing import month_erased
from kith.groups.actions import erase_again, find_by_receipt


class Command(BaseCommand):
    """Look, and erase again if asked to."""

    help = "Say whether the account of a receipt is gone; --again erases it where an older copy has brought it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the receipt, and what becomes of her words."""
        parser.add_argument("receipt")
        parser.add_argument(
            "--again", choices=["keep", "nameless", "withdraw"], default="", help="erase it, and do this with her words"
        )

    def handle(self, *args: Any, receipt: str, again: str = "", **options: Any) -> None:
        """Do it."""
        person, month = find_by_receipt(receipt), month_erased(receipt)
        if person is not None and not again:
            raise CommandError(
                "This account is here. It waits for its groups (three days at most), or an older copy brought it back: --again WORDS"
            )
        if person is not None:
            erase_again(person, words=again, at=clock.now())
            self.stdout.write("It was here, and is erased now.\n")
        elif month is not None:
            self.stdout.write(f"This account was erased in {month:%Y-%m}. It is not here.\n")
        else:
            raise CommandError("This is no receipt of this site, or of more than two years ago. No account of it is here.")
