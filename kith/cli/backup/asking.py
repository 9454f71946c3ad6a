"""Ask for the key that opens backups: from a file, from what is piped in, or typed without being shown. It is kept in memory only."""

import getpass
import sys
from pathlib import Path

from kith.cli.backup.sealing import read_identity
from kith.cli.backup.words import Unusable


def ask_identity(file: Path | None) -> str:
    """
    Return the key that opens.

    :raises Unusable: if it is none
    """
    if file is not None:
        try:
            return read_identity(file.read_text(encoding="ascii", errors="replace"))
        except OSError as error:
            raise Unusable(f"{file} cannot be read: {error.strerror}.") from error
    if not sys.stdin.isatty():
        return read_identity(sys.stdin.read())
    return read_identity(getpass.getpass("The key of the backups (AGE-SECRET-KEY-1…): "))
