"""Archives are sealed to a public key; what opens them is printed once, kept offline, and never stored here. The format is age's."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings

from kith.cli.backup.words import Unusable

_CHUNK = 1 << 20


class _Pulled:
    """What `pyrage` reads from: it takes as much as it wants of what is being made."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes; nothing at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken


def new_pair() -> tuple[str, str]:
    """Make a pair of keys: the one that seals, and the one that opens."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def recipient_path() -> Path:
    """Return where the key that seals is kept; anybody may know it."""
    return Path(settings.ENV.data) / "backup-key.txt"


def read_recipient() -> str:
    """
    Return the key that seals.

    :raises Unusable: if there is none, or it is none
    """
    try:
        recipient = recipient_path().read_text(encoding="ascii").strip()
        pyrage.x25519.Recipient.from_str(recipient)
    except FileNotFoundError:
        raise Unusable("There is no key for backups yet. Make it once, and keep what it prints: kith keys backup") from None
    except (pyrage.RecipientError, UnicodeDecodeError):
        raise Unusable(f"{recipient_path()} holds no key that begins with age1. Make one: kith keys backup") from None
    return recipient


def read_identity(words: str) -> str:
    """
    Find the key that opens among what somebody typed, or what stands in her file.

    :raises Unusable: if there is none
    """
    for line in words.split():
        try:
            return str(pyrage.x25519.Identity.from_str(line))
        except pyrage.IdentityError:
            continue
    raise Unusable("That is not the key of the backups. It is one line that begins with AGE-SECRET-KEY-1.")


def seal_into(out: BinaryIO, chunks: Iterator[bytes], recipient: str) -> None:
    """
    Seal everything that is being made.

    :raises OSError: if the disk cannot
    """
    problem: list[BaseException] = []

    def watched() -> Iterator[bytes]:
        try:
            yield from chunks
        except BaseException as error:  # pyrage would make words of it
            problem.append(error)
            raise

    try:
        pyrage.encrypt_io(_Pulled(watched()), out, [pyrage.x25519.Recipient.from_str(recipient)])
    except (pyrage.EncryptError, OSError) as error:
        raise (problem[0] if problem else OSError(str(error))) from error


@contextmanager
def opened(archive: Path, identity: str) -> Iterator[BinaryIO]:
    """
    Read an archive, opened. Only a block that ends without a fault has read it whole.

    :raises Unusable: if it is damaged or cut off, or sealed to another key
    """
    reading, writing = os.pipe()
    problem: list[Exception] = []

    def open_it() -> None:
        with suppress(OSError), os.fdopen(writing, "wb", buffering=_CHUNK) as plain:  # the reader may go away first, and says why
            try:
                with archive.open("rb") as sealed:
                    pyrage.decrypt_io(sealed, plain, [pyrage.x25519.Identity.from_str(identity)])
            except Exception as error:  # noqa: BLE001 - carried over to whoever reads
                problem.append(error)

    thread = threading.Thread(target=open_it, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=_CHUNK) as plain:
            yield plain
            while plain.read(_CHUNK):
                pass  # what stands behind the last file is still to be proven
    except Unusable:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise  # our own disk, and not the archive
        thread.join()
        raise _say(problem[0] if problem else error, archive) from error
    thread.join()
    if problem:
        raise _say(problem[0], archive) from problem[0]


def _say(problem: Exception, archive: Path) -> Unusable:
    if "No matching keys" in str(problem):
        return Unusable(f"This key does not open {archive.name}: it is sealed to another one, or damaged where it begins.")
    if isinstance(problem, FileNotFoundError | PermissionError | IsADirectoryError):
        return Unusable(f"{archive} cannot be read: {problem.strerror}.")
    return Unusable(f"{archive.name} is damaged or cut off, or no backup of Kith. Take another one.")
