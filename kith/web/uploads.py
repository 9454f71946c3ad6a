"""What comes with a form as files: held in memory alone, never on the disk, and only for forms that take pictures."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, parse_cookie

from kith.core.files import MAX_BYTES
from kith.web import cookies

LARGEST, TAIL = 25_000_000, 500_000  # bytes of a form with pictures; of its end, where it is longer
ROOM = 75_000_000  # bytes of large forms that one process holds at once
PATIENCE, WAIT = 600.0, 30.0  # seconds that a form may take to arrive, and that a large one waits for room
_PATH = re.compile(r"/g/[a-z0-9]{1,12}/(topics/new|topics/[0-9]{1,9}/reply|posts/[0-9]{1,9}/edit)/")


def bring_pictures(scope: dict[str, Any]) -> bool:
    """Say whether this may be a form with pictures from somebody with a cookie of ours; what she may do is looked at later."""
    if scope["method"] != "POST" or not _PATH.fullmatch(scope["path"]):
        return False
    headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"content-type", b"cookie")}
    request = HttpRequest()
    request.COOKIES = parse_cookie(headers.get(b"cookie", ""))
    return headers.get(b"content-type", "").startswith("multipart/form-data") and bool(cookies.read(request))


def size_of(scope: dict[str, Any]) -> int:
    """Return how many bytes the form will have, as its sender says; the largest that we hold where she does not say."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    if said is None:
        chunked = any(name == b"transfer-encoding" for name, _value in scope["headers"])
        return LARGEST if chunked else 0
    return min(int(said), LARGEST) if said.isdigit() else LARGEST


class Gone(Exception):
    """Whoever sent a form has gone before it was whole."""


class Room:
    """So many bytes of memory; who needs more than is free waits until others have done."""

    def __init__(self, size: int) -> None:
        self._free, self._changed = size, asyncio.Condition()

    @asynccontextmanager
    async def take(self, size: int, *, wait: float | None = None) -> AsyncIterator[bool]:
        """Hold this many bytes; say whether there was room for them in time."""
        try:
            async with asyncio.timeout(WAIT if wait is None else wait), self._changed:
                await self._changed.wait_for(lambda: self._free >= size)
                self._free -= size
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            async with self._changed:
                self._free += size
                self._changed.notify_all()


class Pictures(FileUploadHandler):
    """Hold the files of somebody who is signed in, for a view that takes pictures; let everything else pass by, unread."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. What the browser calls it is of no use to us, and may tell something."""
        super().new_file(*args, **kwargs)
        match = getattr(self.request, "resolver_match", None)
        self._wanted = getattr(self.request, "signed_in", None) is not None and bool(
            getattr(match and match.func, "pictures", False)
        )
        self._parts: list[bytes] = []
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold a piece, or count it only: one byte too many is enough to say that a file is too large."""
        self._size += len(raw_data)
        if self._size > MAX_BYTES:
            self._parts.clear()
        elif self._wanted:
            self._parts.append(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Hand the file on; one that is too large without its bytes."""
        if not self._wanted:
            return None
        data, self._parts = b"".join(self._parts), []
        return UploadedFile(BytesIO(data), "picture", size=self._size)
