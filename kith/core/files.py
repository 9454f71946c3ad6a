"""Pictures: drawn anew from their dots, so that nothing else that a file carried is kept; written to the data folder, read, removed."""

import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from kith.core.errors import Invalid

WIDTHS = (480, 960, 1600)
TALLEST = 6400
MAX_BYTES = 12_000_000
# Million dots that one file may hold, by what decoding it takes: a plain JPEG is read at half or a quarter of its size,
# a progressive one is first held whole, a PNG or GIF twice at four bytes a dot, and the decoder of WebP has three such copies.
MAX_MILLIONS = {"JPEG": 50, "progressive": 24, "PNG": 20, "GIF": 20, "WEBP": 8}
_PATIENCE = 20.0  # seconds that a picture waits for the one before it
_QUALITY = 80
_LATER = ("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis")
_NAME = re.compile(r"([a-z0-9]{4,40})-([0-9]{1,4})\.webp")
_sRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = threading.BoundedSemaphore(1)  # of this process: what decoding takes is known, and taken once
chance = SystemRandom()

Image.MAX_IMAGE_PIXELS = None  # our own limits are lower, hold before anything is decoded, and name the number


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture drawn anew: its largest size, and the bytes of each width."""

    width: int
    height: int
    sizes: dict[int, bytes]


def widths_of(width: int) -> list[int]:
    """List the widths in which a picture is kept whose largest is `width`."""
    return [small for small in WIDTHS if small < width] + [width]


def clean_picture(data: bytes) -> Cleaned:
    """
    Draw a picture anew from its dots alone, in a few sizes, turned the way it was held.

    Each time by another fraction of a dot, so that two uploads of one picture never give the same bytes.

    :raises Invalid: naming `picture`, if it is none, too large, or not whole
    """
    _check_kind(data)
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise Invalid(picture=_("Many pictures are coming in just now. Wait a minute, then choose it again."))
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as image:
            return _draw(image)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - decoders answer broken files in two dozen ways, and all mean this
        raise Invalid(
            picture=_("This picture cannot be read. Perhaps the file is not whole. Open it, save it anew, and choose it again.")
        ) from None
    finally:
        _one_at_a_time.release()


def _check_kind(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Invalid(picture=too_large())
    if data[4:8] == b"ftyp" and data[8:12].decode("latin-1") in _LATER:
        raise Invalid(
            picture=_(
                "This picture is in a new format (HEIC or AVIF) that many browsers cannot show. Take a screenshot of it, or save "
                "it as JPEG, and choose that one."
            )
        )
    if not data:
        raise Invalid(picture=_("This file is empty. Choose it again, or another one."))
    if not (data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")) or data[:4] + data[8:12] == b"RIFFWEBP"):
        raise Invalid(picture=_("This file is no picture that we can read. JPEG, PNG, WebP and GIF work."))


def too_large() -> str:
    """Say that a file has too many bytes, and what to do."""
    return _("This picture is larger than %(n)s MB. Make it smaller, or take a screenshot of it, and choose that one.") % {
        "n": MAX_BYTES // 1_000_000
    }


def _too_many(millions: int, most: int) -> str:
    return _(
        "This picture has %(has)s million dots; we can read up to %(most)s million in a file of this kind. Make it smaller, or take a "
        "screenshot of it, and choose that one."
    ) % {"has": millions, "most": most}


def _draw(image: Image.Image) -> Cleaned:
    kind = "JPEG" if image.format in ("JPEG", "MPO") else str(image.format)
    most = MAX_MILLIONS["progressive" if kind == "JPEG" and image.info.get("progressive") else kind]
    dots = image.width * image.height
    if dots > most * 1_000_000:
        raise Invalid(picture=_too_many(-(-dots // 1_000_000), most))
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    width, height = (image.height, image.width) if turned else image.size
    scale = min(1.0, WIDTHS[-1] / width, TALLEST / height)
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    if kind == "JPEG":
        image.draft("RGB", (height, width) if turned else (width, height))
    profile = image.info.get("icc_profile", b"")
    flat = _flat(image, (height, width) if turned else (width, height), profile)
    orientation = Image.Exif()
    orientation[0x0112] = image.getexif().get(0x0112, 1)
    flat.info = {"exif": orientation.tobytes()}
    return _sizes(ImageOps.exif_transpose(flat))


def _flat(image: Image.Image, size: tuple[int, int], profile: bytes) -> Image.Image:
    """Return the dots of the first picture in a file: of this size, red, green and blue of sRGB, on white where there is nothing."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")  # type: ignore[operator] # Pillow reads the sum off this
    elif image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        image = image.convert("RGBA")
    small = image.resize(size, Image.Resampling.LANCZOS, box=_box(image.size), reducing_gap=3.0)
    if small.mode == "RGBA":
        white = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(white, small).convert("RGB")
    return _in_srgb(small, profile).convert("RGB")


def _box(size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Cut less than half a dot off each side, by chance."""
    return (chance.random() / 2.1, chance.random() / 2.1, size[0] - chance.random() / 2.1, size[1] - chance.random() / 2.1)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    if not profile:
        return image
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, _sRGB, outputMode="RGB")
        return changed or image
    return image  # colours a little off, by a profile that cannot be read or is not for them


def _sizes(image: Image.Image) -> Cleaned:
    bare = Image.frombytes("RGB", image.size, image.tobytes())  # nothing but dots comes over
    sizes = {}
    for width in widths_of(bare.width):
        height = max(1, round(bare.height * width / bare.width))
        out = io.BytesIO()
        drawn = bare if width == bare.width else bare.resize((width, height), Image.Resampling.LANCZOS)
        drawn.save(out, "WEBP", quality=_QUALITY, method=4)
        sizes[width] = out.getvalue()
    return Cleaned(bare.width, bare.height, sizes)


def folder() -> Path:
    """Return the folder of all pictures."""
    return Path(settings.ENV.data) / "files"


def _path(name: str, width: int) -> Path:
    if not _NAME.fullmatch(f"{name}-{width}.webp"):
        raise ValueError("no name of ours")
    return folder() / name[:2] / f"{name}-{width}.webp"


def write(name: str, sizes: dict[int, bytes]) -> None:
    """
    Write every size of a picture, down to the disk, for nobody but us to read.

    :raises OSError: if the disk cannot; what was written is taken away again
    """
    here = _path(name, 1).parent
    here.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        for width, data in sizes.items():
            _write(_path(name, width), data)
        # Its name stands in this folder, and that of the folder in the one above: whoever made them may have been killed before a sync.
        for above in (here, here.parent, here.parent.parent):
            _sync(above)
    except OSError:
        remove(name)
        raise


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync(here: Path) -> None:
    handle = os.open(here, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(name: str, width: int) -> bytes | None:
    """Return the bytes of one size, or None where there are none."""
    try:
        return _path(name, width).read_bytes()
    except (OSError, ValueError):
        return None


def remove(name: str) -> None:
    """Take every size of a picture away; done twice, nothing happens."""
    with suppress(ValueError):
        for path in _path(name, 1).parent.glob(f"{name}-*.webp"):
            path.unlink(missing_ok=True)


def stored() -> Iterator[tuple[str, int]]:
    """Name every file that is stored: whose it is, and how large."""
    for name, path in paths():
        with suppress(OSError):
            yield name, path.stat().st_size


def paths() -> Iterator[tuple[str, Path]]:
    """Name every file that is stored: whose it is, and where."""
    for path in folder().glob("*/*"):
        found = _NAME.fullmatch(path.name)
        yield found[1] if found else "", path
